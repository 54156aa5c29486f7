"""The pages of the expert review at 1,000 projects and 100 reviewers: the 95th percentile of response times.

Each project is judged by five reviewers, so that each reviewer has 50; four of five are scored. SQLite, one worker; each
page is asked for by as many different reviewers as there are requests to it.
"""

import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from figure import Figure
from votes import cpu_below, load, served, site

PROJECTS, REVIEWERS, EACH = 1_000, 100, 5
REQUESTS = 100
PREPARE = f"""
import django; django.setup()
import random
from datetime import timedelta
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.prizes.models import Assignment, Project, Reviewer
from actionlines_web.prizes.queries.editions import rules_of
def session_of(user):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return session.session_key
rng = random.Random(20260302)
now = timezone.now()
rules = f'''
year = 2026
name = "Review"
blind = true
reviewers = {EACH}
criteria = [{{{{ code = "relevance", weight = 3 }}}}, {{{{ code = "results" }}}}]
[[phases]]
kind = "review"
starts = {{(now - timedelta(days=9)).isoformat()}}
ends = {{(now + timedelta(days=9)).isoformat()}}
'''
edition = create_edition(System(), slug="e", text=rules.encode())
codes = [category.code for category in rules_of(edition).categories]
owner = ensure_user(System(), email="owner@example.org", name="Olga Owner", roles=())
texts = {{name: "The association connects people who were not connected before. " * 20
         for name in ("description", "results", "impact")}}
Project.objects.bulk_create(
    Project(edition=edition, code=f"P-{{n}}", title=f"Project {{n}}", category=codes[n % len(codes)], state="accepted",
            submitter=owner, submitted_at=now, region="AFR", country="KEN",
            fields={{**texts, "title": f"Project {{n}}", "organisation": f"Organisation {{n % 300}}"}})
    for n in range({PROJECTS}))
User.objects.bulk_create(User(email=f"r{{n}}@example.org", name=f"Reviewer {{n}}") for n in range({REVIEWERS}))
users = list(User.objects.filter(email__startswith="r").order_by("pk"))
Reviewer.objects.bulk_create(Reviewer(edition=edition, user=user, lines=[codes[place % len(codes)]])
                             for place, user in enumerate(users))
judges = list(Reviewer.objects.order_by("pk"))
severity = [rng.gauss(0, 8) for _ in judges]
made = []
for place, project in enumerate(Project.objects.order_by("pk")):
    good = rng.gauss(60, 15)
    for turn in range({EACH}):
        judge = (place + turn * 17) % {REVIEWERS}
        score = min(100.0, max(0.0, good + severity[judge] + rng.gauss(0, 6))) if turn else None
        made.append(Assignment(project=project, reviewer=judges[judge], overall=score,
                               scores={{"relevance": 4, "results": 5}} if turn else {{}},
                               scored_at=now if turn else None, comment="Sound." if turn else ""))
Assignment.objects.bulk_create(made)
desk = ensure_user(System(), email="desk@example.org", name="Desk", roles=("coordinator",))
print(session_of(desk))
for user, judge in zip(users, judges):
    print(session_of(user), judge.assignments.filter(overall=None).values_list("project__code", flat=True).first())
"""


def asked(port: int, session: str, method: str, path: str, said: dict[str, str] | None = None) -> float:
    """Milliseconds until a page is read to its end."""
    token = "a" * 32
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}"}
    body = None
    if said is not None:
        body = urlencode({"csrfmiddlewaretoken": token, **said})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    start = time.perf_counter()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    took = 1000 * (time.perf_counter() - start)
    connection.close()
    if answer.status not in {200, 302}:
        raise SystemExit(f"{path} was answered with {answer.status}")
    return took


def measure() -> list[Figure]:
    """Each page of the review, for reviewers and for the desk."""
    with tempfile.TemporaryDirectory() as name:
        environment = site(Path(name) / "site")
        made = subprocess.run(
            [sys.executable, "-c", PREPARE], env=environment, check=True, capture_output=True, text=True
        )
        desk, *rest = made.stdout.splitlines()
        reviewers = [line.split() for line in rest]
        with served(environment, 1) as (port, server):
            return list(_figures(port, server, desk, reviewers))


def _figures(port: int, server: int, desk: str, reviewers: list[list[str]]) -> Iterator[Figure]:
    for session, _ in reviewers:  # signed in and at work: the first page of a session notes the browser
        asked(port, session, "GET", "/prizes/e/")
    scores = {"score-relevance": "7", "score-results": "8", "comment": "Sound."}
    at_desk = [[desk, ""]] * REQUESTS
    pages = (
        ("a reviewer's list", reviewers, "GET", "/prizes/e/review/", None),
        ("a project to judge", reviewers, "GET", "/prizes/e/review/{}/", None),
        ("keeping scores", reviewers, "POST", "/prizes/e/review/{}/", scores),
        ("the desk", at_desk, "GET", "/prizes/e/desk/", None),
        ("projects at the desk", at_desk, "GET", "/prizes/e/desk/projects/", None),
        ("reviewers at the desk", at_desk, "GET", "/prizes/e/desk/reviewers/", None),
        ("the shortlist with normalised scores", at_desk, "GET", "/prizes/e/desk/shortlist/", None),
    )
    for what, readers, method, path, said in pages:
        before = cpu_below(server)
        times = [
            asked(port, session, method, path.format(code), said) for session, code in readers[:REQUESTS]
        ]
        cpu = 1000 * (cpu_below(server) - before) / len(times)
        late = sorted(times)[int(0.95 * len(times))]
        yield Figure(
            f"review at {PROJECTS:,} projects and {REVIEWERS} reviewers: {what}, p95",
            f"{late:.0f} ms ({cpu:.0f} ms of processor time each)",
            "under 150 ms",
            f"benchmarks/reviewing.py: SQLite, 1 worker, {len(times)} requests; {load()}",
        )
