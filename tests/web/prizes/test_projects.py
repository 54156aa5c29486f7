"""Projects: written, held against the rules, sent, let in late, taken back, screened."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.outbox.models import Message
from actionlines_web.prizes.actions.projects import (
    answer_late,
    ask_late,
    save_project,
    screen_project,
    start_project,
    submit_project,
    withdraw_project,
)
from actionlines_web.prizes.models import Edition, Project
from actionlines_web.prizes.queries.projects import verdicts
from web.accounts.conftest import a_person
from web.conftest import an_entry
from web.prizes.conftest import WORDS, a_nominee, a_project, an_edition

pytestmark = pytest.mark.django_db
# The submission is open.
CALL = {"submission": (-5, 5), "vote": (10, 20)}
SAID = {"title": "Island clinics", "organisation": "Ministry", "description": WORDS}


def broken(project: Project) -> set[str]:
    """The rules that the project breaks now."""
    return {item.rule for item in verdicts(project, timezone.now()) if not item.passed}


def test_a_project_takes_what_its_entry_says(store, submitter: User) -> None:
    edition = an_edition(days=CALL)
    store(
        [
            an_entry(
                "a-1",
                title="Clinics",
                organisation="Ministry",
                country="SEN",
                lines=("C4",),
                description=WORDS,
            )
        ]
    )
    project = start_project(submitter, edition, entry="a-1")
    assert (project.title, project.category, project.country, project.region) == (
        "Clinics",
        "C4",
        "SEN",
        "AFR",
    )
    assert project.fields["organisation"] == "Ministry"
    assert broken(project) == set()


def test_an_entry_that_is_not_there_is_refused(submitter: User) -> None:
    with pytest.raises(InputError):
        start_project(submitter, an_edition(days=CALL), entry="no-such")


def test_every_rule_that_is_broken_is_named_with_its_reason(submitter: User) -> None:
    project = start_project(submitter, an_edition(days=CALL))
    save_project(submitter, project, {"title": "Only a title"}, category="C99", language="fr")
    project.refresh_from_db()
    assert broken(project) == {"categories", "required", "words", "languages"}
    with pytest.raises(InputError) as error:
        submit_project(submitter, project)
    assert {problem.column for problem in error.value.problems} == broken(project)


def test_a_project_is_sent_once_with_a_receipt(submitter: User) -> None:
    edition = an_edition(days=CALL)
    project = start_project(submitter, edition)
    save_project(submitter, project, SAID, category="C2", language="en")
    sent = submit_project(submitter, project)
    message = Message.objects.get(kind="prizes-received")
    assert (message.address, sent.receipt in message.text) == (submitter.email, True)
    with pytest.raises(ValueError, match="is submitted"):
        submit_project(submitter, project)
    twin = start_project(submitter, edition)
    save_project(submitter, twin, {**SAID, "title": "ISLAND  clinics"}, category="C4", language="en")
    with pytest.raises(InputError) as error:
        submit_project(submitter, twin)
    assert [problem.column for problem in error.value.problems] == ["same-project"]


def test_the_deadline_is_the_sites_clock_and_its_second_does_not_belong_to_it(submitter: User) -> None:
    edition = an_edition(days=CALL)
    project = start_project(submitter, edition)
    save_project(submitter, project, SAID, category="C2", language="en")
    end = edition.created_at.replace(microsecond=0) + timedelta(days=5)
    with pytest.raises(InputError) as error:
        submit_project(submitter, project, now=end + timedelta(seconds=1))
    assert [problem.column for problem in error.value.problems] == ["deadline"]
    assert submit_project(submitter, project, now=end - timedelta(seconds=2)).state == "submitted"


def test_who_is_late_asks_and_is_let_in(edition: Edition, submitter: User, officers: Sequence[User]) -> None:
    project = start_project(submitter, edition)
    save_project(submitter, project, SAID, category="C2", language="en")
    with pytest.raises(InputError):
        submit_project(submitter, project)
    ask_late(submitter, project, "The network was down.")
    with pytest.raises(PermissionDenied):
        answer_late(submitter, project, accept=True)
    answer_late(officers[0], project, accept=True)
    assert Message.objects.filter(kind="prizes-late", address=submitter.email).count() == 1
    assert submit_project(submitter, project).state == "submitted"


def test_who_is_turned_away_is_told_why(edition: Edition, submitter: User, officers: Sequence[User]) -> None:
    project = start_project(submitter, edition)
    ask_late(submitter, project, "I forgot.")
    with pytest.raises(InputError):
        answer_late(officers[0], project, accept=False)
    answer_late(officers[0], project, accept=False, reason="The call was open for months.")
    assert "The call was open for months." in Message.objects.get(kind="prizes-late-refused").text
    with pytest.raises(ValueError, match="no open request"):
        answer_late(officers[0], project, accept=True)


def test_a_project_is_withdrawn_by_its_owner_until_it_is_nominated(
    edition: Edition, submitter: User, visitor: User, officers: Sequence[User]
) -> None:
    sent = a_project(submitter, edition)
    with pytest.raises(PermissionDenied):
        withdraw_project(visitor, sent)
    assert withdraw_project(submitter, sent).state == "withdrawn"
    nominee = a_nominee(submitter, edition, title="Nominated")
    with pytest.raises(PermissionDenied):
        withdraw_project(submitter, nominee)
    with pytest.raises(ValueError, match="the vote has begun"):
        withdraw_project(officers[0], nominee)


def test_the_screening_tells_the_owner_and_the_trail(
    edition: Edition, submitter: User, officers: Sequence[User], visitor: User
) -> None:
    sent = a_project(submitter, edition)
    with pytest.raises(PermissionDenied):
        screen_project(visitor, sent, accept=True)
    with pytest.raises(InputError):
        screen_project(officers[0], sent, accept=False)
    screen_project(officers[0], sent, accept=False, reason="The work has not begun.")
    assert "The work has not begun." in Message.objects.get(kind="prizes-refused").text
    assert next(record.verb for record in records_of(sent)) == "refuse"
    with pytest.raises(ValueError, match="is refused"):
        screen_project(officers[0], sent, accept=True)


def test_the_form_says_what_is_missing_while_one_writes_and_saves_nothing(
    submitter: User, as_user: Callable[[User], Client]
) -> None:
    edition = an_edition(days=CALL)
    browser = as_user(submitter)
    assert browser.post("/prizes/test/projects/new/").status_code == 302
    project = Project.objects.get()
    said = {**SAID, "category": "C2", "language": "en"}
    path = f"/prizes/test/projects/{project.code}"
    answer = browser.post(f"{path}/check/", {**said, "description": "Too short."}).content.decode()
    assert (answer.count("state-refused"), "2" in answer) == (1, True)
    assert "state-refused" not in browser.post(f"{path}/check/", said).content.decode()
    project.refresh_from_db()
    assert project.fields == {}
    assert browser.post(f"{path}/edit/", {**said, "save": "1"}).status_code == 302
    assert browser.post(f"{path}/send/").status_code == 302
    project.refresh_from_db()
    assert (project.state, project.edition) == ("submitted", edition)
    assert project.receipt in browser.get(f"{path}/").content.decode()


def test_draft_asks_for_time_and_a_project_is_withdrawn_on_its_page(
    submitter: User, as_user: Callable[[User], Client]
) -> None:
    edition = an_edition()
    browser = as_user(submitter)
    draft, sent = start_project(submitter, edition), a_project(submitter, edition)
    late = f"/prizes/test/projects/{draft.code}/late/"
    assert browser.post(late, {"reason": " "}).status_code == 422
    assert browser.post(late, {"reason": "The network was down."}).status_code == 302
    draft.refresh_from_db()
    assert (draft.late_reason, draft.late) == ("The network was down.", None)
    for _ in range(2):
        assert browser.post(f"/prizes/test/projects/{sent.code}/withdraw/").status_code == 302
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    assert browser.post(f"/prizes/test/projects/{sent.code}/praise/").status_code == 404


def test_somebody_elses_project_is_not_there(
    edition: Edition, submitter: User, visitor: User, as_user: Callable[[User], Client]
) -> None:
    project = a_project(submitter, edition)
    browser = as_user(visitor)
    for page in ("", "edit/"):
        assert browser.get(f"/prizes/test/projects/{project.code}/{page}").status_code == 404
    assert browser.post(f"/prizes/test/projects/{project.code}/withdraw/").status_code == 404
    assert browser.get(f"/prizes/test/nominees/{project.code}/").status_code == 404
    with pytest.raises(PermissionDenied):
        save_project(visitor, project, {}, category="", language="en")


def test_who_won_before_may_not_come_again(submitter: User) -> None:
    earlier = an_edition(slug="earlier", year="2020", days={"submission": (-30, -20)})
    won = a_nominee(submitter, earlier, title="Island clinics")
    Project.objects.filter(pk=won.pk).update(winner=True)
    project = start_project(submitter, an_edition(days=CALL))
    save_project(submitter, project, SAID, category="C2", language="en")
    project.refresh_from_db()
    assert broken(project) == {"winners_barred"}


def test_two_projects_of_one_organisation_in_one_category_where_the_rules_forbid_it() -> None:
    edition = an_edition(days=CALL, one_per_organisation="true")
    first, second = a_person("one@example.org"), a_person("two@example.org")
    project = start_project(first, edition)
    save_project(first, project, SAID, category="C2", language="en")
    submit_project(first, project)
    other = start_project(second, edition)
    save_project(
        second, other, {**SAID, "title": "Another", "organisation": "MINISTRY"}, category="C2", language="en"
    )
    other.refresh_from_db()
    assert broken(other) == {"one_per_organisation"}
