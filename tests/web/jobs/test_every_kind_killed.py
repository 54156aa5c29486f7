"""A worker killed in the middle of each kind of work: nothing is half, the next worker does it, nobody is told twice.

Imports have their own test (test_processes.py), for a real signal at a moment nobody chose. Here the worker kills itself at
the worst moment: after the work, before the note of it.
"""

import inspect
import pkgutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib import import_module
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django_tasks.base import Task

import actionlines_web
from actionlines_web.jobs.management.commands import work
from web.webhooks.conftest import Receiver, receiver

__all__ = ["receiver"]  # a fixture

# What a worker does: the job's or chore's function → the test that kills it.
KILLED = {
    "actionlines_web.stocktaking.actions.imports.apply_ordered": "test_processes.py",
    "actionlines_web.indicators.actions.ordering.read_ordered": "test_killed_statistics.py",
    "actionlines_web.indicators.actions.ordering.store_ordered": "test_killed_statistics.py",
    "actionlines_web.stocktaking.actions.attachments.scan_attachment": "test_a_scan",
    "actionlines_web.outbox.actions.send_due": "test_mail",
    "actionlines_web.webhooks.actions.delivering.deliver_due": "test_a_webhook",
    "actionlines_web.stocktaking.actions.confirming.remind_due": "test_reminders",
    "actionlines_web.alerts.actions.telling.send_alerts": "test_alerts",
    "actionlines_web.stocktaking.actions.exporting.make_export": "test_killed.py",
    "actionlines_web.results.actions.plans.read_plan": "test_a_plan",
    "actionlines_web.publishing.actions.versions.make_version": "test_a_version_of_a_report",
    "actionlines_web.prizes.actions.telling.announce_move": "test_mail_to_everybody_of_the_prizes",
    "actionlines_web.prizes.actions.telling.send_to_all": "test_mail_to_everybody_of_the_prizes",
}
# What no test kills yet, and why nothing is left half: it is one transaction, or each step of it is.
NOT_KILLED = {
    "actionlines_web.stocktaking.actions.exporting.remove_old_exports": "removes what is past its time; the next goes on",
    "actionlines_web.publishing.actions.versions.remove_half_made": "removes what is a day old; the next goes on",
    "actionlines_web.publishing.actions.schedules.make_scheduled": "one transaction a report, with the note of its next day",
    "actionlines_web.indicators.actions.questionnaires.remind_respondents": "a transaction for each questionnaire",
    "actionlines_web.coordination.actions.asks.remind_asked": "a transaction for each organisation",
    "actionlines_web.forum.actions.reminding.remind_organisers": "a transaction for each session, with the note of it",
    "actionlines_web.forum.actions.requests.align_request": "one transaction; a second run proposes the same",
    "actionlines_web.forum.actions.importing.align_new_requests": "a transaction for each request; the next goes on",
    "actionlines_web.forum.actions.schedule.solve_schedule": "one write at the end; a run with a result is left alone",
    "actionlines_web.prizes.actions.closing.publish_in_time": "one transaction; a second run finds the result",
    "actionlines_web.prizes.actions.sealing.seal_due": "a transaction for each batch of lines",
    "actionlines_web.prizes.actions.sealing.anchor_due": "a transaction for each anchor",
    "actionlines_web.prizes.actions.sealing.forget_devices": "blanks what is past its time; the next goes on",
    "actionlines_web.prizes.actions.winners.tell_due": "one transaction with the note that it was told",
}
PEOPLE = """
from datetime import date, timedelta
from django.utils import timezone
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
user = ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
"""
# Runs the worker's own loop; `die()` is the kill -9.
WORK = """
import os, signal
from django.core.management import call_command
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
{patch}
call_command("work", "--until-empty")
"""
LATER = """
from datetime import timedelta
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from actionlines_web.jobs.models import Job
from actionlines_web.outbox.models import Message
from actionlines_web.webhooks.models import Delivery
long = timedelta(hours=1)
Job.objects.update(beat_at=timezone.now() - long)
DBTaskResult.objects.update(started_at=timezone.now() - long)
Message.objects.update(due_at=F("due_at") - long)
Delivery.objects.update(due_at=F("due_at") - long)
"""
SOUND = "from actionlines_web.audit.queries import verify\nprint(verify().sound, sep='|')"


