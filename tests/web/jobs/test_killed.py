"""A worker killed at each stage of an import and of an export: all of it stands afterwards, or nothing does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

# A worker that kills itself before or after the nth call of a function.
DYING = """
import os, signal, sys
from importlib import import_module
import django
django.setup()
place, when, nth = sys.argv[1], sys.argv[2], int(sys.argv[3])
module, _, name = place.partition(":")
owner = import_module(module)
*above, name = name.split(".")
for part in above:
    owner = getattr(owner, part)
original, calls = getattr(owner, name), []
def die(moment):
    if when == moment and len(calls) == nth:
        os.kill(os.getpid(), signal.SIGKILL)
def dying(*arguments, **named):
    calls.append(1)
    die("before")
    given = original(*arguments, **named)
    die("after")
    return given
setattr(owner, name, dying)
from django.core.management import call_command
call_command("work", "--until-empty")
"""
STORE = """
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import order_export, order_import, stage_import, store_entries
from actionlines_web.stocktaking.queries import EntryQuery
user = ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
rows = [f"p-{n},Project {n},Telemedicine in rural villages.,2020" for n in range(600)]
batch = stage_import(user, "\\n".join(["id,title,description,year", *rows, ""]).encode(), "entries.csv")
"""
ORDER_IMPORT = STORE + "order_import(user, batch.pk)"
ORDER_EXPORT = (
    STORE
    + """
from actionlines_web.stocktaking.actions import apply_import
apply_import(user, batch.pk)
order_export(user, "csv", EntryQuery())
"""
)
LOOK_IMPORT = """
from django_tasks_db.models import DBTaskResult
from actionlines_web.audit.queries import verify
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import drift
from actionlines_web.stocktaking.models import Entry, EntryLink, ImportBatch, PostingBlock
print(DBTaskResult.objects.get().status, Entry.objects.count(), EntryLink.objects.exists(), PostingBlock.objects.exists(),
    ImportBatch.objects.get().state, Message.objects.count(), len(drift()), verify().sound, sep="|")
"""
LOOK_EXPORT = """
from django_tasks_db.models import DBTaskResult
from actionlines_web.audit.queries import verify
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.models import ExportFile
made = ExportFile.objects.get()
print(DBTaskResult.objects.get().status, made.made_at is not None, made.entries, Message.objects.count(), verify().sound,
    sep="|")
"""
# Another worker: it finds the job once the dead one has been silent for long enough, does it and says what stands.
WORK_ON = """
import sys, time
from contextlib import redirect_stdout
from django.core.management import call_command
from actionlines_web.jobs.actions import take_up_lost
from django_tasks_db.models import DBTaskResult
while DBTaskResult.objects.filter(status="RUNNING").exists():
    time.sleep(0.1)
    take_up_lost()
with redirect_stdout(sys.stderr):  # where the mail goes
    call_command("work", "--until-empty")
"""
REMOVE = "from actionlines_web.stocktaking.actions import remove_old_exports; print(remove_old_exports())"
ACTIONS = "actionlines_web.stocktaking.actions"


def kill_worker(environment: Mapping[str, str], place: str, when: str, nth: int) -> None:
    """Run a worker until it kills itself there."""
    done = subprocess.run(
        [sys.executable, "-c", DYING, place, when, str(nth)],
        env={**environment, "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base"},
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("place", "when", "nth"),
    [
        ("actionlines_web.stocktaking.linking:links_of", "before", 300),
        (f"{ACTIONS}.entries:_store_chunk", "after", 1),
        (f"{ACTIONS}.entries:write_postings", "after", 1),
        (f"{ACTIONS}.imports:write_record", "after", 1),
    ],
    ids=["reading texts", "between two slices", "all stored", "before the commit"],
)
def test_a_killed_import_has_stored_nothing_and_the_next_worker_stores_all(
    environment: Mapping[str, str], run: Callable[[str], str], place: str, when: str, nth: int
) -> None:
    run(ORDER_IMPORT)
    kill_worker(environment, place, when, nth)
    assert run(LOOK_IMPORT) == "RUNNING|0|False|False|ordered|0|0|True"
    done = run(WORK_ON + LOOK_IMPORT)
    assert done == "SUCCESSFUL|600|True|True|applied|1|0|True"


def test_an_import_killed_after_its_commit_is_not_stored_again(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    run(ORDER_IMPORT)
    kill_worker(environment, f"{ACTIONS}.imports:apply_import", "after", 1)
    assert run(LOOK_IMPORT) == "RUNNING|600|True|True|applied|1|0|True"
    done = run(WORK_ON + LOOK_IMPORT)
    assert done == "SUCCESSFUL|600|True|True|applied|1|0|True"


@pytest.mark.parametrize(
    ("place", "when", "nth", "parts"),
    [
        (f"{ACTIONS}.exporting:_write", "before", 1, 0),
        ("actionlines_web.stocktaking.queries.rows:_loaded", "before", 2, 1),
        (f"{ACTIONS}.exporting:_publish", "before", 1, 1),
        ("pathlib:Path.replace", "after", 1, 0),
    ],
    ids=["before the file", "half written", "written", "before the commit"],
)
def test_a_killed_export_is_not_there_and_the_next_worker_makes_it_whole(
    environment: Mapping[str, str], run: Callable[[str], str], place: str, when: str, nth: int, parts: int
) -> None:
    run(ORDER_EXPORT)
    kill_worker(environment, place, when, nth)
    folder = Path(environment["ACTIONLINES_DATA_DIR"]) / "exports"
    assert run(LOOK_EXPORT) == "RUNNING|False|0|0|True"
    left = list(folder.glob("*.part"))
    assert len(left) == parts
    assert run(WORK_ON + LOOK_EXPORT) == "SUCCESSFUL|True|600|1|True"
    (made,) = folder.glob("*.csv")
    lines = made.read_text(encoding="utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["id", *(f"p-{n}" for n in range(599, -1, -1))]
    for path in left:
        os.utime(path, (time.time() - 100_000,) * 2)
    assert run(REMOVE) == "0"
    assert list(folder.iterdir()) == [made]


def test_an_export_killed_after_its_commit_is_not_made_again(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    run(ORDER_EXPORT)
    kill_worker(environment, f"{ACTIONS}.exporting:_publish", "after", 1)
    (made,) = (Path(environment["ACTIONLINES_DATA_DIR"]) / "exports").glob("*.csv")
    stood = made.stat().st_mtime_ns
    assert run(LOOK_EXPORT) == "RUNNING|True|600|1|True"
    assert run(WORK_ON + LOOK_EXPORT) == "SUCCESSFUL|True|600|1|True"
    assert made.stat().st_mtime_ns == stood
