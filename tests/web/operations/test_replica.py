"""Reading from a copy of the database: for people who have not signed in, and never for who must see what they did.

The copy here is a second database whose titles say so, so that each page tells which of the two it was read from.
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from web.conftest import SERVER

STORE = """
from actionlines.stocktaking import Entry
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import store_entries
ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
store_entries(System(), [Entry(id="p-1", title="Title of the original", description="Nothing of note.")])
"""
RENAME = "UPDATE stocktaking_entry SET title = 'Title of the copy'"
BROWSE = """
import json, re
from django.test import Client
from actionlines_web.accounts.models import User
from actionlines_web.accounts.actor import System
from actionlines_web.api.actions import issue_token
browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
def read(client=browser, **more):
    answer = client.get("/entries/p-1/", **more)
    return re.search(r"Title of the (\\w+)", answer.text)[1] if answer.status_code == 200 else answer.status_code
"""


@pytest.fixture
def copy(environment: dict[str, str], run: Callable[[str], str]) -> Iterator[str]:
    """The address of the copy; both databases hold one entry."""
    run(STORE)
    name = f"copy_{uuid4().hex}"
    if SERVER:
        site = environment["ACTIONLINES_DATABASE_URL"]
        address = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{urlsplit(site).path.lstrip("/")}"')
        with psycopg.connect(address) as opened:
            opened.execute(RENAME)
    else:
        folder = Path(environment["ACTIONLINES_DATA_DIR"])
        address = f"sqlite:///{folder}/{name}.sqlite3"
        shutil.copy(folder / "actionlines.sqlite3", folder / f"{name}.sqlite3")
        with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as opened, opened:
            opened.execute(RENAME)
    environment["ACTIONLINES_REPLICA_URL"] = address
    yield address
    if SERVER:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_strangers_read_the_copy_and_people_and_programs_the_database(
    copy: str, run: Callable[[str], str]
) -> None:
    said = run(
        BROWSE
        + """
print(read())
person = Client(SERVER_NAME="localhost")
person.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
print(read(person))
key = issue_token(System(), email="a@example.org", scopes=["entries:write"])[1]
for headers in ({}, {"Authorization": f"Bearer {key}"}):
    print(browser.get("/api/v1/entries/p-1", headers=headers).json()["title"])
print(read())
"""
    )
    assert said.splitlines() == [
        "copy",
        "original",
        "Title of the copy",
        "Title of the original",
        "copy",
    ]


def test_what_is_written_goes_to_the_database_and_its_writer_reads_it_there(
    copy: str, run: Callable[[str], str]
) -> None:
    said = run(
        BROWSE
        + """
from actionlines_web.stocktaking.models import Entry
person = Client(SERVER_NAME="localhost")
person.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
print(person.post("/entries/p-1/archive/", {"reason": "twice"}).status_code)
for name in ("default", "replica"):
    print(name, Entry.objects.using(name).get().archived_at is not None)
print(read())
"""
    )
    assert said.splitlines() == ["302", "default True", "replica False", "copy"]


def test_a_copy_that_is_away_costs_nobody_a_page(
    copy: str, environment: dict[str, str], run: Callable[[str], str]
) -> None:
    environment["ACTIONLINES_REPLICA_URL"] = "postgresql://postgres@127.0.0.1:9/nothing"
    assert run(BROWSE + "print(read(), read())") == "original original"


def test_migrations_leave_the_copy_alone(copy: str, run: Callable[[str], str]) -> None:
    said = run(
        "from django.db import router\n"
        "from actionlines_web.stocktaking.models import Entry\n"
        "print(router.allow_migrate_model('replica', Entry), router.allow_migrate_model('default', Entry))"
    )
    assert said == "False True"


def test_a_copy_of_another_kind_stops_the_start(environment: dict[str, str]) -> None:
    environment["ACTIONLINES_REPLICA_URL"] = "mysql://host/name"
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (
        "ACTIONLINES_REPLICA_URL starts with 'mysql': expected sqlite:///FILE or postgresql://" in done.stderr
    )
