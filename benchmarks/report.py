"""What a report costs: CPU seconds to build it and to make a file of it, in each format.

70 entries are the demonstration entries; 1,000 are the same again and again under other identifiers. Links come
from the aligner, once, outside the clock. Each format is measured twice: the first file of a process, which loads
fonts and the chart engine, and the next one, as a running site makes them. Bounds are meant for the whole work on two cores; what is measured is CPU time.
"""

import io
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pypdfium2
from figure import Figure

from actionlines.alignment import Link, align
from actionlines.formats.demonstration import demonstration_entries
from actionlines.reports import FORMATS, Filters, build, render
from actionlines.reports.bundle import Bundle
from actionlines.reports.verification import verify
from actionlines.stocktaking import Entry

SIZES = (70, 1_000)
GLOBAL, REGIONAL = 5_000, 800
BOUNDS = {"pdf": "< 30 s", "docx": "< 30 s", "html": "< 10 s"}
DAY = date(2026, 11, 25)

_T = TypeVar("_T")


def entries(count: int) -> list[Entry]:
    """That many entries, each with its own identifier."""
    found = islice(cycle(demonstration_entries()), count)
    return [replace(entry, id=f"{entry.id}-{place}") for place, entry in enumerate(found)]


def links(found: Sequence[Entry]) -> dict[str, list[Link]]:
    """Their links; a text that comes again is aligned once."""
    known: dict[str, list[Link]] = {}
    for entry in found:
        if entry.text not in known:
            known[entry.text] = align(
                entry.text, language=entry.language, lines=entry.lines, targets=entry.targets
            )
    return {entry.id: known[entry.text] for entry in found}


def timed(work: Callable[[], _T]) -> tuple[float, _T]:
    """CPU seconds of the process, all threads, and the result."""
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def measure() -> list[Figure]:
    """Each size and format."""
    figures = []
    for count in SIZES:
        given = entries(count)
        linked = links(given)
        seconds, report = timed(
            lambda given=given, linked=linked: build(given, linked, language="en", today=DAY)
        )
        figures.append(
            Figure(
                f"Building the report, {count:,} entries",
                f"{seconds:.2f} s CPU",
                "–",
                f"{len(report.figures)} figures",
            )
        )
        for form in FORMATS:
            first, data = timed(lambda report=report, form=form: render(report, form))
            again, _ = timed(lambda report=report, form=form: render(report, form))
            size = f"{len(data) / 1e6:.1f} MB"
            if form == "pdf":
                size += f", {len(pypdfium2.PdfDocument(io.BytesIO(data)))} pages"
            shown = f"{again:.2f} s CPU" + (f" ({first:.2f} s the first time)" if count == SIZES[0] else "")
            figures.append(Figure(f"Report as {form}, {count:,} entries", shown, "–", size))
    return [*figures, *measure_global(), *measure_regional()]


def measure_global() -> Iterator[Figure]:
    """A global report and its bundle, as `actionlines report global --bundle` and `report verify` make them."""
    given = entries(GLOBAL)
    made = Bundle("global", "en", DAY, given, links(given))
    seconds, report = timed(made.report)
    yield Figure(
        f"Building the global report, {GLOBAL:,} entries", f"{seconds:.2f} s CPU", "–", "with its csv"
    )
    for form, bound in BOUNDS.items():
        seconds, data = timed(lambda form=form: render(report, form))
        shown = f"{seconds:.2f} s CPU; {memory()} so far"
        yield Figure(
            f"Global report as {form}, {GLOBAL:,} entries", shown, bound, f"{len(data) / 1e6:.1f} MB"
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        path.write_bytes(made.archive(report))
        seconds, found = timed(lambda: verify(path))
    state = "intact" if found.intact else "NOT INTACT"
    shown = f"{seconds:.2f} s CPU"
    yield Figure(
        f"Verifying a bundle, {GLOBAL:,} entries", shown, "< 20 s", f"{found.figures} figures, {state}"
    )


def measure_regional() -> Iterator[Figure]:
    """A regional report, and the same page made a PDF by WeasyPrint where it is installed."""
    of_region = [entry for entry in demonstration_entries() if entry.region(DAY) == "ASP"]
    given = [
        replace(entry, id=f"{entry.id}-{place}")
        for place, entry in enumerate(islice(cycle(of_region), REGIONAL))
    ]
    made = Bundle("regional", "en", DAY, given, links(given), filters=Filters(region="ASP"))
    report = made.report()
    spent = {}
    for form in BOUNDS:
        spent[form], data = timed(lambda form=form: render(report, form))
        yield Figure(
            f"Regional report as {form}, {REGIONAL} entries",
            f"{spent[form]:.2f} s CPU",
            "< 6 s",
            f"{len(data) / 1e6:.1f} MB",
        )
    if find_spec("weasyprint"):
        page = render(report, "html").decode()
        seconds, _ = timed(lambda: import_module("weasyprint").HTML(string=page).write_pdf())
        ratio = f"{seconds / spent['pdf']:.0f} times"
        yield Figure(
            f"The same page as PDF by WeasyPrint, {REGIONAL} entries", f"{seconds:.1f} s CPU", "–", ratio
        )


def memory() -> str:
    """The most memory this process has held."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB"


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} ({figure.how})")
