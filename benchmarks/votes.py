"""How many votes a site takes a second, beside what the database takes at all, and how long closing takes.

Each figure comes from a site of its own with the number of voters named. `votes` are requests of HTTP to a server with
two workers; `pgbench` writes one row with the same columns and indexes in one transaction, from as many clients, in the
same run. Needs PostgreSQL's server and pgbench (Debian: postgresql); without them only SQLite is measured.
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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from figure import Figure

ROOT = Path(__file__).resolve().parents[1]
VOTERS = 2_000
CLIENTS = 8
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
def served(environment: Mapping[str, str], workers: int) -> Iterator[int]:
    """A server of the site; yields its port."""
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
        yield port
    finally:
        server.terminate()
        server.wait(40)


class Clients:
    """Browsers that vote, each for its share of the sessions; keeps how long each vote took."""

    def __init__(self, port: int, sessions: list[str]) -> None:
        self.port, self.sessions = port, sessions
        self.times: list[float] = []
        self.lock = threading.Lock()

    def run(self, rate: float = 0.0) -> float:
        """Everybody votes; as fast as it goes, or `rate` a second. Returns the seconds it took."""
        begun = time.perf_counter()
        threads = [
            threading.Thread(target=self._share, args=(place, begun, rate)) for place in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - begun

    def _share(self, place: int, begun: float, rate: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        token = "a" * 32
        for turn, session in list(enumerate(self.sessions))[place::CLIENTS]:
            # At a given rate a vote takes from the moment at which it should have begun: a queue is not left out.
            due = begun + turn / rate if rate else time.perf_counter()
            if (wait := due - time.perf_counter()) > 0:
                time.sleep(wait)
            body = f"csrfmiddlewaretoken={token}&nominee=P-{turn % 30}&attempt={session[:32]}"
            headers = {
                "Cookie": f"sessionid={session}; csrftoken={token}",
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


def votes(environment: Mapping[str, str], workers: int, rate: float = 0.0) -> tuple[float, float]:
    """Votes a second and the 95th percentile of a vote in milliseconds; every accepted vote is counted at the end."""
    prepared = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, check=True, capture_output=True, text=True
    )
    sessions = prepared.stdout.split()
    with served(environment, workers) as port:
        clients = Clients(port, sessions)
        seconds = clients.run(rate)
    counted = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, check=True, capture_output=True, text=True
    )
    if int(counted.stdout) != len(sessions):
        raise SystemExit(f"{len(sessions)} votes were accepted and {counted.stdout.strip()} counted")
    return len(sessions) / seconds, 1000 * sorted(clients.times)[int(0.95 * len(clients.times))]


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
    started = subprocess.run([script, "start", str(folder)], check=True, capture_output=True, text=True)
    address = started.stdout.strip()
    psql(address, "ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")
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
    speed, _ = votes(site(folder / "sqlite"), 2)
    how = f"benchmarks/votes.py: {VOTERS:,} requests from {CLIENTS} clients, 2 workers, every one counted; {load()}"
    yield Figure("votes a second on SQLite", f"{speed:.0f}", "200 or more", how)


def _on_postgresql(folder: Path, address: str) -> Iterator[Figure]:
    base = address.rpartition("/")[0]
    psql(address, "CREATE DATABASE fast", "CREATE DATABASE steady")
    environment = site(folder / "fast", f"{base}/fast")
    speed, _ = votes(environment, 2)
    bare = pgbench(f"{base}/fast", folder)
    how = f"{VOTERS:,} requests from {CLIENTS} clients, 2 workers, fsync on, every one counted; {load()}"
    yield Figure("votes a second on PostgreSQL", f"{speed:.0f}", "200 or more", f"benchmarks/votes.py: {how}")
    yield Figure(
        "votes beside the bare insert of pgbench",
        f"{speed:.0f} of {bare:.0f} a second: {100 * speed / bare:.0f} %",
        "60 % or more",
        f"benchmarks/votes.py: same row, indexes and clients, {SECONDS} s, same run",
    )
    _, late = votes(site(folder / "steady", f"{base}/steady"), 2, rate=200)
    yield Figure(
        "vote request at 200 votes a second on PostgreSQL, p95",
        f"{late:.0f} ms",
        "under 200 ms",
        f"benchmarks/votes.py: 2 workers, {CLIENTS} clients; {load()}",
    )
