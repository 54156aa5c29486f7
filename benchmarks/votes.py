"""How many votes a site takes a second, and what a vote costs, beside what the database takes at all.

Each figure comes from a site of its own with the number of voters named. `votes` are requests of HTTP to a server with
two workers, from browsers that have opened the category before, as a voter's has; `cast` is what such a request stores,
in two processes without HTTP around it; `pgbench` writes one row with the same columns and indexes in one transaction,
from as many clients, in the same run. Beside each speed stands the processor time a vote takes: on a busy machine it is
the better measure. Needs PostgreSQL's server and pgbench (Debian: postgresql); without them only SQLite is measured.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from figure import Figure

ROOT = Path(__file__).resolve().parents[1]
VOTERS = 2_000
CLIENTS = 8
NAME = "benchmarks/votes.py"
SECONDS = 10
PREPARE = f"""
import django; django.setup()
import sys, secrets
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.prizes.models import Project
now = timezone.now()
rules = f'''
year = 2026
name = "Votes"
[[phases]]
kind = "vote"
starts = {{(now - timedelta(days=1)).isoformat()}}
ends = {{(now + timedelta(days=1)).isoformat()}}
'''
edition = create_edition(System(), slug="e", text=rules.encode())
owner = ensure_user(System(), email="owner@example.org", name="Owner", roles=())
Project.objects.bulk_create(
    Project(edition=edition, code=f"P-{{n}}", title=f"Project {{n}}", category="C2", state="nominated", submitter=owner,
            fields={{"description": "Words. " * 150}})
    for n in range(30))
User.objects.bulk_create(User(email=f"v{{n}}@example.org") for n in range({VOTERS}))
users = list(User.objects.filter(email__startswith="v").order_by("pk"))
EmailAddress.objects.bulk_create(EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in users)
for user in users:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(session.session_key)
"""
# One of two processes that store votes, four threads each; it begins when it is told to and says its processor time.
CAST = """
import django; django.setup()
import secrets, sys, threading, time
from django.db import connection
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.voting import cast_ballot
from actionlines_web.prizes.models import Edition
edition = Edition.objects.get()
voters = list(User.objects.filter(email__startswith="v").order_by("pk"))
def vote(share):
    for voter in voters[share::8]:
        cast_ballot(voter, edition, "C2", "P-1", attempt=secrets.token_hex(16))
    connection.close()
threads = [threading.Thread(target=vote, args=(4 * int(sys.argv[1]) + place,)) for place in range(4)]
print("ready", flush=True)
sys.stdin.readline()
before = time.process_time()
for thread in threads: thread.start()
for thread in threads: thread.join()
print(time.process_time() - before)
"""
COUNT = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from actionlines_web.accounts.actor import System
from actionlines_web.prizes.actions.closing import freeze_vote, publish_result
from actionlines_web.prizes.models import BallotLine, Edition
edition = freeze_vote(System(), Edition.objects.get(), now=timezone.now() + timedelta(days=2))
print(publish_result(System(), edition).result["counted"])
"""
# The same row, the same indexes and the same kind of commit, with nothing of ours around them.
PGBENCH_TABLE = "CREATE TABLE bare (LIKE prizes_ballotline INCLUDING ALL)"
PGBENCH_SCRIPT = """
INSERT INTO bare (edition_id, kind, voter, category, nominee, at, about, receipt, reason) VALUES
(1, 'cast', substr(md5(random()::text), 1, 24), 'C2', 'P-1', 1770000000, 0, md5(random()::text), '');
"""


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(*arguments: str) -> list[str]:
    """A command of the site."""
    return [sys.executable, "-m", "actionlines_web.cli", *arguments]