class NoWorker(list[Callable[[], Any]]):
    """Stands in the worker's place: holds the chores that the command gives it, and does none."""

    def __init__(self, *, chores: Sequence[Callable[[], Any]], **_: object) -> None:
        super().__init__(chores)
        given.append(self)

    def configure_signals(self) -> None:
        """Nothing."""

    def work(self, **_: object) -> None:
        """Nothing."""


given: list[NoWorker] = []


def test_every_kind_of_work_has_a_test_that_kills_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "JobWorker", NoWorker)
    call_command("work")
    tasks = {
        f"{value.func.__module__}.{value.func.__name__}"
        for module in pkgutil.walk_packages(actionlines_web.__path__, "actionlines_web.")
        if ".migrations." not in module.name and ".settings." not in module.name
        for value in vars(import_module(module.name)).values()
        if isinstance(value, Task)
    }
    # `hourly` keeps the chore that it calls.
    chosen = [inspect.getclosurevars(chore).nonlocals.get("chore", chore) for chore in given.pop()]
    chores = {f"{chore.__module__}.{chore.__name__}" for chore in chosen}
    assert tasks | chores == set(KILLED) | set(NOT_KILLED)


@pytest.fixture
def killed(environment: Mapping[str, str], run: Callable[[str], str]) -> Callable[[str], None]:
    """Runs a worker that kills itself where the patch says, and moves time on so that the next may take its work up."""

    def died(patch: str) -> None:
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{WORK.format(patch=patch)}"],
            env={**environment, "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        run(LATER)

    return died


SCAN = """
from actionlines_web.stocktaking.models import EntryAttachment
from django_tasks_db.models import DBTaskResult
from actionlines_web.audit.models import Record
print(EntryAttachment.objects.get().scan, DBTaskResult.objects.get().status,
    Record.objects.filter(verb="scan").count(), sep="|")
"""


def test_a_scan(
    environment: dict[str, str], run: Callable[[str], str], killed: Callable[[str], None]
) -> None:
    environment["ACTIONLINES_SCAN"] = "actionlines_web.stocktaking.scanning:has_scanner"
    run(
        PEOPLE
        + """
from actionlines_web.stocktaking.actions import start_submission
from actionlines_web.stocktaking.actions.attachments import attach_file
attach_file(user, start_submission(user), "words.txt", 5, lambda: b"Words")
"""
    )
    clean = "import actionlines_web.stocktaking.actions.attachments as module\nmodule.is_clean = "
    killed(clean + "die")
    assert run(SCAN) == "waiting|RUNNING|0"
    run(WORK.format(patch=clean + "lambda file: True"))
    assert run(SCAN) == "clean|SUCCESSFUL|1"
    assert run(SOUND) == "True"


class Mailbox:
    """Keeps what comes."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802, ARG002 - aiosmtpd's names
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox(environment: dict[str, str]) -> Iterator[Mailbox]:
    """A mail server on the loopback address, to which the site sends."""
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    environment["ACTIONLINES_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    yield box
    server.stop()


MAIL = """
from actionlines_web.outbox.models import Message
print(*Message.objects.order_by("pk").values_list("state", flat=True), sep="|")
"""


def test_mail(mailbox: Mailbox, run: Callable[[str], str], killed: Callable[[str], None]) -> None:
    run(
        PEOPLE
        + """
from actionlines_web.outbox.actions import queue_message
values = {"name": "A", "address": "https://register.example.org/"}
queue_message(System(), user, "welcome", values)
queue_message(System(), user, "welcome", values)
"""
    )
    killed("from actionlines_web.outbox.models import Message\nMessage.save = die")
    # Nothing was noted of the claim, so nothing has left.
    assert (run(MAIL), len(mailbox.received)) == ("queued|queued", 0)
    killed(
        "from django.core.mail import EmailMultiAlternatives as Mail\n"
        "send = Mail.send\n"
        "Mail.send = lambda self: (send(self), die())"
    )
    assert (run(MAIL), len(mailbox.received)) == ("sending|sending", 1)
    run(WORK.format(patch=""))
    assert run(MAIL) == "sent|sent"
    numbers = [mail["Message-ID"] for mail in mailbox.received]
    # The first went twice, under one number, as `send_due` says; the second once.
    assert (len(numbers), len(set(numbers)), numbers[0] == numbers[1]) == (3, 2, True)
    assert run(SOUND) == "True"


WEBHOOK = """
from actionlines_web.webhooks.models import Delivery
print(*Delivery.objects.values_list("state", "attempts"), sep="|")
"""


def test_a_webhook(
    environment: dict[str, str], receiver: Receiver, run: Callable[[str], str], killed: Callable[[str], None]
) -> None:
    environment["ACTIONLINES_WEBHOOKS_ALLOW_PRIVATE"] = "1"
    run(
        PEOPLE
        + f"""
from actionlines_web.webhooks.actions import subscribe
from actionlines_web.stocktaking.actions import store_entries
from actionlines.stocktaking import Entry
subscribe(user, {receiver.address!r}, ["entry.published"])
store_entries(System(), [Entry(id="a", title="A", description="x")])
"""
    )
    killed(
        "import actionlines_web.webhooks.actions.delivering as module\n"
        "post = module.post\n"
        "module.post = lambda *args: (post(*args), die())"
    )
    assert run(WEBHOOK) == "('waiting', 1)"
    run(WORK.format(patch=""))
    assert run(WEBHOOK) == "('delivered', 2)"
    told = [headers["Actionlines-Delivery"] for _, headers, _ in receiver.received]
    assert (len(told), len(set(told))) == (2, 1)
    assert run(SOUND) == "True"


REMINDED = """
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.models import Entry
print(Message.objects.filter(kind="still-true").count(), Entry.objects.exclude(reminded_on=None).count(), sep="|")
"""


def test_reminders(run: Callable[[str], str], killed: Callable[[str], None]) -> None:
    run(
        PEOPLE
        + """
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.organisations.models import Membership, Organisation
from actionlines_web.stocktaking.actions import store_entries
from actionlines_web.stocktaking.models import Entry
store_entries(System(), [LibraryEntry(id=f"e{n}", title="T", description="x", organisation="O") for n in range(5)])
Membership.objects.create(user=user, organisation=Organisation.objects.get())
Entry.objects.update(confirmed_on=date(2020, 1, 1))
"""
    )
    killed(
        "import actionlines_web.stocktaking.actions.confirming as module\n"
        "queue, told = module.queue_message, []\n"
        "def third(*args):\n"
        "    told.append(queue(*args))\n"
        "    return die() if len(told) == 3 else told[-1]\n"
        "module.queue_message = third"
    )
    assert run(REMINDED) == "2|2"
    run(WORK.format(patch=""))
    assert run(REMINDED) == "5|5"
    run(WORK.format(patch=""))
    assert run(REMINDED) == "5|5"
    assert run(SOUND) == "True"


ALERTED = """
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.outbox.models import Message
print(Message.objects.filter(kind="new-entries").count(),
    SavedSearch.objects.filter(looked_on=timezone.now().date()).count(), sep="|")
"""


def test_alerts(run: Callable[[str], str], killed: Callable[[str], None]) -> None:
    run(
        PEOPLE
        + """
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.alerts.actions import save_search
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.stocktaking.actions import store_entries
from actionlines_web.stocktaking.models import Entry
for n in range(5):
    save_search(user, f"S{n}", {"country": "KEN"}, "daily")
store_entries(System(), [LibraryEntry(id="a", title="A", description="x", country="KEN")])
day = timezone.now() - timedelta(days=2)
Entry.objects.update(created_at=day)
SavedSearch.objects.update(looked_on=day.date())
"""
    )
    look = "from django.utils import timezone\n" + ALERTED
    killed(
        "import actionlines_web.alerts.actions.telling as module\n"
        "queue, told = module.queue_message, []\n"
        "def third(*args, **options):\n"
        "    told.append(queue(*args, **options))\n"
        "    return die() if len(told) == 3 else told[-1]\n"
        "module.queue_message = third"
    )
    assert run(look) == "2|2"
    run(WORK.format(patch=""))
    assert run(look) == "5|5"
    assert run(SOUND) == "True"


EVERYBODY = """
from actionlines_web.prizes.actions.editions import create_edition, move_phase
from actionlines_web.prizes.actions.projects import start_project
from actionlines_web.prizes.actions.telling import write_to_all
edition = create_edition(System(), slug="2026", shipped="2026")
start_project(user, edition)
soon = timezone.now() + timedelta(days=1)
"""
TOLD = """
from actionlines_web.outbox.models import Message
from django_tasks_db.models import DBTaskResult
kinds = ["prizes-moved", "prizes-message"]
print(Message.objects.filter(kind__in=kinds).count(), DBTaskResult.objects.get().status, sep="|")
"""


@pytest.mark.parametrize(
    "order",
    [
        'move_phase(user, edition, "submission", starts=soon, ends=soon + timedelta(days=9), reason="Holidays.")',
        'write_to_all(user, edition, "all", "Hello", "News.")',
    ],
    ids=["a moved date", "a message"],
)
def test_mail_to_everybody_of_the_prizes(
    run: Callable[[str], str], killed: Callable[[str], None], order: str
) -> None:
    run(PEOPLE + EVERYBODY + order)
    # Killed after its commit and before its mark: it is run again, and writes to nobody twice.
    killed("from django_tasks_db.models import DBTaskResult\nDBTaskResult.set_successful = die")
    assert run(TOLD) == "1|RUNNING"
    run(WORK.format(patch=""))
    assert run(TOLD) == "1|SUCCESSFUL"
    assert run(SOUND) == "True"


PLAN = """
from actionlines_web.results.models import Plan
from django_tasks_db.models import DBTaskResult
from actionlines_web.audit.models import Record
print(Plan.objects.get().state, DBTaskResult.objects.get().status,
    Record.objects.filter(verb="read plan").count(), sep="|")
"""


def test_a_plan(run: Callable[[str], str], killed: Callable[[str], None]) -> None:
    run(
        PEOPLE
        + """
from actionlines_web.results.actions.plans import add_plan
words = b"Hospitals and health centres for mothers and newborn children."
add_plan(user, title="Plan", country="SEN", kind="national", organisation=None, name="plan.txt",
    size=len(words), read=lambda: words)
"""
    )
    killed("import actionlines_web.results.actions.plans as module\nmodule.write_record = die")
    assert run(PLAN) == "waiting|RUNNING|0"
    run(WORK.format(patch=""))
    assert run(PLAN) == "read|SUCCESSFUL|1"


REPORTED = """
from pathlib import Path
from django.conf import settings
from actionlines_web.outbox.models import Message
from actionlines_web.publishing.models import Version
from django_tasks_db.models import DBTaskResult
folders = sorted(path.name.split(".")[0] for path in (Path(settings.MEDIA_ROOT) / "reports").glob("*/*"))
print(Version.objects.exclude(made_at=None).count(), Message.objects.filter(kind="report-ready").count(),
    DBTaskResult.objects.get().status, *folders, sep="|")
"""


@pytest.mark.parametrize(
    ("patch", "left"),
    [
        # In the middle of its files, and after all its work before the commit.
        ("import actionlines_web.publishing.actions.versions as m\nm.fragments = die", "0|0|RUNNING|1"),
        ("import actionlines_web.publishing.actions.versions as m\nm.queue_message = die", "0|0|RUNNING|1"),
        (
            "from django_tasks_db.models import DBTaskResult\nDBTaskResult.set_successful = die",
            "1|1|RUNNING|1",
        ),
    ],
    ids=["files", "commit", "mark"],
)
def test_a_version_of_a_report(
    run: Callable[[str], str], killed: Callable[[str], None], patch: str, left: str
) -> None:
    run(
        PEOPLE
        + """
from actionlines.stocktaking import Entry
from actionlines_web.publishing.actions import Asked, start_report
from actionlines_web.stocktaking.actions import store_entries
store_entries(System(), [Entry(id="a", title="A", description="x")])
start_report(user, Asked("Report", "contribution", ["en"]))
"""
    )
    killed(patch)
    assert run(REPORTED) == left
    run(WORK.format(patch=""))
    # What the first attempt left half made beside the version is removed a day later.
    made = run(REPORTED).split("|")
    assert (made[:3], set(made[3:])) == (["1", "1", "SUCCESSFUL"], {"1"})
    assert run(SOUND) == "True"
