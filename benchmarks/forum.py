"""The public programme of a Forum of 300 sessions and 1,000 persons, read by 50 clients at once; a table of 250 requests.

A site of its own on SQLite with two workers. Each client asks for one page after the other without a pause: days, filters
and sessions in the mix in which a link or a filter leads to them. A pause between pages, as readers make, only helps.
"""

import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from figure import Figure
from votes import load, served, site

CLIENTS = 50
SECONDS = 15
PREPARE = """
import django; django.setup()
import json, random, time
from datetime import date, timedelta
from django.db import transaction
from actionlines.formats.session_requests import COLUMNS, EXAMPLE
from actionlines.formats.tabular import csv_text
from actionlines.programme.request import Request, Speaker
from actionlines.programme.standing import following, standings_as_data
from actionlines_web.accounts.actor import System
from actionlines_web.forum.actions.editions import create_edition
from actionlines_web.forum.actions.importing import apply_requests, stage_requests
from actionlines_web.forum.actions.requests import decide_request, import_request
from actionlines_web.forum.models import Person, Placement, ScheduleVersion
from actionlines_web.forum.queries.editions import edition_by_slug
from actionlines_web.forum.queries.schedule import draft_standings
chance = random.Random(1)
features = '["captions", "interpretation", "remote"]'
rooms = "".join(f'{{code="R{n}", name="Room {n}", capacity=500, features={features}}},' for n in range(12))
slots = '["09:00-10:00","10:15-11:15","11:30-12:30","14:00-15:00","15:15-16:15","16:30-17:30"]'
days = "".join(f'[[days]]\\ncode="d{n}"\\ndate={date(2026, 7, 6) + timedelta(days=n)}\\nslots={slots}\\n' for n in range(5))
text = f'name="Large"\\nyear=2026\\nzone="Europe/Zurich"\\nrooms=[{rooms}]\\n{days}'
edition = create_edition(System(), slug="e", text=text.encode())
lines = ["C1", "C2", "C3", "C4", "C5", "C6", "C7-HEA", "C7-AGR", "C8", "C9", "C10", "C11"]
people = [Speaker(f"Person {n}", f"p{n}@example.org") for n in range(1000)]
with transaction.atomic():
    for number in range(300):
        mine = [people[(number * 10 // 3 + n) % 1000] for n in range(4)]
        session = import_request(System(), edition, Request(
            f"Session {number} on what people do with networks", "Words that say what it is about. " * 30,
            kind=("thematic-workshop", "dialogue", "interactive")[number % 3], track=("forum", "special")[number % 2],
            organisers=(f"Organisation {number % 80}",), lines=tuple(chance.sample(lines, 2)),
            targets=tuple(chance.sample(["1.4", "3.8", "4.4", "9.c", "17.8"], 2)), speakers=tuple(mine)))
        session = decide_request(System(), session, accept=True)
        Placement.objects.create(session=session, slot=f"d{number // 60}.{number % 6 + 1}", room=f"R{number // 6 % 10}")
    edition.refresh_from_db()
    standings = standings_as_data(following((), draft_standings(edition)))
    ScheduleVersion.objects.create(edition=edition, number=1, standings=standings)
rows = [[{**EXAMPLE, "title": f"Request {n}", "kind": "interactive", "wishes": ""}[name] for name in COLUMNS]
        for n in range(250)]
table = csv_text([known[0] for known in COLUMNS.values()], rows).encode()
begun = time.process_time()
batch = stage_requests(System(), edition, table, "requests.csv")
taken = apply_requests(System(), batch)
print(json.dumps({"persons": Person.objects.filter(edition=edition).count(), "taken": taken,
                  "seconds": time.process_time() - begun}))
"""


def paths() -> list[str]:
    """What readers ask for."""
    chance = random.Random(2)
    days = [f"/forum/e/programme/?day=2026-07-{day:02}" for day in range(6, 11)]
    filters = [f"/forum/e/programme/?line={line}" for line in ("C1", "C2", "C4", "C7", "C7-HEA", "C11")]
    filters += [f"/forum/e/programme/?goal={goal}" for goal in (1, 3, 4, 9, 17)]
    sessions = [f"/forum/e/sessions/{number}/" for number in range(1, 301)]
    return [chance.choice(chance.choice((days, filters, sessions))) for _ in range(500)]


class Readers:
    """Clients that read; keeps how long each page took."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.times: list[float] = []
        self.lock = threading.Lock()

    def read(self, seconds: float) -> None:
        """Everybody reads for so long."""
        until = time.perf_counter() + seconds
        threads = [threading.Thread(target=self._read, args=(place, until)) for place in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _read(self, place: int, until: float) -> None:
        asked = paths()
        random.Random(place).shuffle(asked)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        turn = 0
        while time.perf_counter() < until:
            begun = time.perf_counter()
            connection.request("GET", asked[turn % len(asked)])
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{asked[turn % len(asked)]} was answered with {answer.status}")
            with self.lock:
                self.times.append(time.perf_counter() - begun)
            turn += 1
        connection.close()


def measure() -> list[Figure]:
    """Fill, serve, read."""
    with tempfile.TemporaryDirectory() as name:
        environment = site(Path(name) / "site")
        done = subprocess.run(
            [sys.executable, "-c", PREPARE], env=environment, check=True, capture_output=True, text=True
        )
        made = json.loads(done.stdout.splitlines()[-1])
        if (made["persons"], made["taken"]) != (1002, 250):
            raise SystemExit(f"{made} was made")
        with served(environment, 2) as port:
            Readers(port).read(4)  # warm
            readers = Readers(port)
            readers.read(SECONDS)
    times = sorted(readers.times)
    how = f"benchmarks/forum.py: {CLIENTS} clients without a pause, 2 workers, {len(times):,} pages; {load()}"
    return [
        Figure(
            "public programme, 300 sessions and 1,000 persons, p95",
            f"{1000 * times[int(0.95 * len(times))]:.0f} ms, {len(times) / SECONDS:.0f} pages a second",
            "under 100 ms",
            how,
        ),
        Figure(
            "a table of 250 requests, looked at and taken in",
            f"{made['seconds']:.1f} s CPU",
            "at one go",
            "benchmarks/forum.py: one transaction, SQLite; texts are read by the worker afterwards",
        ),
    ]
