"""What tests of the prizes share: people, an edition whose phases lie around a moment, projects on their way."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from secrets import token_hex

import pytest
from django.test import Client
from django.utils import timezone

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.prizes.actions.projects import (
    save_project,
    screen_project,
    start_project,
    submit_project,
)
from actionlines_web.prizes.actions.review import nominate
from actionlines_web.prizes.actions.voting import Cast, cast_ballot
from actionlines_web.prizes.models import Edition, Project
from web.accounts.conftest import a_person

BACKEND = "django.contrib.auth.backends.ModelBackend"
WORDS = "The project connects people who were not connected before. " * 4
# First and last day of each phase, from the moment of the test: the vote is open.
DAYS = {
    "submission": (-30, -20),
    "screening": (-20, -15),
    "review": (-15, -5),
    "vote": (-5, 5),
    "selection": (5, 10),
    "announcement": (10, 20),
}
# The same when the vote has ended.
OVER = {**DAYS, "vote": (-5, -1), "selection": (-1, 10)}


def rules_text(now: datetime, days: dict[str, tuple[int, int]], **changes: str) -> str:
    """The rules of a small edition as TOML; `changes` are lines of it."""
    phases = "".join(
        f'[[phases]]\nkind = "{kind}"\nstarts = {(now + timedelta(days=first)).isoformat()}\n'
        f"ends = {(now + timedelta(days=last)).isoformat()}\n"
        for kind, (first, last) in days.items()
    )
    values = {
        "year": str(now.year),
        "name": '"Test prizes"',
        "categories": '[{ code = "C2", line = "C2" }, { code = "C4", line = "C4" }]',
        "words": "[10, 200]",
        "required": '["title", "organisation", "description"]',
        "criteria": '[{ code = "relevance", weight = 3 }, { code = "results" }]',
        "reviewers": "2",
        "champions": "1",
        **changes,
    }
    return "\n".join(f"{name} = {value}" for name, value in values.items()) + f"\n{phases}"


def an_edition(
    *, slug: str = "test", days: dict[str, tuple[int, int]] | None = None, **changes: str
) -> Edition:
    """An edition of these rules, with its vote open unless `days` say otherwise."""
    now = timezone.now().replace(microsecond=0)
    text = rules_text(now, days or DAYS, **changes)
    return create_edition(System(), slug=slug, text=text.encode(), file="rules.toml")


def before_vote(edition: Edition) -> datetime:
    """A moment at which the ballot paper may still change."""
    return edition.created_at - timedelta(days=6)


def a_project(
    submitter: User, edition: Edition, *, title: str = "", category: str = "C2", **fields: str
) -> Project:
    """A project that was sent in time."""
    project = start_project(submitter, edition)
    said = {
        "title": title or f"Project of {submitter.email}",
        "organisation": f"Organisation of {submitter.pk}",
        "description": WORDS,
        **fields,
    }
    save_project(submitter, project, said, category=category, language="en")
    return submit_project(submitter, project, now=edition.created_at - timedelta(days=25))


def a_nominee(submitter: User, edition: Edition, *, title: str = "", category: str = "C2") -> Project:
    """A project on the ballot paper."""
    project = a_project(submitter, edition, title=title, category=category)
    screen_project(System(), project, accept=True)
    made = nominate(System(), project, wanted=True, reason="Chosen.", now=before_vote(edition))
    edition.refresh_from_db()
    return made


def choose(
    voter: User, edition: Edition, project: Project | str, *, attempt: str = "", category: str = ""
) -> Cast:
    """A vote for a project, in a form of its own."""
    code = project if isinstance(project, str) else project.code
    within = category or (project.category if isinstance(project, Project) else "C2")
    return cast_ballot(voter, edition, within, code, attempt=attempt or token_hex(16))


@pytest.fixture
def edition(db: None) -> Edition:
    """An edition whose vote is open."""
    return an_edition()


@pytest.fixture
def submitter(db: None) -> User:
    """Who sends projects in."""
    return a_person("submitter@example.org", name="Sabine Submitter")


@pytest.fixture
def voter(db: None) -> User:
    """Who votes."""
    return a_person("voter@example.org")


@pytest.fixture
def officers(db: None) -> Sequence[User]:
    """Two coordinators."""
    found = []
    for name in ("first", "second"):
        user = a_person(f"{name}@example.org", name=f"{name.capitalize()} officer")
        RoleGrant.objects.create(user=user, role=RoleGrant.Role.COORDINATOR)
        found.append(user)
    return found


@pytest.fixture
def nominees(edition: Edition, submitter: User) -> Sequence[Project]:
    """Two nominees of C2 and one of C4."""
    return [
        a_nominee(submitter, edition, title="First"),
        a_nominee(submitter, edition, title="Second"),
        a_nominee(submitter, edition, title="Third", category="C4"),
    ]


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return signed_in
