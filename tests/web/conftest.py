"""What the site's tests share: people with roles, entries in the register, sites in processes of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from actionlines_web.jobs.running import running
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


@pytest.fixture(autouse=True)
def no_worker_is_stopping() -> None:
    """A worker that was told to stop in an earlier test stops no work of the next one."""
    running.stopping.clear()


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
    found = site_environment(tmp_path)
    if not SERVER:
        yield found
        return
    name = f"site_{uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield found | {"ACTIONLINES_DATABASE_URL": _address(name)}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def site_environment(folder: Path) -> dict[str, str]:
    """That of this process without its settings, and with a data folder."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTIONLINES_", "DJANGO_"))
    }
    settings = {"DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base", "ACTIONLINES_JOB_LEASE": "2"}
    return {**kept, **settings, "ACTIONLINES_DATA_DIR": str(folder)}


def _address(database: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{database}"))


@pytest.fixture
def run(environment: Mapping[str, str], prepared: "Prepared") -> Callable[[str], str]:
    """Runs Python inside the site and gives what it prints."""

    prepared.copy_to(environment)
    return runner(environment)


def runner(environment: Mapping[str, str]) -> Callable[[str], str]:
    """What runs Python inside a prepared site and gives what it prints."""

    def ran(code: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    return ran


def prepare(environment: Mapping[str, str]) -> None:
    """Make the tables and collect the static files, as an operator does."""
    command = [sys.executable, "-m", "actionlines_web.cli", "serve", "--prepare-only"]
    subprocess.run(command, env=environment, check=True)


@dataclass(frozen=True)
class Prepared:
    """A site that was prepared once: its folder and on PostgreSQL its database, from which others are copied."""

    folder: Path
    database: str

    def copy_to(self, environment: Mapping[str, str]) -> None:
        """Put a copy of it in the place of an empty site."""
        shutil.copytree(self.folder, environment["ACTIONLINES_DATA_DIR"], dirs_exist_ok=True)
        if SERVER:
            name = urlsplit(environment["ACTIONLINES_DATABASE_URL"]).path.lstrip("/")
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
                server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.database}"')


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Preparing takes seconds; every test that wants a site of its own copies this one."""
    folder = tmp_path_factory.mktemp("prepared")
    made = Prepared(folder, f"prepared_{uuid4().hex}")
    environment = site_environment(folder)
    if not SERVER:
        prepare(environment)
        yield made
        return
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{made.database}"')
        prepare({**environment, "ACTIONLINES_DATABASE_URL": _address(made.database)})
        yield made
        server.execute(f'DROP DATABASE "{made.database}" WITH (FORCE)')
