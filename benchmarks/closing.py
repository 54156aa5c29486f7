"""How long a large vote takes to close: 1.5 million choices of 300,000 voters, made by a generator in SQL.

The last 5,000 lines wait for their number, as they do when a vote ends; the others are in the chain already. Measured on
PostgreSQL, where such a vote belongs; needs PostgreSQL's server (Debian: postgresql).
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from figure import Figure
from votes import load, postgresql, psql, site

CHOICES = 1_500_000
# Each voter chooses in five of eighteen categories, each of which has thirty nominees.
PREPARE = f"""
import django; django.setup()
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from actionlines.prizes.log import chained, first_digest
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.prizes.actions.sealing import log_lines
from actionlines_web.prizes.models import Chain, Project
from actionlines_web.prizes.queries.editions import rules_of
now = timezone.now()
rules = f'''
year = 2026
name = "Large"
[[phases]]
kind = "vote"
starts = {{(now - timedelta(days=30)).isoformat()}}
ends = {{(now - timedelta(hours=1)).isoformat()}}
'''
edition = create_edition(System(), slug="e", text=rules.encode())
owner = ensure_user(System(), email="owner@example.org", name="Owner", roles=())
codes = [category.code for category in rules_of(edition).categories]
Project.objects.bulk_create(
    Project(edition=edition, code=f"P-{{n}}", title=f"Project {{n}}", category=codes[n // 30], state="nominated",
            submitter=owner)
    for n in range(540))
at = int((now - timedelta(days=20)).timestamp())
with connection.cursor() as cursor:
    cursor.execute('''
        INSERT INTO prizes_ballotline
            (edition_id, number, kind, voter, category, nominee, at, about, receipt, reason)
        SELECT %s, CASE WHEN i < {CHOICES} - 5000 THEN i + 1 END, 'cast', lpad(to_hex(i / 5 * 18 + c), 24, '0'),
            (%s::text[])[c + 1], 'P-' || (c * 30 + (i::bigint * 7919 %% 211) %% 30), %s + i, 0,
            lpad(to_hex(i), 32, '0'), ''
        FROM (SELECT i, (i / 5 + i %% 5 * 3) %% 18 AS c FROM generate_series(0, {CHOICES - 1}) AS i) AS made
        ORDER BY i''', [edition.pk, codes, at - 500_000])
    cursor.execute('''
        INSERT INTO prizes_ballot (edition_id, tag, category, slot, nominee, line_id, attempt, device, valid)
        SELECT edition_id, voter, category, '', nominee, id, receipt, '', true FROM prizes_ballotline''')
    cursor.execute("ANALYZE prizes_ballot, prizes_ballotline")
*_, end = chained(log_lines(edition), first_digest(rules_of(edition)))
Chain.objects.filter(edition=edition).update(number={CHOICES} - 5000, digest=end.hex())
"""
CLOSE = """
import django; django.setup()
import json, time
from django.core.files.storage import default_storage
from actionlines_web.accounts.actor import System
from actionlines_web.prizes.actions.closing import freeze_vote, publish_result
from actionlines_web.prizes.models import Edition
from actionlines_web.prizes.queries.results import counted
def timed(work):
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start
edition = Edition.objects.get()
edition, frozen = timed(lambda: freeze_vote(System(), edition))
tally, in_database = timed(lambda: counted(edition))
made, published = timed(lambda: publish_result(System(), edition))
print(json.dumps([frozen, in_database, published, tally.counted, made.result["counted"]]))
"""


def measure() -> list[Figure]:
    """The count in the database, and closing as a whole."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "pg").mkdir()
        with postgresql(folder / "pg") as address:
            base = address.rpartition("/")[0]
            psql(address, "CREATE DATABASE large")
            environment = site(folder / "site", f"{base}/large")
            subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
            done = subprocess.run(
                [sys.executable, "-c", CLOSE], env=environment, check=True, capture_output=True, text=True
            )
    frozen, in_database, published, counted, told = json.loads(done.stdout)
    if counted != told or counted != CHOICES:
        raise SystemExit(f"{CHOICES} choices, {counted} counted in the database, {told} in the file")
    how = f"benchmarks/closing.py: PostgreSQL, {counted:,} choices, both counts equal; {load()}"
    return [
        Figure("tally of 1.5 million choices in the database", f"{in_database:.1f} s", "under 3 s", how),
        Figure(
            "closing a vote of 1.5 million choices: frozen, counted twice, published",
            f"{frozen + published:.0f} s ({frozen:.1f} + {published:.0f})",
            "under 60 s",
            how,
        ),
    ]
