"""The expert review: conflicts, dealing out, scores, blindness, the shortlist."""

import re
from collections.abc import Callable, Sequence

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from actionlines.agreement import interval, krippendorff_alpha
from actionlines.prizes.review import normalise, overall
from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.queries import records_of
from actionlines_web.organisations.models import Membership, Organisation
from actionlines_web.outbox.models import Message
from actionlines_web.prizes.actions.projects import screen_project
from actionlines_web.prizes.actions.review import (
    add_remark,
    add_reviewer,
    assign_projects,
    declare_conflict,
    make_shortlist,
    nominate,
    plan_shortlist,
    remove_reviewer,
    score_project,
)
from actionlines_web.prizes.models import Assignment, Edition, Project, Reviewer
from actionlines_web.prizes.queries.editions import rules_of
from actionlines_web.prizes.queries.review import assignments_of, ratings, review_state, sheet_of
from web.accounts.conftest import a_person
from web.prizes.conftest import DAYS, WORDS, a_project, an_edition, before_vote

pytestmark = pytest.mark.django_db
# The vote has not begun: the shortlist can be made.
REVIEW = {**DAYS, "review": (-15, 3), "vote": (3, 5)}


@pytest.fixture
def edition(db: None) -> Edition:
    """A blind edition under review."""
    return an_edition(days=REVIEW, blind="true", same_country_conflicts="true")


def reviewers(edition: Edition, number: int, **fields: object) -> list[Reviewer]:
    """So many reviewers."""
    found = []
    for place in range(number):
        user = a_person(f"judge{place}@judges.example.org", name=f"Judge Number{place}")
        RoleGrant.objects.create(user=user, role=RoleGrant.Role.REVIEWER)
        found.append(add_reviewer(System(), edition, user.email, **fields))  # type: ignore[arg-type]
    return found


def accepted(submitter: User, edition: Edition, title: str, **fields: str) -> Project:
    """A project that passed the screening."""
    return screen_project(System(), a_project(submitter, edition, title=title, **fields), accept=True)


def score(assignment: Assignment, value: int) -> Assignment:
    """The same score by every criterion."""
    criteria = rules_of(assignment.project.edition).criteria
    return score_project(
        assignment.reviewer.user, assignment, {item.code: value for item in criteria}, "Fine."
    )


def test_every_project_gets_as_many_reviewers_as_the_rules_ask_for(edition: Edition, submitter: User) -> None:
    projects = [accepted(submitter, edition, f"Project {number}") for number in range(4)]
    judges = reviewers(edition, 4)
    assert assign_projects(System(), edition).short == {}
    assert {item.code: item.assignments.count() for item in projects} == {item.code: 2 for item in projects}
    assert {judge.assignments.count() for judge in judges} == {2}
    assert Message.objects.filter(kind="prizes-assigned").count() == 4


def test_nobody_judges_the_own_organisation_country_or_colleagues(edition: Edition, submitter: User) -> None:
    home = Organisation.objects.create(name="Home Office", folded_name="home office")
    Membership.objects.create(organisation=home, user=submitter)
    project = accepted(submitter, edition, "Ours", organisation="Ministry of Maps", country="SEN")
    ministry = Organisation.objects.create(name="Ministry of Maps", folded_name="ministry of maps")
    same, colleague, compatriot, free = reviewers(edition, 4)
    Membership.objects.create(organisation=ministry, user=same.user)
    Membership.objects.create(organisation=home, user=colleague.user)
    add_reviewer(System(), edition, compatriot.user.email, country="SEN")
    dealt = assign_projects(System(), edition)
    assert dealt.short == {project.code: 1}
    assert [item.reviewer for item in project.assignments.all()] == [free]


def test_a_declared_conflict_takes_the_project_away_for_good(edition: Edition, submitter: User) -> None:
    project = accepted(submitter, edition, "Known to me")
    judges = reviewers(edition, 3)
    assign_projects(System(), edition)
    first = project.assignments.first()
    assert first is not None
    with pytest.raises(PermissionDenied):
        declare_conflict(submitter, first)
    declare_conflict(first.reviewer.user, first)
    assign_projects(System(), edition)
    assert {item.reviewer for item in project.assignments.all()} == set(judges) - {first.reviewer}


def test_dealing_out_again_keeps_what_was_scored(edition: Edition, submitter: User) -> None:
    project = accepted(submitter, edition, "Scored")
    reviewers(edition, 2)
    assign_projects(System(), edition)
    kept = score(project.assignments.all()[0], 7)
    late = a_person("late@judges.example.org")
    add_reviewer(System(), edition, late.email)
    accepted(submitter, edition, "Another")
    assign_projects(System(), edition)
    assert project.assignments.get(pk=kept.pk).overall == 70.0
    assert project.assignments.count() == 2


