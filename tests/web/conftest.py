"""What the site's tests share: people with roles, entries in the register, sites in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils.translation import override

from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit import guards as trail
from actionlines_web.indicators.queries.coverage import forget_values
from actionlines_web.prizes import guards as ballots
from actionlines_web.stocktaking.actions import store_entries

SERVER = os.environ.get("ACTIONLINES_TEST_DATABASE_URL", "")


@pytest.fixture
def visitor(db: None) -> User:
    """A signed-in person without any role."""
    return User.objects.create_user("visitor@example.org")


@pytest.fixture
def coordinator(db: None) -> User:
    """A signed-in coordinator."""
    user = User.objects.create_user("coordinator@example.org")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.COORDINATOR)
    return user


def an_entry(identifier: str = "a-1", **fields: object) -> Entry:
    """A library entry whose text says nothing the aligner would find."""
    values: dict[str, object] = {
        "title": f"Entry {identifier}",
        "description": "Nothing of note.",
        "language": "en",
    }
    return Entry(**{"id": identifier, **values, **fields})  # type: ignore[arg-type]


@pytest.fixture
def store(db: None) -> Callable[[Sequence[Entry]], None]:
    """Stores entries as the command line does."""

    def stored(entries: Sequence[Entry]) -> None:
        store_entries(System(), entries)

    return stored


@pytest.fixture(autouse=True)
def reads_english() -> Iterator[None]:
    """A page read in another language leaves that language behind for whichever test comes next."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def knows_no_values_of_other_tests() -> None:
    """Values are kept until an observation is added; tests take theirs back."""
    forget_values()


@pytest.fixture(scope="session", autouse=True)
def trails_yield_to_the_clearing_of_tests() -> Iterator[None]:
    """Tests with transactions of their own end by emptying every table, which the triggers of two of them refuse."""
    patch = pytest.MonkeyPatch()
    clear = TransactionTestCase._fixture_teardown

    def clear_unguarded(case: TransactionTestCase) -> None:
        for guards in (trail, ballots):
            guards.lower_guards(connection)
        clear(case)
        for guards in (trail, ballots):
            guards.raise_guards(connection)

    patch.setattr(TransactionTestCase, "_fixture_teardown", clear_unguarded)
    yield
    patch.undo()


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """The environment of a site of its own: a folder, and on PostgreSQL a database."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTIONLINES_", "DJANGO_"))
    }
    settings = {"DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base", "ACTIONLINES_JOB_LEASE": "2"}
    found = {**kept, **settings, "ACTIONLINES_DATA_DIR": str(tmp_path)}
    if not SERVER:
        yield found
        return
    name = f"site_{uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield found | {"ACTIONLINES_DATABASE_URL": urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def run(environment: Mapping[str, str]) -> Callable[[str], str]:
    """Runs Python inside the site and gives what it prints."""

    def ran(code: str) -> str:
        prepared = f"import django; django.setup()\n{code}"
        return subprocess.run(
            [sys.executable, "-c", prepared],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    subprocess.run(
        [sys.executable, "-m", "actionlines_web.cli", "serve", "--prepare-only"], env=environment, check=True
    )
    return ran
