"""What a report costs: CPU seconds to build it and to make a file of it, in each format.

70 entries are the demonstration entries; 1,000 are the same again and again under other identifiers. Links come
from the aligner, once, outside the clock. Each format is measured twice: the first file of a process, which loads
fonts and the chart engine, and the next one, as a running site makes them.
"""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from typing import TypeVar

import pypdfium2
from figure import Figure

from actionlines.alignment import Link, align
from actionlines.formats.demonstration import demonstration_entries
from actionlines.reports import FORMATS, build, render
from actionlines.stocktaking import Entry

SIZES = (70, 1_000)
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
    return figures


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} ({figure.how})")
