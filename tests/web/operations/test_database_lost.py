"""PostgreSQL killed in the middle of an import, a file for somebody, a vote and a backup, and away for half a minute."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from web.conftest import SERVER, prepare, runner, site_environment
from web.jobs.test_killed import ACTIONS, LOOK_EXPORT, LOOK_IMPORT, ORDER_EXPORT, ORDER_IMPORT
from web.operations.faults import SITE, Server, Standing, needs_postgresql, wait_until
from web.operations.test_backup import FILL, site
from web.prizes.test_concurrency import PREPARE

pytestmark = [
    needs_postgresql,
    pytest.mark.skipif(not SERVER, reason="runs with the tests of what is stored on PostgreSQL"),
]
AWAY_SECONDS = 30
Run = Callable[[str], str]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """In a folder of its own: the user postgres may not enter those of pytest."""
    with TemporaryDirectory(prefix="actionlines-killed-") as folder:
        made = Server(Path(folder))
        prepare(site_environment(Path(folder) / "site") | {"ACTIONLINES_DATABASE_URL": made.address})
        yield made
        made.stop()


@pytest.fixture
def environment(server: Server, environment: Mapping[str, str]) -> Mapping[str, str]:
    """The site's database lies on the server that will be killed."""
    name = f"site_{Path(environment['ACTIONLINES_DATA_DIR']).name}"[:60].replace("-", "_").lower()
    front = server.address.rpartition("/")[0]
    with psycopg.connect(f"{front}/template1", autocommit=True) as opened:
        opened.execute(f'CREATE DATABASE "{name}" TEMPLATE postgres')
    return {**environment, "ACTIONLINES_DATABASE_URL": f"{front}/{name}"}


@pytest.fixture
def run(server: Server, environment: Mapping[str, str]) -> Run:
    """Runs Python inside the site, whose database was copied from the prepared one; so are its files."""
    shutil.copytree(server.folder / "site", environment["ACTIONLINES_DATA_DIR"], dirs_exist_ok=True)
    return runner(environment)


# A worker that stays until it is told to go.
STAY = """
from django.core.management import call_command
call_command("work")
"""
WORK_ON = """
import sys, time
from contextlib import redirect_stdout
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
with redirect_stdout(sys.stderr):
    for _ in range(200):
        call_command("work", "--until-empty")
        if not DBTaskResult.objects.filter(status__in=("RUNNING", "READY")).exists():
            break
        time.sleep(0.2)
"""
ASK = """
from django.test import Client
browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
answers = [browser.get(path) for path in ("/ready", "/entries/", "/api/v1/entries")]
print([answer.status_code for answer in answers], answers[1].get("Retry-After"), answers[2].get("Content-Type"))
"""


def test_an_import_whose_database_is_killed_and_away_for_half_a_minute_is_stored_once(
    server: Server, environment: Mapping[str, str], run: Run
) -> None:
    run(ORDER_IMPORT)
    worker = Standing(environment, f"{ACTIONS}.entries:_store_chunk", nth=2, code=STAY)
    server.kill()
    gone = time.monotonic()
    worker.go_on()
    assert run(ASK) == "[503, 503, 503] 5 application/problem+json"
    time.sleep(max(0.0, AWAY_SECONDS - (time.monotonic() - gone)))
    server.start()
    assert run(ASK).startswith("[200, 200, 200]")
    wait_until(lambda: run(LOOK_IMPORT).startswith("SUCCESSFUL"), 900)
    worker.process.terminate()
    assert worker.ends() == 0
    assert run(LOOK_IMPORT) == "SUCCESSFUL|600|True|True|applied|1|0|True"


def test_a_file_whose_database_is_killed_is_made_once_and_told_once(
    server: Server, environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(ORDER_EXPORT)
    worker = Standing(environment, f"{ACTIONS}.exporting:_publish")
    server.kill()
    worker.go_on()
    server.start()
    worker.ends()
    run(WORK_ON)
    assert run(LOOK_EXPORT) == "SUCCESSFUL|True|600|1|True"
    assert [path.suffix for path in (tmp_path / "exports").iterdir()] == [".csv"]


VOTE = """
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.voting import cast_ballot
from actionlines_web.prizes.models import Ballot, BallotLine, Edition
def vote():
    cast = cast_ballot(User.objects.get(email="v0@example.org"), Edition.objects.get(), "C2", "P-A", attempt="0" * 32)
    return cast.again
"""
COUNT = """
from actionlines_web.prizes.models import Ballot, BallotLine
print(Ballot.objects.count(), BallotLine.objects.count())
"""


def test_a_vote_whose_database_is_killed_is_not_half_and_counts_once_when_it_is_sent_again(
    server: Server, environment: Mapping[str, str], run: Run
) -> None:
    run(PREPARE)
    voter = Standing(
        environment, "actionlines_web.prizes.actions.voting:write_ballot", code=f"{VOTE}\nvote()"
    )
    server.kill()
    voter.go_on()
    assert voter.ends() == 1
    server.start()
    assert run(COUNT) == "0 0"
    assert run(f"{VOTE}\nprint(vote(), vote())\n{COUNT}").splitlines() == ["False True", "1 1"]


def test_a_backup_whose_database_is_killed_leaves_nothing_and_the_next_is_whole(
    server: Server, environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(FILL)
    folder = tmp_path / "backups"
    # Not as blocks: leaving one asks a server that is dead by then.
    holder = psycopg.connect(environment["ACTIONLINES_DATABASE_URL"])
    # pg_dump waits for this table.
    holder.execute("LOCK TABLE stocktaking_entry IN ACCESS EXCLUSIVE MODE")
    process = subprocess.Popen(
        [sys.executable, "-m", "actionlines_web.cli", "backup", str(folder)],
        env={**environment, **SITE},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    looking = psycopg.connect(environment["ACTIONLINES_DATABASE_URL"], autocommit=True)
    for _ in range(3000):
        row = looking.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
        if row is not None and row[0]:
            break
        time.sleep(0.1)
    else:
        pytest.fail("pg_dump never waited")
    server.kill()
    _, said = process.communicate(timeout=600)
    holder.close()
    looking.close()
    assert (process.returncode != 0, list(folder.iterdir())) == (True, []), said
    server.start()
    done = site(environment, "backup", str(folder))
    assert done.returncode == 0, done.stderr
    assert len(list(folder.glob("actionlines-*"))) == 1
