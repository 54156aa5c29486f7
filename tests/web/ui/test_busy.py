"""A database that another holds locked: who writes is asked to come back and nothing is half, who reads notices nothing."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection

from actionlines_web.ui.busy import is_busy

# A site of its own whose writers wait a fifth of a second; `holding()` is another writer who does not let go.
SITE = """
import json, sqlite3
from contextlib import contextmanager
from django.db import connection
from django.test import Client
options = connection.settings_dict["OPTIONS"]
if connection.vendor == "sqlite":
    options["timeout"] = 0.2
else:
    options["options"] = "-c lock_timeout=200ms"
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.api.actions import issue_token
from actionlines_web.audit.models import Head, Record
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import store_entries
from actionlines_web.stocktaking.models import Entry

@contextmanager
def holding():
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = connection.copy()
        other.settings_dict["OPTIONS"] = {}
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT * FROM audit_head FOR UPDATE")
    yield
    other.rollback()
    other.close()

user = ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
store_entries(System(), [LibraryEntry(id="a", title="A", description="x")])
key = issue_token(System(), email="a@example.org", scopes=["entries:write"])[1]
browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
browser.get("/")

def stands():
    found = Entry.objects.get()
    return found.archived_at is not None, found.title, Record.objects.count(), Message.objects.count()

def archive():
    return browser.post("/fr/entries/a/archive/", {"reason": "twice"})

def put():
    return browser.put("/api/v1/entries/a", json.dumps({"title": "B", "description": "x"}),
        content_type="application/json", headers={"Authorization": f"Bearer {key}", "If-Match": "*"})
"""


def test_a_writer_is_asked_to_come_back_and_nothing_is_half(run: Callable[[str], str]) -> None:
    said = run(
        SITE
        + """
before = stands()
with holding():
    page, answer = archive(), put()
    read = browser.get("/entries/a/").status_code, browser.get("/api/v1/entries/a").status_code
print(page.status_code, page["Retry-After"], '<html lang="fr"' in page.text, "OperationalError" in page.text)
print(answer.status_code, answer["Retry-After"], answer["Content-Type"], answer.json()["title"])
print(read, stands() == before)
print(put().status_code, archive().status_code, stands()[:2])
"""
    )
    assert said.splitlines() == [
        "503 5 True False",
        "503 5 application/problem+json Service Unavailable",
        "(200, 200) True",
        "200 302 (True, 'B')",
    ]


@pytest.mark.django_db
def test_only_what_may_pass_is_called_busy() -> None:
    sqlite = connection.vendor == "sqlite"
    assert is_busy(OperationalError("database is locked"))
    assert is_busy(OperationalError("the connection is lost")) is not sqlite
    assert is_busy(InterfaceError("connection already closed")) is not sqlite
    for error in (None, IntegrityError("database is locked"), RuntimeError("locked")):
        assert not is_busy(error)