@contextmanager
def served(environment: Mapping[str, str], workers: int) -> Iterator[tuple[int, int]]:
    """A server of the site; yields its port and its number as a process."""
    port = free_port()
    server = subprocess.Popen(
        command("serve", "--port", str(port), "--workers", str(workers), "--threads", "4"),
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", port), 1):
                    break
            except OSError:
                time.sleep(0.2)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(40)


class Clients:
    """Browsers that vote, each for its share of the sessions; keeps how long each vote took."""

    def __init__(self, port: int, sessions: list[str]) -> None:
        self.port, self.sessions = port, sessions
        self.cookies = [f"sessionid={session}" for session in sessions]
        self.times: list[float] = []
        self.lock = threading.Lock()

    def look(self) -> None:
        """Everybody opens the category and keeps the cookies it comes with."""
        self._all(self._look)

    def vote(self, rate: float = 0.0) -> float:
        """Everybody votes; as fast as it goes, or `rate` a second. Returns the seconds it took."""
        begun = time.perf_counter()
        self._all(lambda place: self._vote(place, begun, rate))
        return time.perf_counter() - begun

    def _all(self, work: Callable[[int], None]) -> None:
        threads = [threading.Thread(target=work, args=(place,)) for place in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _look(self, place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for turn in range(place, len(self.sessions), CLIENTS):
            connection.request("GET", "/prizes/e/vote/C2/", headers={"Cookie": self.cookies[turn]})
            answer = connection.getresponse()
            answer.read()
            set_ = [said.partition(";")[0] for said in answer.headers.get_all("Set-Cookie") or []]
            self.cookies[turn] = "; ".join([self.cookies[turn], *set_])
        connection.close()

    def _vote(self, place: int, begun: float, rate: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for turn in range(place, len(self.sessions), CLIENTS):
            # At a given rate a vote takes from the moment at which it should have begun: a queue is not left out.
            due = begun + turn / rate if rate else time.perf_counter()
            if (wait := due - time.perf_counter()) > 0:
                time.sleep(wait)
            token = re.findall("csrftoken=([^;]+)", self.cookies[turn])[0]
            body = f"csrfmiddlewaretoken={token}&nominee=P-{turn % 30}&attempt={self.sessions[turn][:32]}"
            headers = {
                "Cookie": self.cookies[turn],
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", "/prizes/e/vote/C2/confirm/", body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 302:
                raise SystemExit(f"a vote was answered with {answer.status}")
            with self.lock:
                self.times.append(time.perf_counter() - due)
        connection.close()


@dataclass(frozen=True, slots=True)
class Speed:
    """Votes a second, the 95th percentile of one in milliseconds, milliseconds of processor time each in the site."""

    votes: float
    late: float
    cpu: float


def cpu_below(root: int) -> float:
    """Seconds of processor time of everything below a process."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        number = int(stat.parent.name)
        parents[number] = int(fields[1])
        spent[number] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    below = {root}
    while more := {number for number, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(spent.get(number, 0.0) for number in below - {root})


def prepared(environment: Mapping[str, str]) -> list[str]:
    """Make the voters; returns their sessions."""
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.split()


def check_count(environment: Mapping[str, str], accepted: int) -> None:
    """Close the vote and see that every accepted vote is counted."""
    counted = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, check=True, capture_output=True, text=True
    )
    if int(counted.stdout) != accepted:
        raise SystemExit(f"{accepted} votes were accepted and {counted.stdout.strip()} counted")


def votes(environment: Mapping[str, str], workers: int, rate: float = 0.0) -> Speed:
    """Votes over HTTP; every accepted vote is counted at the end."""
    sessions = prepared(environment)
    with served(environment, workers) as (port, server):
        clients = Clients(port, sessions)
        clients.look()
        before = cpu_below(server)
        seconds = clients.vote(rate)
        cpu = cpu_below(server) - before
    check_count(environment, len(sessions))
    late = sorted(clients.times)[int(0.95 * len(clients.times))]
    return Speed(len(sessions) / seconds, 1000 * late, 1000 * cpu / len(sessions))


def casts(environment: Mapping[str, str]) -> Speed:
    """What is stored of votes, from two processes of four threads; every one is counted at the end."""
    prepared(environment)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CAST, str(part)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    begun = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    spent = sum(float(process.communicate(timeout=600)[0]) for process in processes)
    seconds = time.perf_counter() - begun
    check_count(environment, VOTERS)
    return Speed(VOTERS / seconds, 0.0, 1000 * spent / VOTERS)


def site(folder: Path, database: str = "") -> dict[str, str]:
    """The environment of a new site."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTIONLINES_", "DJANGO_"))
    }
    folder.mkdir()
    found = kept | {
        "ACTIONLINES_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base",
    }
    if database:
        found["ACTIONLINES_DATABASE_URL"] = database
    subprocess.run(command("serve", "--prepare-only"), env=found, check=True, stdout=subprocess.DEVNULL)
    return found


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server that writes to the disk at each commit, as one in production does; yields its address."""
    script = str(ROOT / "scripts" / "postgresql.sh")
    command = [script, "start", str(folder), "-c", "fsync=on"]
    address = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    try:
        yield address
    finally:
        subprocess.run([script, "stop", str(folder)], check=True, stdout=subprocess.DEVNULL)


def psql(address: str, *statements: str) -> None:
    """Run statements, each on its own."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def pgbench(address: str, folder: Path) -> float:
    """Rows a second that the bare insert reaches from as many clients."""
    psql(address, PGBENCH_TABLE)
    script = folder / "insert.sql"
    script.write_text(PGBENCH_SCRIPT.replace("\n", " ").strip() + "\n")
    parts = urlsplit(address)
    done = subprocess.run(
        [
            *(str(sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))[-1]), "-n", "-f", str(script)),
            *("-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-h", "127.0.0.1"),
            *("-p", str(parts.port), "-U", str(parts.username), parts.path.lstrip("/")),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(re.findall(r"tps = ([\d.]+)", done.stdout)[-1])


def load() -> str:
    """The load of the machine, in words."""
    return f"load {os.getloadavg()[0]:.1f}"


def measure() -> list[Figure]:
    """Votes on both databases, closing, and the count."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = [*_on_sqlite(folder)]
        if list(Path("/usr/lib/postgresql").glob("*/bin/pgbench")) and shutil.which("python3"):
            (folder / "pg").mkdir()
            folder.chmod(0o755)
            with postgresql(folder / "pg") as address:
                figures += _on_postgresql(folder, address)
        return figures


def _on_sqlite(folder: Path) -> Iterator[Figure]:
    speed = votes(site(folder / "sqlite"), 2)
    how = f"{VOTERS:,} requests from {CLIENTS} clients, 2 workers, every one counted; {load()}"
    yield Figure(
        "votes a second on SQLite", f"{speed.votes:.0f}{cpu(speed)}", "200 or more", f"{NAME}: {how}"
    )


def _on_postgresql(folder: Path, address: str) -> Iterator[Figure]:
    base = address.rpartition("/")[0]
    psql(address, "CREATE DATABASE fast", "CREATE DATABASE stored", "CREATE DATABASE steady")
    fast = votes(site(folder / "fast", f"{base}/fast"), 2)
    stored = casts(site(folder / "stored", f"{base}/stored"))
    bare = pgbench(f"{base}/fast", folder)
    how = f"{VOTERS:,} requests from {CLIENTS} clients, 2 workers, fsync on, every one counted; {load()}"
    same = f"{NAME}: same row, indexes and clients, {SECONDS} s, same run"
    yield Figure(
        "votes a second on PostgreSQL", f"{fast.votes:.0f}{cpu(fast)}", "200 or more", f"{NAME}: {how}"
    )
    yield Figure(
        "vote requests beside the bare insert of pgbench",
        f"{fast.votes:.0f} of {bare:.0f} a second: {100 * fast.votes / bare:.0f} %",
        "60 % or more",
        same,
    )
    yield Figure(
        "what a vote stores, without the request, beside the bare insert of pgbench",
        f"{stored.votes:.0f} of {bare:.0f} a second: {100 * stored.votes / bare:.0f} %{cpu(stored)}",
        "",
        f"{same}; cast_ballot from 2 processes of 4 threads, {VOTERS:,} voters, every one counted",
    )
    steady = votes(site(folder / "steady", f"{base}/steady"), 2, rate=200)
    yield Figure(
        "vote request at 200 votes a second on PostgreSQL, p95",
        f"{steady.late:.0f} ms at {steady.votes:.0f} a second{cpu(steady)}",
        "under 200 ms",
        f"{NAME}: 2 workers, {CLIENTS} clients; {load()}",
    )


def cpu(speed: Speed) -> str:
    """The processor time of a vote, in words."""
    return f" ({speed.cpu:.1f} ms of processor time each)"
