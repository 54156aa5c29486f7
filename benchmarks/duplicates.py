"""How long it takes to find an entry's twin in a large register: `python benchmarks/duplicates.py [ENTRIES]`.

Makes a register of invented entries in the database of ACTIONLINES_TEST_DATABASE_URL (SQLite in a temporary folder unless
said), its words as unevenly common as in a language, and asks for the twins of entries sent again with another wording.
"""

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from itertools import accumulate

import django
from django.core.management import call_command

ASKED = 60
CHUNK = 5_000
chance = random.Random(7)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]
VOCABULARY = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(30_000)]
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(VOCABULARY))))


def words(number: int) -> list[str]:
    """Words as common as those of a language: the second half as often as the first."""
    return chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=number)


def main(entries: int) -> None:
    """Build, ask, report."""
    folder = tempfile.mkdtemp(prefix="actionlines-duplicates-")
    os.environ.setdefault("ACTIONLINES_TEST_DATABASE_URL", f"sqlite:///{folder}/register.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "actionlines_web.settings.test"
    django.setup()
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    build(entries)
    print(f"{entries} entries made in {time.perf_counter() - begun:.0f} s")
    times, hits = ask(entries)
    print(
        f"twins_of: median {1000 * statistics.median(times):.0f} ms, p95 {1000 * times[int(0.95 * len(times))]:.0f} ms,"
        f" found {hits} of {ASKED}"
    )
    shutil.rmtree(folder)


def build(entries: int) -> None:
    """Invented entries of invented organisations, in the search index as well."""
    from actionlines_web.organisations.actions import ensure_organisations
    from actionlines_web.search.actions import index_entries
    from actionlines_web.stocktaking.models import Entry

    names = [" ".join(words(3)) for _ in range(5_000)]
    organisations = list(set(ensure_organisations((name, "", "") for name in names).values()))
    for start in range(0, entries, CHUNK):
        rows = Entry.objects.bulk_create(
            Entry(
                identifier=f"e-{number}",
                title=" ".join(words(4)).capitalize(),
                description=" ".join(words(60)),
                language="en",
                country=chance.choice(("KEN", "FRA", "IDN", "BRA", "EGY")),
                year=chance.randint(2005, 2026),
                organisation_id=chance.choice(organisations),
            )
            for number in range(start, min(start + CHUNK, entries))
        )
        index_entries((row.pk, row.title, row.description) for row in rows)


def ask(entries: int) -> tuple[list[float], int]:
    """Seconds of each question, rising, and how many found the entry that was sent again."""
    from actionlines.stocktaking import Entry as LibraryEntry
    from actionlines_web.stocktaking.models import Entry
    from actionlines_web.stocktaking.queries.duplicates import twins_of

    times, hits = [], 0
    for _ in range(ASKED):
        row = Entry.objects.select_related("organisation").get(identifier=f"e-{chance.randrange(entries)}")
        first, *rest = row.title.split()
        title, owner = " ".join([*rest, first, *words(1)]), row.organisation.name
        again = LibraryEntry("new", title, " ".join(words(60)), "en", owner, country=row.country)
        before = time.perf_counter()
        found = twins_of(again)
        times.append(time.perf_counter() - before)
        hits += any(twin.entry.pk == row.pk for twin in found)
    return sorted(times), hits


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