def test_scores_are_whole_and_within_their_scales(edition: Edition, submitter: User, visitor: User) -> None:
    accepted(submitter, edition, "Scored")
    judge = reviewers(edition, 1)[0]
    assign_projects(System(), edition)
    given = assignments_of(judge)[0]
    for scores in ({}, {"relevance": 7}, {"relevance": 7, "results": 11}):
        with pytest.raises(InputError):
            score_project(judge.user, given, scores, "")
    with pytest.raises(PermissionDenied):
        score_project(visitor, given, {"relevance": 7, "results": 7}, "")
    kept = score_project(judge.user, given, {"relevance": 8, "results": 4}, "Good.")
    assert kept.overall == overall({"relevance": 8, "results": 4}, rules_of(edition).criteria) == 70.0


def test_a_conflict_that_came_later_stops_the_score(edition: Edition, submitter: User) -> None:
    project = accepted(submitter, edition, "Moved on", organisation="Ministry of Maps")
    judge = reviewers(edition, 1)[0]
    assign_projects(System(), edition)
    ministry = Organisation.objects.create(name="Ministry of Maps", folded_name="ministry of maps")
    Membership.objects.create(organisation=ministry, user=judge.user)
    with pytest.raises(InputError, match="conflict of interest"):
        score(project.assignments.all()[0], 9)


def test_the_shortlist_takes_severity_out_and_says_why_to_the_others(
    edition: Edition, submitter: User, officers: Sequence[User]
) -> None:
    projects = [accepted(submitter, edition, f"Project {number}") for number in range(3)]
    reviewers(edition, 3)
    assign_projects(System(), edition)
    for place, assignment in enumerate(Assignment.objects.order_by("pk")):
        score(assignment, 3 + place)
    rows = ratings(edition)
    state = review_state(edition)
    assert state.normalised == normalise(rows)
    units = [[score for code, _, score in rows if code == project.code] for project in projects]
    assert state.alpha == pytest.approx(krippendorff_alpha(units, interval))
    best = max(state.projects, key=lambda item: item.adjusted or 0).project
    assert plan_shortlist(edition, 1).nominated == [best]
    with pytest.raises(InputError):
        make_shortlist(officers[0], edition, 1, "")
    made = make_shortlist(officers[0], edition, 1, "The others had lower scores.")
    assert {item.state for item in made.passed_over} == {"passed-over"}
    told = Message.objects.filter(kind="prizes-passed-over")
    assert [("The others had lower scores." in item.text) for item in told] == [True, True]
    assert Message.objects.filter(kind="prizes-nominated").count() == 1
    best.refresh_from_db()
    assert best.score == normalise(rows).projects[best.code]
    with pytest.raises(ValueError, match="shortlist is made"):
        score(Assignment.objects.all()[0], 1)
    assert len(projects) == 3


def test_a_nomination_against_the_scores_needs_a_reason_and_an_open_paper(
    submitter: User, officers: Sequence[User]
) -> None:
    edition = an_edition()
    project = accepted(submitter, edition, "Wild card")
    with pytest.raises(ValueError, match="the vote has begun"):
        nominate(officers[0], project, wanted=True, reason="It should be there.")
    with pytest.raises(InputError):
        nominate(officers[0], project, wanted=True, reason=" ", now=before_vote(edition))
    assert (
        nominate(officers[0], project, wanted=True, reason="Jury.", now=before_vote(edition)).state
        == "nominated"
    )


def test_who_has_scored_is_not_taken_off(edition: Edition, submitter: User, officers: Sequence[User]) -> None:
    accepted(submitter, edition, "Scored")
    first, second = reviewers(edition, 2)
    assign_projects(System(), edition)
    score(assignments_of(first)[0], 5)
    with pytest.raises(ValueError, match="has scored"):
        remove_reviewer(officers[0], first)
    remove_reviewer(officers[0], second)
    assert list(edition.reviewers.all()) == [first]


SECRETS = (
    "Sabine Submitter",
    "submitter@example.org",
    "Ministry of Secrets",
    "secrets.example.org",
    "Fiji",
    "FJI",
)


@pytest.fixture
def blind(edition: Edition, submitter: User, settings) -> Project:
    """A project whose texts name who sent it, in the hands of two reviewers."""
    project = accepted(
        submitter,
        edition,
        "Clinics of the Ministry of Secrets",
        organisation="Ministry of Secrets",
        stakeholder_type="government",
        country="FJI",
        website="https://secrets.example.org/clinics",
        partners="Partner Unnamed",
        description=f"The ministry of SECRETS, led by Sabine Submitter with Partner Unnamed, writes at "
        f"submitter@example.org and https://secrets.example.org. {WORDS}",
    )
    reviewers(edition, 2)
    assign_projects(System(), edition)
    return project


