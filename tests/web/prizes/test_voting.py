"""The vote: what is accepted, what is written of it, and everything that may go wrong between the two."""

import logging
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from secrets import token_hex

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionlines.prizes.phases import VOTE, phase_of
from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.outbox.models import Message
from actionlines_web.prizes.actions.editions import move_phase
from actionlines_web.prizes.actions.sealing import seal_lines
from actionlines_web.prizes.actions.voting import cast_ballot, device_of, withdraw_ballot
from actionlines_web.prizes.models import Ballot, BallotLine, Edition, Project
from actionlines_web.prizes.queries.editions import rules_of
from actionlines_web.prizes.queries.voting import (
    choices_of,
    in_own_order,
    line_of_receipt,
    missing_categories,
    paper_for,
)
from web.accounts.conftest import a_person
from web.prizes.conftest import a_nominee, an_edition, choose

pytestmark = pytest.mark.django_db


def standing() -> list[str]:
    """The nominees of the ballots that stand."""
    return list(Ballot.objects.order_by("pk").values_list("nominee", flat=True))


def at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands."""
    return lambda: moment


def vote_phase(edition: Edition):
    """When the vote is open."""
    phase = phase_of(rules_of(edition).phases, VOTE)
    assert phase is not None
    return phase


def test_a_choice_is_one_ballot_and_one_line(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    cast = choose(voter, edition, nominees[0])
    ballot, line = Ballot.objects.get(), BallotLine.objects.get()
    assert (ballot.line, ballot.nominee, ballot.tag) == (line, nominees[0].code, line.voter)
    assert (line.kind, line.category, line.nominee, line.number) == ("cast", "C2", nominees[0].code, None)
    assert not cast.again
    found = line_of_receipt(edition, cast.receipt.lower().replace("-", " "))
    assert found is not None
    assert (found.line, found.stands, found.valid) == (line, True, True)
    assert voter.email not in str(line.__dict__)


def test_a_later_choice_takes_the_place_of_the_earlier_one(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    choose(voter, edition, nominees[0])
    choose(voter, edition, nominees[1])
    assert standing() == [nominees[1].code]
    assert list(BallotLine.objects.order_by("pk").values_list("nominee", flat=True)) == [
        nominees[0].code,
        nominees[1].code,
    ]


def test_double_click_counts_once(edition: Edition, nominees: Sequence[Project], voter: User) -> None:
    attempt = token_hex(16)
    first = choose(voter, edition, nominees[0], attempt=attempt)
    again = choose(voter, edition, nominees[0], attempt=attempt)
    assert (again.receipt, again.again) == (first.receipt, True)
    assert BallotLine.objects.count() == 1


def test_two_tabs_and_two_devices_with_the_same_choice_count_once(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    first = choose(voter, edition, nominees[0])
    other = choose(voter, edition, nominees[0])
    assert (other.receipt, other.again) == (first.receipt, True)
    assert BallotLine.objects.count() == 1


def test_back_button_and_a_request_sent_again_change_nothing(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    attempt = token_hex(16)
    first = choose(voter, edition, nominees[0], attempt=attempt)
    choose(voter, edition, nominees[1])
    replayed = choose(voter, edition, nominees[0], attempt=attempt)
    assert (replayed.receipt, replayed.again) == (first.receipt, True)
    assert standing() == [nominees[1].code]
    assert BallotLine.objects.count() == 2


def test_a_form_sent_again_with_another_nominee_is_refused(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    attempt = token_hex(16)
    choose(voter, edition, nominees[0], attempt=attempt)
    with pytest.raises(InputError, match="sent before with another choice"):
        choose(voter, edition, nominees[1], attempt=attempt)
    assert standing() == [nominees[0].code]


@pytest.mark.parametrize("attempt", ["", "short", "x" * 33, "../../../../etc/passwd", "é" * 20])
def test_a_form_that_is_not_ours_is_refused(
    edition: Edition, nominees: Sequence[Project], voter: User, attempt: str
) -> None:
    with pytest.raises(InputError, match="not complete"):
        cast_ballot(voter, edition, "C2", nominees[0].code, attempt=attempt)
    assert standing() == []


@pytest.mark.parametrize(
    ("category", "nominee"),
    [("C4", 0), ("C2", 2), ("C99", 0), ("", 0), ("C2", "P-XXXXX"), ("C2", "")],
    ids=["another category", "nominee of another", "no category", "none", "no nominee", "no name"],
)
def test_a_forged_category_or_nominee_is_refused(
    edition: Edition, nominees: Sequence[Project], voter: User, category: str, nominee: int | str
) -> None:
    code = nominees[nominee].code if isinstance(nominee, int) else nominee
    with pytest.raises(InputError):
        cast_ballot(voter, edition, category, code, attempt=token_hex(16))
    assert (Ballot.objects.count(), BallotLine.objects.count()) == (0, 0)


def test_a_project_that_is_not_nominated_gets_no_votes(
    edition: Edition, submitter: User, voter: User
) -> None:
    withdrawn = a_nominee(submitter, edition, title="Gone")
    Project.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    Edition.objects.update(paper=99)
    with pytest.raises(InputError):
        choose(voter, edition, withdrawn)


def test_the_second_of_closing_is_decided_by_the_sites_clock_alone(
    edition: Edition, nominees: Sequence[Project]
) -> None:
    phase = vote_phase(edition)
    tick = timedelta(microseconds=1)
    said = []
    for place, moment in enumerate((phase.starts - tick, phase.starts, phase.ends - tick, phase.ends)):
        voter = a_person(f"voter{place}@example.org")
        try:
            cast_ballot(voter, edition, "C2", nominees[0].code, attempt=token_hex(16), clock=at(moment))
            said.append(True)
        except InputError:
            said.append(False)
    assert said == [False, True, True, False]
    assert BallotLine.objects.count() == Ballot.objects.count() == 2


def test_a_clock_that_is_set_back_does_not_change_whose_word_is_last(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    now = timezone.now()
    for nominee, moment in ((nominees[0], now), (nominees[1], now - timedelta(hours=2))):
        cast_ballot(voter, edition, "C2", nominee.code, attempt=token_hex(16), clock=at(moment))
    seal_lines(edition)
    assert standing() == [nominees[1].code]
    assert list(BallotLine.objects.order_by("number").values_list("nominee", flat=True)) == [
        nominees[0].code,
        nominees[1].code,
    ]


def test_a_deadline_moved_while_people_vote_holds_from_that_moment(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    """The object the page holds is old: the vote reads the edition anew."""
    stale = Edition.objects.get()
    phase = vote_phase(edition)
    sooner = timezone.now() + timedelta(minutes=5)
    move_phase(System(), edition, VOTE, phase.starts, sooner, "The vote ends sooner.")
    with pytest.raises(InputError, match="not open"):
        cast_ballot(voter, stale, "C2", nominees[0].code, attempt=token_hex(16), clock=at(sooner))
    assert standing() == []


def test_a_choice_is_taken_back_and_given_again(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    first = choose(voter, edition, nominees[0])
    assert withdraw_ballot(voter, edition, "C2", nominees[0].code)
    assert not withdraw_ballot(voter, edition, "C2", nominees[0].code)
    found = line_of_receipt(edition, first.receipt)
    assert found is not None
    assert not found.stands
    choose(voter, edition, nominees[0])
    assert list(BallotLine.objects.order_by("pk").values_list("kind", flat=True)) == [
        "cast",
        "withdraw",
        "cast",
    ]
    assert standing() == [nominees[0].code]


def test_without_change_the_first_choice_stands(submitter: User, voter: User) -> None:
    edition = an_edition(change="false")
    first, second = (a_nominee(submitter, edition, title=title) for title in ("A", "B"))
    choose(voter, edition, first)
    assert choose(voter, edition, first).again
    with pytest.raises(InputError, match="you have voted"):
        choose(voter, edition, second)
    with pytest.raises(InputError, match="let nobody change"):
        withdraw_ballot(voter, edition, "C2", first.code)
    assert standing() == [first.code]


def test_with_several_votes_no_more_are_taken_than_the_rules_give(submitter: User, voter: User) -> None:
    edition = an_edition(votes="2")
    made = [a_nominee(submitter, edition, title=title) for title in "ABC"]
    for project in made[:2]:
        choose(voter, edition, project)
    with pytest.raises(InputError, match="given your 2 votes"):
        choose(voter, edition, made[2])
    withdraw_ballot(voter, edition, "C2", made[0].code)
    choose(voter, edition, made[2])
    assert sorted(standing()) == sorted([made[1].code, made[2].code])


def test_own_projects_get_no_votes_where_the_rules_say_so(submitter: User, voter: User) -> None:
    edition = an_edition(own_project="false")
    project = a_nominee(submitter, edition)
    with pytest.raises(InputError, match="your organisation"):
        choose(submitter, edition, project)
    assert not choose(voter, edition, project).again


def test_an_address_that_is_not_confirmed_gives_no_vote(
    edition: Edition, nominees: Sequence[Project], visitor: User
) -> None:
    with pytest.raises(InputError, match="not confirmed"):
        choose(visitor, edition, nominees[0])
    EmailAddress.objects.create(user=visitor, email=visitor.email, verified=False, primary=True)
    with pytest.raises(InputError, match="not confirmed"):
        choose(visitor, edition, nominees[0])


def test_who_knows_an_address_votes_for_nobody(
    edition: Edition, nominees: Sequence[Project], voter: User, client: Client
) -> None:
    """A stranger with the voter's address: nothing is cast, nothing blocks the voter, nothing is told."""
    said = {
        "nominee": nominees[0].code,
        "attempt": token_hex(16),
        "email": voter.email,
        "voter": str(voter.pk),
    }
    answer = client.post("/prizes/test/vote/C2/confirm/", said)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")
    assert standing() == []
    assert not choose(voter, edition, nominees[1]).again
    assert not Message.objects.filter(address=voter.email).exists()


