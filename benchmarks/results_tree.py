"""A results tree as large as the issue asks: its pages and the computation of all its figures.

20 programmes, each with 4 outcomes of 5 outputs; 2,000 indicators, 20 of them a programme's whole made of its others;
8 years, and in each year a total and 5 parts for every indicator that is no whole: 95,040 measures.
"""

import os
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from random import Random

from figure import Figure

PROGRAMMES, OUTCOMES, OUTPUTS = 20, 4, 5
INDICATORS, YEARS = 2_000, tuple(str(year) for year in range(2018, 2026))
PARTS = tuple(f"region={code}" for code in ("AFR", "AMS", "ARB", "ASP", "EUR"))
KINDS = ("sum", "latest", "cumulative", "weighted-mean", "maximum", "distinct-count")
_PAGES = 200
_BATCH = 5_000


def make_tree(
    programmes: int = PROGRAMMES,
    outcomes: int = OUTCOMES,
    outputs: int = OUTPUTS,
    indicators: int = INDICATORS,
    years: tuple[str, ...] = YEARS,
    parts: tuple[str, ...] = PARTS,
) -> object:
    """Store a public framework of this size with approved reports, without its figures; the same one each time."""
    from actionlines_web.results.models import Framework, Indicator, Report, Target

    chance = Random(12)
    framework = Framework.objects.create(
        code="large",
        cycle="2018–2025",
        title={"en": "Large"},
        source="benchmark",
        periods=list(years),
        state="public",
    )
    tops, leaves, position = [], [], 0
    for p in range(programmes):
        top = _result(framework, f"P{p}", "programme", None, position)
        tops.append(top)
        for c in range(outcomes):
            middle = _result(framework, f"P{p}.{c}", "outcome", top, position)
            for u in range(outputs):
                position += 1
                leaves.append((p, _result(framework, f"P{p}.{c}.{u}", "output", middle, position)))
    wholes = Indicator.objects.bulk_create(
        [
            Indicator(
                framework=framework,
                result=top,
                code=f"W{p}",
                title={"en": f"Whole of {p}"},
                aggregation=KINDS[p % len(KINDS)],
                baseline=Decimal(0),
                position=0,
            )
            for p, top in enumerate(tops)
        ]
    )
    rows = Indicator.objects.bulk_create(
        [
            Indicator(
                framework=framework,
                result=leaf,
                code=f"I{number}",
                title={"en": f"Indicator {number}"},
                aggregation=KINDS[p % len(KINDS)],
                baseline=Decimal(0),
                parts=list(parts),
                part_of=wholes[p],
                position=number,
            )
            for number in range(indicators - programmes)
            for p, leaf in (leaves[number % len(leaves)],)
        ],
        batch_size=_BATCH,
    )
    Target.objects.bulk_create(
        [
            Target(indicator=row, period=year, value=100 * (place + 1))
            for row in (*wholes, *rows)
            for place, year in enumerate(years)
        ],
        batch_size=_BATCH,
    )
    reports = Report.objects.bulk_create(
        [Report(indicator=row, period=year, state="approved") for row in rows for year in years],
        batch_size=_BATCH,
    )
    _measure(reports, parts, chance)
    return framework


def _result(framework: object, code: str, level: str, parent: object, position: int) -> object:
    from actionlines_web.results.models import Result

    return Result.objects.create(
        framework=framework, code=code, level=level, title={"en": code}, parent=parent, position=position
    )


def _measure(reports: list, parts: tuple[str, ...], chance: Random) -> None:
    from actionlines_web.results.models import Measure

    made = []
    for report in reports:
        kind = report.indicator.aggregation
        for part in ("", *parts):
            members = (
                sorted(chance.sample(("SEN", "MLI", "TGO", "KEN", "GHA", "NER"), 3))
                if kind == "distinct-count"
                else []
            )
            value = Decimal(len(members) or chance.randrange(1, 200))
            weight = Decimal(chance.randrange(1, 900)) if kind == "weighted-mean" else None
            made.append(Measure(report=report, part=part, value=value, weight=weight, members=members))
        if len(made) >= _BATCH:
            Measure.objects.bulk_create(made)
            made = []
    Measure.objects.bulk_create(made)


def measure() -> list[Figure]:
    """The computation of all figures, and the pages of the tree; on a site of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ACTIONLINES_DATA_DIR"] = folder
        os.environ["ACTIONLINES_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'tree.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "actionlines_web.settings.base"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        return _measured()


def _measured() -> list[Figure]:
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from actionlines_web.results.figures import store_figures

    framework = make_tree()
    start, begun = time.perf_counter(), time.process_time()
    with transaction.atomic():
        figures = store_figures(framework)
    seconds, busy = time.perf_counter() - start, time.process_time() - begun
    said = (
        f"benchmarks/results_tree.py, SQLite: {PROGRAMMES} programmes, {INDICATORS:,} indicators in all, "
        f"{len(YEARS)} years, {len(PARTS)} parts"
    )
    found = [
        Figure(
            "results tree: all figures computed anew",
            f"{seconds:.1f} s ({busy:.1f} s of the processor)",
            "< 5 s",
            f"{said}; {figures:,} figures",
        )
    ]
    client = Client(headers={"host": "localhost"})
    pages = {
        "tree": "/results/large/",
        "branch": "/results/large/results/P3/",
        "output": "/results/large/results/P3.1.2/",
        "indicator": "/results/large/indicators/I7/",
    }
    for name, path in pages.items():
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
            queries = len(asked)
        times, busies = [], []
        for _ in range(_PAGES):
            begun, busy = time.perf_counter(), time.process_time()
            client.get(path)
            times.append(time.perf_counter() - begun)
            busies.append(time.process_time() - busy)
        late, work = (sorted(row)[int(0.95 * len(row))] for row in (times, busies))
        found.append(
            Figure(
                f"results tree: page of the {name}",
                f"p95 {1000 * late:.0f} ms ({1000 * work:.0f} ms of the processor), {queries} queries",
                "p95 < 150 ms, at most 12 queries",
                f"{said}; {_PAGES} requests one after another, in process",
            )
        )
    return found


if __name__ == "__main__":
    for item in measure():
        print(f"{item.what}: {item.measured} (wanted: {item.wanted})")
