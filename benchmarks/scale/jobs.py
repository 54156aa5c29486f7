"""Large work by a worker that is killed in the middle: an import of 100,000 rows, an export of the whole register."""

import csv
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from scale.made import batches
from scale.store import Register, register

IMPORTED = 100_000
# On SQLite nobody sees how far a transaction is: the worker is killed so many seconds after it began to store.
BLIND = 10
ADDRESS = "benchmark@example.org"
WORKER = (sys.executable, "-m", "actionlines_web.cli", "work", "--until-empty")
COLUMNS = ("id", "title", "description", "language", "country", "year", "lines", "targets")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the work.

    Attributes:
        killed_at: how much of the work was done when the worker was killed, as it said itself.
        stood: entries (or lines of the file) that could be seen after the kill; 0 is right.
        stands: the same after another worker took the work up.
        seconds, cpu: what the second worker took.
        peak: the largest resident set of a worker, in MB.
    """

    killed_at: str
    stood: int
    stands: int
    seconds: float
    cpu: float
    peak: float


def import_killed(empty: Register, rows: int = IMPORTED) -> tuple[Done, float]:
    """Import so many rows into an empty register; also the seconds of staging them."""
    _set_up(empty)
    from actionlines_web.stocktaking.actions import order_import, stage_import
    from actionlines_web.stocktaking.models import Entry

    person = _coordinator()
    data = _table(rows)
    started = time.perf_counter()
    batch = stage_import(person, data, "entries.csv")
    staged = time.perf_counter() - started
    order_import(person, batch.pk)
    return _worked(empty, batch, Entry.objects.count), staged


def export_killed(full: Register) -> Done:
    """Make a csv file of the whole register."""
    _set_up(full)
    from actionlines_web.stocktaking.actions import delete_export, order_export
    from actionlines_web.stocktaking.exports.kept import path_of
    from actionlines_web.stocktaking.queries import EntryQuery

    person = _coordinator()
    export = order_export(person, "csv", EntryQuery())

    def lines() -> int:
        path = path_of(export)
        if not path.exists():
            return 0
        with path.open(encoding="utf-8-sig", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1

    done = _worked(full, export, lines)
    delete_export(person, export.key)
    return done


def _worked(register: Register, subject: object, seen: Callable[[], int]) -> Done:
    """Kill a worker amid the work, look, let another one finish, look again."""
    environment = {**register.environment, "ACTIONLINES_JOB_LEASE": "5"}
    said = _killed_amid(environment, subject)
    stood = seen()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(WORKER, env=environment, check=True, stdout=subprocess.DEVNULL)
    while _status(subject).unfinished:
        # The dead worker's lease has to run out first.
        time.sleep(1)
        started = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(WORKER, env=environment, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Done(said, stood, seen(), seconds, cpu, after.ru_maxrss / 1024)


def _killed_amid(environment: dict[str, str], subject: object) -> str:
    process = subprocess.Popen(WORKER, env=environment, stdout=subprocess.DEVNULL)
    aligned_at = None
    while process.poll() is None:
        status = _status(subject)
        if status.phase in {"storing", "writing"} and 2 * status.done >= status.total > 0:
            said = f"{status.phase} {status.done:,} of {status.total:,}"
        elif aligned_at is not None and time.monotonic() - aligned_at > BLIND:
            said = f"storing, {BLIND} s after the texts were read"
        else:
            said = ""
        if said:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return said
        if aligned_at is None and status.phase == "aligning" and status.done > 0.98 * status.total > 0:
            aligned_at = time.monotonic()
        time.sleep(0.2)
    raise SystemExit("the worker ended before it could be killed: take more rows")


def _status(subject: object):  # noqa: ANN202 - a class of the site, which is set up later
    from actionlines_web.jobs.queries import status_of

    return status_of(subject)


def _set_up(register: Register) -> None:
    os.environ |= register.environment
    import django

    django.setup()


def _coordinator() -> object:
    from actionlines_web.accounts.actions import ensure_user
    from actionlines_web.accounts.actor import System

    return ensure_user(System(), email=ADDRESS, name="Benchmark", roles=("coordinator",))


def _table(rows: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for made in batches(rows):
        for item in made:
            declared = [(framework, node) for framework, node, tier, _ in item.links if tier == 1]
            lines = ";".join(node for framework, node in declared if framework == "wsis")
            targets = ";".join(node for framework, node in declared if framework == "sdg" and "." in node)
            writer.writerow(
                (
                    *(item.identifier, item.title, item.description, item.language),
                    *(item.country, item.year or "", lines, targets),
                )
            )
    return text.getvalue().encode()


def asked(what: str, register: Register) -> tuple[Done, float]:
    """'import' or 'export' on a register, in a process of its own, for settings hold once a process; seconds of staging."""
    command = [sys.executable, "-m", "scale.jobs", what, register.vendor, str(register.entries)]
    command.append(str(register.folder.parent))
    done = subprocess.run(command, env=register.environment, check=True, capture_output=True, text=True)
    values = json.loads(done.stdout.splitlines()[-1])
    return Done(**values["done"]), values["staged"]


def _main() -> None:
    what, vendor, entries, folder = sys.argv[1:]
    with register(vendor, int(entries), Path(folder)) as made:
        done, staged = import_killed(made) if what == "import" else (export_killed(made), 0.0)
    print(json.dumps({"done": asdict(done), "staged": staged}))


if __name__ == "__main__":
    _main()
