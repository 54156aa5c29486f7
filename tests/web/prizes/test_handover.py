"""What an announcement hands over: the status of entries in the register, the start of success stories."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.prizes.actions.closing import freeze_vote, publish_result
from actionlines_web.prizes.actions.winners import announce, choose_winner, tell_due
from actionlines_web.prizes.models import Edition, Project
from actionlines_web.prizes.queries.results import success_of
from actionlines_web.stocktaking.models import Entry, Revision
from web.accounts.conftest import a_person
from web.conftest import an_entry
from web.prizes.conftest import choose

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(store, edition: Edition, nominees: Sequence[Project]) -> Edition:
    """Each nominee is of an entry; the first has won the public vote in C2, the third in C4, and the first is chosen."""
    store([an_entry(f"a-{place}") for place in range(3)])
    for place, project in enumerate(nominees):
        Project.objects.filter(pk=project.pk).update(entry=Entry.objects.get(identifier=f"a-{place}"))
    for place in range(2):
        choose(a_person(f"voter{place}@example.org"), edition, nominees[0])
        choose(a_person(f"other{place}@example.org"), edition, nominees[2])
    choose(a_person("last@example.org"), edition, nominees[1])
    freeze_vote(System(), edition, now=timezone.now() + timedelta(days=6))
    publish_result(System(), edition)
    choose_winner(System(), Project.objects.get(pk=nominees[0].pk), "It reached the islands.")
    return edition


def statuses() -> list[str]:
    """What the register says of the three entries."""
    return list(Entry.objects.order_by("identifier").values_list("status", flat=True))


def test_the_entries_get_their_status_at_the_announcement(counted: Edition) -> None:
    assert statuses() == ["entry", "entry", "entry"]
    announce(System(), counted)
    assert statuses() == ["winner", "nominee", "champion"]


def test_an_embargo_keeps_the_register_as_it_is_until_it_ends(counted: Edition, client: Client) -> None:
    soon = timezone.now() + timedelta(hours=1)
    announce(System(), counted, soon)
    assert (tell_due(soon - timedelta(seconds=1)), statuses()) == (0, ["entry", "entry", "entry"])
    assert Revision.objects.count() == 0
    assert success_of("a-0", soon - timedelta(seconds=1)) is None
    assert (tell_due(soon), statuses()) == (1, ["winner", "nominee", "champion"])


def test_the_history_and_the_trail_of_an_entry_tell_its_prize(counted: Edition, client: Client) -> None:
    announce(System(), counted)
    revisions = Revision.objects.filter(entry__identifier="a-0").order_by("number")
    assert [item.fields["status"] for item in revisions] == ["entry", "winner"]
    record = next(iter(records_of(Entry.objects.get(identifier="a-0"))))
    assert record.detail == {"changes": {"status": ["entry", "winner"]}, "prize": "Test prizes"}
    assert "the prizes" in client.get("/entries/a-0/history/").text


def test_an_entry_that_won_before_or_is_archived_stays_as_it_is(counted: Edition) -> None:
    Entry.objects.filter(identifier="a-1").update(status="winner")
    Entry.objects.filter(identifier="a-2").update(archived_at=timezone.now())
    announce(System(), counted)
    assert statuses() == ["winner", "winner", "entry"]


def test_a_story_begins_with_what_the_champion_wrote(
    counted: Edition,
    nominees: Sequence[Project],
    officers: Sequence[User],
    as_user: Callable[[User], Client],
) -> None:
    desk = as_user(officers[0])
    assert "/stories/a-0/tell/" not in desk.get("/prizes/test/desk/winners/").text
    announce(System(), counted)
    page = desk.get("/prizes/test/desk/winners/").text
    assert [f"/stories/a-{place}/tell/" in page for place in range(3)] == [True, False, True]
    initial = desk.get("/stories/a-0/tell/").context["form"].initial
    assert (initial["year"], initial["language"]) == (counted.year, "en")
    assert initial["summary"] == nominees[0].fields["description"].strip()
    # Who was only nominated begins with an empty page.
    assert "summary" not in desk.get("/stories/a-1/tell/").context["form"].initial