def test_an_account_on_hold_gives_no_vote(edition: Edition, nominees: Sequence[Project], voter: User) -> None:
    voter.is_active = False
    with pytest.raises(PermissionDenied):
        choose(voter, edition, nominees[0])


def test_no_page_of_the_vote_tells_accounts_apart(
    edition: Edition, nominees: Sequence[Project], voter: User, client: Client
) -> None:
    """Enumeration: what a visitor is answered does not depend on who exists or has voted."""
    paths = ["vote/", "vote/C2/", "receipt/", "result/", "", "categories/C2/"]
    before = {path: client.get(f"/prizes/test/{path}").content for path in paths[:1] + paths[2:5]}
    choose(voter, edition, nominees[0])
    after = {path: client.get(f"/prizes/test/{path}").content for path in before}
    assert {path: strip(content) for path, content in before.items()} == {
        path: strip(content) for path, content in after.items()
    }
    codes = {
        client.post("/prizes/test/receipt/", {"receipt": code}).status_code
        for code in ("", "X" * 24, voter.email)
    }
    assert codes == {200}


def strip(content: bytes) -> str:
    """A page without what differs from one answer to the next."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", content.decode())


def test_the_order_of_nominees_is_each_voters_own_and_stays(edition: Edition) -> None:
    people = [a_person(f"v{number}@example.org") for number in range(8)]
    items = list(range(12))
    orders = [in_own_order(edition, person, "C2", items) for person in people]
    assert orders == [in_own_order(edition, person, "C2", items) for person in people]
    assert len({tuple(order) for order in orders}) == 8
    assert all(sorted(order) == items for order in orders)
    assert in_own_order(edition, people[0], "C4", items) != orders[0]


def test_all_categories_must_be_filled_where_the_rules_say_so(submitter: User, voter: User) -> None:
    edition = an_edition(ballot='"all-categories"')
    first, other = (
        a_nominee(submitter, edition, title="A"),
        a_nominee(submitter, edition, title="B", category="C4"),
    )
    choose(voter, edition, first)
    assert missing_categories(edition, paper_for(edition, voter)) == ["C4"]
    choose(voter, edition, other)
    assert missing_categories(edition, paper_for(edition, voter)) == []
    assert len(set(BallotLine.objects.values_list("voter", flat=True))) == 1


def test_in_each_category_a_voter_has_another_tag(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    choose(voter, edition, nominees[0])
    choose(voter, edition, nominees[2])
    assert len(set(BallotLine.objects.values_list("voter", flat=True))) == 2
    assert [choice.category for choice in choices_of(edition, voter)] == ["C2", "C4"]


def test_a_vote_by_the_pages_needs_no_script_and_leaves_a_receipt(
    edition: Edition, nominees: Sequence[Project], voter: User, as_user: Callable[[User], Client]
) -> None:
    browser = as_user(voter)
    page = browser.get("/prizes/test/vote/C2/").content.decode()
    assert page.count('type="radio"') == 2
    assert browser.post("/prizes/test/vote/C2/confirm/", {}).status_code == 422
    second = browser.post("/prizes/test/vote/C2/confirm/", {"nominee": nominees[0].code})
    assert (second.status_code, standing()) == (200, [])
    said = {"nominee": nominees[0].code, "attempt": second.context["attempt"]}
    answer = browser.post("/prizes/test/vote/C2/confirm/", said, follow=True)
    receipt = choices_of(edition, voter)[0].receipt
    assert receipt in answer.content.decode()
    assert receipt in browser.get("/prizes/test/my-votes/").content.decode()
    checked = browser.post("/prizes/test/receipt/", {"receipt": receipt}).content.decode()
    assert "It stands and counts." in checked
    assert browser.post("/prizes/test/vote/C2/withdraw/", {"nominee": nominees[0].code}).status_code == 302
    assert standing() == []


def test_a_vote_from_another_site_is_refused(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(voter, backend="django.contrib.auth.backends.ModelBackend")
    said = {"nominee": nominees[0].code, "attempt": token_hex(16)}
    assert browser.post("/prizes/test/vote/C2/confirm/", said).status_code == 403
    assert standing() == []


def test_votes_leave_no_record_that_would_make_voters_wait(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    before = Record.objects.count()
    choose(voter, edition, nominees[0])
    assert Record.objects.count() == before


def test_a_vote_takes_few_statements(edition: Edition, nominees: Sequence[Project], voter: User) -> None:
    choose(voter, edition, nominees[0])
    with CaptureQueriesContext(connection) as first:
        choose(voter, edition, nominees[2])
    with CaptureQueriesContext(connection) as change:
        choose(voter, edition, nominees[1])
    verbs = [
        [query["sql"].split()[0] for query in taken.captured_queries if "SAVEPOINT" not in query["sql"]]
        for taken in (first, change)
    ]
    # The confirmed address, the edition with the voter, what stands; the line and the ballot.
    assert verbs == [["SELECT"] * 3 + ["INSERT"] * 2, ["SELECT"] * 3 + ["INSERT", "UPDATE"]]


def test_a_form_sent_again_after_the_vote_has_ended_is_told_its_receipt_once_more(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    attempt = token_hex(16)
    cast = choose(voter, edition, nominees[0], attempt=attempt)
    choose(voter, edition, nominees[1])
    over = at(vote_phase(edition).ends)
    again = cast_ballot(voter, edition, "C2", nominees[0].code, attempt=attempt, clock=over)
    assert (again.again, again.receipt, standing()) == (True, cast.receipt, [nominees[1].code])
    with pytest.raises(InputError, match="not open"):
        cast_ballot(voter, edition, "C2", nominees[0].code, attempt=token_hex(16), clock=over)


def test_no_log_of_the_site_tells_who_chose_what(
    edition: Edition,
    nominees: Sequence[Project],
    voter: User,
    as_user: Callable[[User], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    browser = as_user(voter)
    said = {"nominee": nominees[0].code, "attempt": token_hex(16)}
    browser.post("/prizes/test/vote/C2/confirm/", said)
    assert standing() == [nominees[0].code]
    assert nominees[0].code not in caplog.text
    assert voter.email not in caplog.text


@override_settings(PROXIES=1)
def test_devices_are_kept_as_digests_that_differ_between_editions(
    edition: Edition, nominees: Sequence[Project], voter: User, as_user: Callable[[User], Client]
) -> None:
    browser = as_user(voter)
    said = {"nominee": nominees[0].code, "attempt": token_hex(16)}
    browser.post("/prizes/test/vote/C2/confirm/", said, headers={"x-forwarded-for": "192.0.2.7"})
    other = an_edition(slug="other")
    device = Ballot.objects.get().device
    assert device == device_of(edition, "192.0.2.7", "")
    assert device != device_of(other, "192.0.2.7", "")
    assert "192.0.2.7" not in str(list(Ballot.objects.values()))