def test_a_blind_reviewer_finds_no_trace_of_who_sent_a_project(
    blind: Project, as_user: Callable[[User], Client], caplog: pytest.LogCaptureFixture
) -> None:
    """Every address that a reviewer is answered at, the mail to reviewers, and the log."""
    first, second = (item.reviewer for item in blind.assignments.order_by("pk"))
    score(first.assignments.get(), 6)
    add_remark(second.user, blind, "I wonder.")
    browser = as_user(first.user)
    paths = walked(browser, f"/prizes/{blind.edition.slug}/")
    assert f"/prizes/test/review/{blind.code}/" in paths
    assert f"/prizes/test/nominees/{blind.code}/" not in paths
    everything = {path: content.lower() for path, content in paths.items()}
    for secret in (*SECRETS, "Partner Unnamed", second.user.name, second.user.email):
        found = [path for path, content in everything.items() if names(content, secret)]
        assert found == [], secret
    for message in Message.objects.filter(address=first.user.email):
        assert not any(
            names(f"{message.subject} {message.text} {message.html}", secret) for secret in SECRETS
        )
    assert not any(names(caplog.text, secret) for secret in SECRETS)


def names(content: str, secret: str) -> bool:
    """Whether the secret stands in the content as a word, however it is written."""
    return re.search(rf"\b{re.escape(secret)}\b", content, re.IGNORECASE) is not None


def walked(browser: Client, start: str) -> dict[str, str]:
    """Every page of the prizes, the interface, feeds and exports that links lead to from here, by address."""
    waiting, found = (
        [start, "/api/v1/openapi.json", "/entries/feed.atom", "/entries/export.csv", "/entries/"],
        {},
    )
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = browser.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[path] = content.decode("utf-8", "replace") if answer.status_code == 200 else ""
        links = re.findall(r'href="(/(?:[a-z-]{2,7}/)?prizes/[^"#?]*)', found[path])
        waiting += [link for link in links if "/prizes/" in link and "certificate" not in link]
    return found


def test_a_submitter_never_learns_who_judges(blind: Project, as_user: Callable[[User], Client]) -> None:
    given = blind.assignments.order_by("pk")[0]
    score(given, 2)
    browser = as_user(blind.submitter)
    paths = walked(browser, "/prizes/test/")
    assert f"/prizes/test/projects/{blind.code}/" in paths
    archive = browser.get("/account/data/").content
    assert b"judges.example.org" not in archive
    for content in paths.values():
        assert "judges.example.org" not in content
        assert "Judge Number" not in content
    for message in Message.objects.filter(address=blind.submitter.email):
        assert "Judge" not in message.text


def test_the_trail_of_a_blind_review_names_nobody(blind: Project) -> None:
    details = [str(record.detail) for record in records_of(blind)]
    assert not any(names(detail, secret) for detail in details for secret in SECRETS)


def test_without_the_blind_mode_reviewers_read_who_sent_it(submitter: User) -> None:
    edition = an_edition(days=REVIEW)
    project = accepted(submitter, edition, "Open", organisation="Ministry of Maps", country="SEN")
    sheet = sheet_of(project, rules_of(edition))
    assert (sheet.fields["organisation"], sheet.fields["country"]) == ("Ministry of Maps", "SEN")


def test_reviewers_score_and_talk_on_their_pages(blind: Project, as_user: Callable[[User], Client]) -> None:
    reviewer = blind.assignments.order_by("pk")[0].reviewer
    browser = as_user(reviewer.user)
    path = f"/prizes/test/review/{blind.code}/"
    assert browser.post(path, {"score-relevance": "9"}).status_code == 422
    said = {"score-relevance": "9", "score-results": "5", "comment": "Well done."}
    assert browser.post(path, said).status_code == 302
    assert blind.assignments.get(reviewer=reviewer).overall == 80.0
    assert browser.post(f"{path}remark/", {"text": "What do you think?"}).status_code == 302
    assert [remark.text for remark in blind.remarks.all()] == ["What do you think?"]
    assert browser.post(f"{path}conflict/").status_code == 302
    assert browser.get(path).status_code == 404
    assert not Assignment.objects.filter(reviewer=reviewer).exists()


def test_a_person_who_is_no_reviewer_sees_nothing_of_the_review(
    blind: Project, visitor: User, as_user: Callable[[User], Client]
) -> None:
    browser = as_user(visitor)
    assert browser.get("/prizes/test/review/").status_code == 403
    assert browser.get(f"/prizes/test/review/{blind.code}/").status_code == 403


def test_the_desk_shows_the_review_to_coordinators(
    blind: Project, officers: Sequence[User], as_user: Callable[[User], Client]
) -> None:
    score(blind.assignments.order_by("pk")[0], 6)
    desk = as_user(officers[0])
    for page in ("", "reviewers/", "shortlist/", f"projects/{blind.code}/", "projects/?state=accepted"):
        assert desk.get(f"/prizes/test/desk/{page}").status_code == 200
    assert desk.post("/prizes/test/desk/reviewers/", {"assign": "1"}).status_code == 302
    plan = desk.post("/prizes/test/desk/shortlist/", {"most": "1", "reason": "", "try": "1"})
    assert "Clinics of the Ministry of Secrets" in plan.content.decode()
    assert (
        desk.post("/prizes/test/desk/shortlist/", {"most": "1", "reason": "", "confirm": "1"}).status_code
        == 302
    )
    blind.refresh_from_db()
    assert blind.state == "nominated"


def test_the_commands_know_the_prizes() -> None:
    call_command("check")
