"""A served site whose processes are killed, whose clients are slow or break off, and whose clock jumps."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from web.jobs.test_killed import LOOK_IMPORT, ORDER_IMPORT, WORK_ON
from web.jobs.test_processes import every_child, healthy
from web.operations.faults import SITE, Standing, wait_until

Run = Callable[[str], str]
WRITERS = 4
PREPARE = """
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.api.actions import issue_token
ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
print(issue_token(System(), email="a@example.org", scopes=["entries:write"])[1])
"""
STANDS = """
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from actionlines_web.stocktaking.actions import drift
from actionlines_web.stocktaking.models import Entry
known = set(Entry.objects.values_list("identifier", flat=True))
print(" ".join(sorted(known)), len(drift()), verify().sound, sep="|")
"""


class Served:
    """The site under its own server."""

    def __init__(self, environment: Mapping[str, str], *options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = ["serve", "--port", str(self.port), "--no-worker", *options]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "actionlines_web.cli", *words],
            env={**environment, **SITE},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: bool(healthy(self.port)))

    def web_processes(self) -> list[int]:
        """Those that answer requests, which the server starts."""
        return [child for server in every_child(self.process.pid) for child in every_child(server)]

    def end(self) -> None:
        """Stop it."""
        self.process.terminate()
        assert self.process.wait(300) == 0


@pytest.fixture
def served(environment: Mapping[str, str], run: Run) -> Iterator[Served]:
    made = Served(environment, "--workers", "2")
    yield made
    made.end()


def test_web_processes_that_are_killed_lose_no_entry_they_said_was_stored(served: Served, run: Run) -> None:
    key = run(PREPARE)
    stored: set[str] = set()
    sent: set[str] = set()
    over = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            name = f"w-{writer}-{number}"
            sent.add(name)
            body = json.dumps({"title": f"Entry {name}", "description": "Nothing of note."})
            there = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
            try:
                headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
                there.request("PUT", f"/api/v1/entries/{name}", body, {**headers, "If-None-Match": "*"})
                with there.getresponse() as answer:
                    if answer.status == 201:
                        stored.add(name)
            except (OSError, http.client.HTTPException):
                continue
            finally:
                there.close()

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for writer in writers:
        writer.start()
    killed = 0
    for _ in range(3):
        before = len(stored)
        wait_until(lambda before=before: len(stored) >= before + 5)  # type: ignore[misc]
        for number in served.web_processes():
            os.kill(number, signal.SIGKILL)
            killed += 1
        wait_until(lambda: bool(healthy(served.port)))
    before = len(stored)
    wait_until(lambda: len(stored) >= before + 5)
    over.set()
    for writer in writers:
        writer.join(600)
    known, drifted, sound = run(STANDS).split("|")
    assert killed >= 3
    assert stored <= set(known.split()) <= sent
    assert (drifted, sound) == ("0", "True")


def test_an_upload_that_is_broken_off_is_never_staged(served: Served, run: Run) -> None:
    session = run(
        PREPARE
        + """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from actionlines_web.accounts.models import User
browser = Client(SERVER_NAME="localhost")
browser.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
print(browser.cookies[settings.SESSION_COOKIE_NAME].value)
"""
    ).split("\n")[1]
    token = "a" * 32
    edge = "edge"
    rows = "id,title,description\n" + "".join(f"p-{n},Project {n},Nothing of note.\n" for n in range(200))
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="entries.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n{rows}\r\n--{edge}--\r\n"
    ).encode()
    head = (
        f"POST /imports/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={session}; csrftoken={token}\r\n"
        f"Content-Type: multipart/form-data; boundary={edge}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    ).encode()

    def send(part: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", served.port), timeout=60) as there:
            there.sendall(head + part)
            there.shutdown(socket.SHUT_WR)
            said = b""
            while more := there.recv(65536):
                said += more
        return said

    look = "from actionlines_web.stocktaking.models import ImportBatch; print(ImportBatch.objects.count())"
    for length in (len(body) // 2, len(body) - 4, 0):
        assert not send(body[:length]).startswith(b"HTTP/1.1 302")
    assert run(look) == "0"
    # The same, whole, is taken: what was refused was the break, and nothing else.
    assert send(body).startswith(b"HTTP/1.1 302")
    assert run(look) == "1"


def test_clients_that_send_a_byte_now_and_then_keep_nobody_out(served: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(40)]
    try:
        for one in slow:
            one.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        for _ in range(5):
            for one in slow:
                one.sendall(b"a")
            there = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
            there.request("GET", "/health")
            with there.getresponse() as answer:
                assert (answer.status, answer.read()) == (200, b"ok\n")
            there.close()
    finally:
        for one in slow:
            one.close()


HOUR = 3600.0
LINKS = "actionlines_web.stocktaking.linking:links_of"


@pytest.mark.parametrize("ahead", [HOUR, -HOUR], ids=["an hour ahead", "an hour behind"])
def test_a_clock_that_jumps_lets_two_workers_at_one_import_and_it_is_stored_once(
    environment: Mapping[str, str], run: Run, ahead: float
) -> None:
    run(ORDER_IMPORT)
    # The first is at work when the clock jumps; to the second it has been silent for long, or speaks from the future.
    first = Standing(environment, LINKS, nth=300, ahead=-ahead)
    run(WORK_ON)
    assert run(LOOK_IMPORT) == "SUCCESSFUL|600|True|True|applied|1|0|True"
    first.go_on()
    assert first.ends() == 0
    assert run(LOOK_IMPORT) == "SUCCESSFUL|600|True|True|applied|1|0|True"


def test_records_of_a_clock_that_is_set_back_stay_a_sound_chain_in_the_order_of_events(run: Run) -> None:
    said = run(
        """
from datetime import timedelta
from unittest.mock import patch
from django.utils import timezone
from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from actionlines_web.stocktaking.actions import store_entries
now = timezone.now
def store(name):
    store_entries(System(), [Entry(id=name, title=name, description="Nothing of note.")])
store("first")
with patch.object(timezone, "now", lambda: now() - timedelta(hours=1)):
    store("second")
store("third")
found = Record.objects.filter(object_type="stocktaking.entry").order_by("sequence")
print([record.object_id for record in found] == sorted(record.object_id for record in found), verify().sound)
"""
    )
    assert said == "True True"


def test_the_queue_of_mail_survives_a_clock_that_jumps_there_and_back(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    said = run(
        """
from datetime import timedelta
from unittest.mock import patch
from django.core import mail
from django.test.utils import override_settings
from django.utils import timezone
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.outbox.actions import send_due
from actionlines_web.outbox.models import Message
now = timezone.now
mail.outbox = []
with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
    with patch.object(timezone, "now", lambda: now() + timedelta(hours=1)):
        ensure_user(System(), email="b@example.org", name="B", roles=("coordinator",))
    send_due()
    early = len(mail.outbox)
    with patch.object(timezone, "now", lambda: now() + timedelta(hours=2)):
        send_due()
        send_due()
    send_due()
print(early, len(mail.outbox), Message.objects.count())
"""
    )
    early, sent, queued = map(int, said.split())
    assert (early, sent) == (0, queued)
