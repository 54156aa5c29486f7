"""Editions: made of a rules file, their dates moved in the open."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from actionlines.prizes import shipped_editions
from actionlines.prizes.phases import VOTE, phase_of
from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.outbox.models import Message
from actionlines_web.prizes.actions.editions import create_edition, move_phase
from actionlines_web.prizes.actions.telling import announce_move, send_to_all, write_to_all
from actionlines_web.prizes.models import Edition, PhaseMove, Project
from actionlines_web.prizes.queries.editions import paper_of, phases_of, rules_of
from web.prizes.conftest import a_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", shipped_editions())
def test_every_shipped_edition_can_be_played(name: str, client: Client) -> None:
    made = create_edition(System(), slug=name, shipped=name)
    assert rules_of(made).year == made.year
    assert client.get(f"/prizes/{name}/").status_code == 200
    listed = client.get(f"/prizes/{name}/categories/").content.decode()
    assert listed.count("<li>") >= 18


def test_rules_with_faults_are_refused_with_every_fault_named() -> None:
    with pytest.raises(InputError) as error:
        create_edition(System(), slug="x", text=b'year = 1\nballot = "no"\n', file="own.toml")
    assert {(problem.file, problem.column) for problem in error.value.problems} >= {
        ("own.toml", "year"),
        ("own.toml", "ballot"),
    }
    assert not Edition.objects.exists()


@pytest.mark.parametrize("slug", ["With Spaces", "", "a" * 41, "test"])
def test_an_address_that_is_taken_or_none_is_refused(edition: Edition, slug: str) -> None:
    with pytest.raises(InputError) as error:
        create_edition(System(), slug=slug, shipped="2026")
    assert error.value.problems[0].column == "slug"


def test_only_coordinators_make_editions(visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        create_edition(visitor, slug="x", shipped="2026")


def test_an_edition_is_made_and_given_dates_by_form(
    officers: Sequence[User], as_user: Callable[[User], Client]
) -> None:
    desk = as_user(officers[0])
    assert desk.post("/prizes/new/", {"slug": "2026", "shipped": "2026"}).status_code == 302
    starts, ends = (timezone.now() + timedelta(days=day) for day in (1, 10))
    said = {
        "kind": "vote",
        "starts": f"{starts:%Y-%m-%dT%H:%M:%S}",
        "ends": f"{ends:%Y-%m-%dT%H:%M:%S}",
        "reason": "The first dates.",
    }
    assert desk.post("/prizes/2026/dates/", said).status_code == 302
    phase = phase_of(rules_of(Edition.objects.get()).phases, VOTE)
    assert phase is not None
    assert (phase.starts, phase.ends) == (starts.replace(microsecond=0), ends.replace(microsecond=0))


def test_a_moved_date_is_logged_published_and_announced(
    edition: Edition, submitter: User, client: Client
) -> None:
    a_project(submitter, edition)
    phase = phase_of(rules_of(edition).phases, VOTE)
    assert phase is not None
    later = phase.ends + timedelta(days=3)
    with pytest.raises(InputError, match="before the vote ends"):
        move_phase(System(), edition, VOTE, phase.starts, later, "Many have asked for more time.")
    selection = phase_of(rules_of(edition).phases, "selection")
    assert selection is not None
    moved = selection.ends - timedelta(days=2), selection.ends
    move_phase(System(), edition, "selection", *moved, "The vote needs more time.")
    move = move_phase(System(), edition, VOTE, phase.starts, later, "Many have asked for more time.")
    assert (move.old_ends, move.ends) == (phase.ends, later)
    assert records_of(edition)[0].detail["changes"] == {"ends": [phase.ends.isoformat(), later.isoformat()]}
    assert "Many have asked for more time." in client.get("/prizes/test/").content.decode()
    announce_move.call(move=move.pk)
    message = Message.objects.get(kind="prizes-moved")
    assert (message.address, "Many have asked for more time." in message.text) == (submitter.email, True)
    assert phase_of(rules_of(Edition.objects.get()).phases, VOTE).ends == later  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("starts", "ends", "column"),
    [(1, 5, "starts"), (-5, -1, "ends"), (-5, -10, "ends")],
    ids=["a beginning that has passed", "an end in the past", "an end before the beginning"],
)
def test_a_move_into_the_past_is_refused(edition: Edition, starts: int, ends: int, column: str) -> None:
    phase = phase_of(rules_of(edition).phases, VOTE)
    assert phase is not None
    middle = phase.starts + timedelta(days=5)
    wanted = {-5: phase.starts}.get(starts, middle + timedelta(days=starts))
    with pytest.raises(InputError) as error:
        move_phase(System(), edition, VOTE, wanted, middle + timedelta(days=ends), "Why not.")
    assert error.value.problems[0].column == column
    assert not PhaseMove.objects.exists()


def test_a_deadline_that_has_passed_stays(edition: Edition) -> None:
    phase = phase_of(rules_of(edition).phases, "submission")
    assert phase is not None
    with pytest.raises(InputError):
        move_phase(
            System(), edition, "submission", phase.starts, phase.ends + timedelta(days=60), "Once more."
        )
    assert rules_of(Edition.objects.get()).phases == rules_of(edition).phases


def test_a_move_without_a_reason_is_refused(edition: Edition) -> None:
    phase = phase_of(rules_of(edition).phases, VOTE)
    assert phase is not None
    with pytest.raises(InputError):
        move_phase(System(), edition, VOTE, phase.starts, phase.ends - timedelta(days=1), "  ")


def test_phases_change_at_their_very_moments(edition: Edition) -> None:
    phase = phase_of(rules_of(edition).phases, VOTE)
    assert phase is not None
    second = timedelta(microseconds=1)
    moments = [phase.starts - second, phase.starts, phase.ends - second, phase.ends]
    states = [{item.kind: item.state for item in phases_of(edition, at)}["vote"] for at in moments]
    assert states == ["before", "open", "open", "over"]


def test_another_process_reads_the_rules_and_the_paper_again(
    edition: Edition, nominees: Sequence[Project]
) -> None:
    stale = Edition.objects.get()
    phase = phase_of(rules_of(stale).phases, VOTE)
    assert phase is not None
    move_phase(System(), edition, VOTE, phase.starts, phase.ends - timedelta(days=1), "Shorter.")
    fresh = Edition.objects.get()
    assert phase_of(rules_of(fresh).phases, VOTE) != phase
    assert set(paper_of(fresh)) == {item.code for item in nominees}


def test_a_message_goes_to_each_of_the_audience_once(
    edition: Edition, nominees: Sequence[Project], submitter: User, visitor: User
) -> None:
    Message.objects.all().delete()
    with pytest.raises(PermissionDenied):
        write_to_all(visitor, edition, "nominees", "A", "B")
    send_to_all.call(edition=edition.pk, to="nominees", subject="The vote", text="It opens on Monday.")
    send_to_all.call(edition=edition.pk, to="reviewers", subject="The vote", text="It opens on Monday.")
    assert [(item.address, item.kind) for item in Message.objects.all()] == [
        (submitter.email, "prizes-message")
    ]
