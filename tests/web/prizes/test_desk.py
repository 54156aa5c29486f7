"""The coordinators' desk by its forms: screening, late requests, nominations, reviewers, winners."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.prizes.actions.closing import freeze_vote, publish_result
from actionlines_web.prizes.actions.projects import ask_late, screen_project, start_project
from actionlines_web.prizes.models import Edition, Project, Reviewer
from web.accounts.conftest import a_person
from web.prizes.conftest import DAYS, a_nominee, a_project, an_edition, choose

pytestmark = pytest.mark.django_db
REVIEW = {**DAYS, "review": (-15, 3), "vote": (3, 5)}
# A moment after the end of a vote that is open now.
AFTER = timedelta(days=6)
SCREENING = {**DAYS, "screening": (-20, 2), "review": (2, 3), "vote": (3, 5)}


@pytest.fixture
def desk(officers: Sequence[User], as_user: Callable[[User], Client]) -> Client:
    """The browser of a coordinator."""
    return as_user(officers[0])


def decide(desk: Client, project: Project, decision: str, reason: str = "") -> tuple[int, Project]:
    """The status of the answer to a decision, and the project afterwards."""
    sent = {"decision": decision, "reason": reason}
    status = desk.post(f"/prizes/test/desk/projects/{project.code}/", sent).status_code
    return status, Project.objects.get(pk=project.pk)


def test_project_is_admitted_or_refused_by_form(desk: Client, submitter: User) -> None:
    edition = an_edition(days=SCREENING)
    first, second = a_project(submitter, edition, title="A"), a_project(submitter, edition, title="B")
    assert [decide(desk, first, "accept")[0], decide(desk, first, "accept")[0]] == [302, 302]
    assert Project.objects.get(pk=first.pk).state == "accepted"
    status, kept = decide(desk, second, "refuse")
    assert (status, kept.state) == (422, "submitted")
    status, kept = decide(desk, second, "refuse", "The work has not begun.")
    assert (status, kept.state) == (302, "refused")
    assert decide(desk, second, "praise")[0] == 404
    assert desk.get("/prizes/test/desk/projects/NOSUCH/").status_code == 404


def test_late_request_is_answered_by_form(desk: Client, submitter: User) -> None:
    edition = an_edition(days=SCREENING)
    draft = start_project(submitter, edition)
    ask_late(submitter, draft, "The network was down.")
    status, kept = decide(desk, draft, "turn-away")
    assert (status, kept.late) == (422, None)
    status, kept = decide(desk, draft, "let-in")
    assert (status, kept.late) == (302, True)


def test_project_is_nominated_and_passed_over_by_form(desk: Client, submitter: User) -> None:
    edition = an_edition(days=REVIEW)
    project = screen_project(System(), a_project(submitter, edition), accept=True)
    status, kept = decide(desk, project, "nominate", "The best of its region.")
    assert (status, kept.state) == (302, "nominated")
    status, kept = decide(desk, project, "pass-over", "A conflict came to light.")
    assert (status, kept.state) == (302, "passed-over")


def test_reviewer_is_added_and_taken_off_by_form(desk: Client) -> None:
    an_edition(days=REVIEW)
    judge = a_person("judge@example.org")
    RoleGrant.objects.create(user=judge, role=RoleGrant.Role.REVIEWER)
    path = "/prizes/test/desk/reviewers/"
    sent = {
        "email": judge.email,
        "languages": ["en", "fr"],
        "lines": "C2; C7-HEA",
        "country": "SEN",
        "most": "5",
    }
    assert desk.post(path, {**sent, "email": "nobody@example.org"}).status_code == 422
    assert desk.post(path, {**sent, "lines": "C99"}).status_code == 422
    assert not Reviewer.objects.exists()
    assert desk.post(path, sent).status_code == 302
    made = Reviewer.objects.get()
    assert (made.user, made.lines, made.languages, made.country, made.most) == (
        *(judge, ["C2", "C7-HEA"], ["en", "fr"], "SEN", 5),
    )
    assert desk.post(path, {"remove": "all"}).status_code == 404
    assert desk.post(path, {"remove": str(made.pk)}).status_code == 302
    assert not Reviewer.objects.exists()


def test_winner_is_chosen_and_announced_by_form(desk: Client, submitter: User, voter: User) -> None:
    edition = an_edition()
    first, second = (a_nominee(submitter, edition, title=title) for title in ("A", "B"))
    choose(voter, edition, first)
    path = "/prizes/test/desk/winners/"
    assert desk.post(path, {"code": first.code, "motive": "Too early."}).status_code == 302
    assert not Project.objects.filter(winner=True).exists()
    publish_result(System(), freeze_vote(System(), edition, now=timezone.now() + AFTER))
    assert desk.post(path, {"code": second.code, "motive": "It came second."}).status_code == 422
    assert desk.post(path, {"code": "NOSUCH", "motive": "x"}).status_code == 404
    assert desk.post(path, {"code": first.code, "motive": "It reached the islands."}).status_code == 302
    assert Project.objects.get(winner=True) == first
    assert desk.post(path, {"announce": "1", "at": "some day"}).status_code == 422
    assert desk.post(path, {"announce": "1", "at": ""}).status_code == 302
    assert Edition.objects.get(pk=edition.pk).announced_at is not None


def test_nobody_else_reaches_the_desk(
    edition: Edition, visitor: User, as_user: Callable[[User], Client]
) -> None:
    browser = as_user(visitor)
    read = ["", "projects/", "reviewers/", "shortlist/", "ballots/", "winners/", "message/"]
    sent = ["dates/", "desk/close/", *(f"desk/{page}" for page in read[2:])]
    assert {browser.get(f"/prizes/test/desk/{page}").status_code for page in read} == {403}
    assert {browser.post(f"/prizes/test/{page}").status_code for page in sent} == {403}
