"""Run the benchmarks one after the other and write docs/benchmarks.md's table of figures.

Each benchmark is a module with `measure() -> list[Figure]`; it runs in a process of its own.
"""

import argparse
import importlib
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from figure import Figure
from machine import machine

QUICK = (
    "citations",
    "align",
    "align_corpus",
    "alignment_quality",
    "alignment_speed",
    "report",
    "cover",
    "index",
    "index_uncertainty",
    "pages",
    "exports",
    "iati",
    "iati_staging",
    "start",
)
SCALE = (
    *("tally", "votes", "crowd", "reviewing", "closing", "schedule", "checks", "observations", "sdmx"),
    *("alignment_folds", "scale_sqlite", "scale_postgresql"),
)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
MARK = "<!-- figures: written by `make bench` -->"
SCALE_HEADING = "## At scale: `make bench-scale`"


def run_one(name: str) -> list[Figure]:
    """The figures of one benchmark, measured in a fresh process."""
    command = [sys.executable, __file__, "--one", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"benchmark {name} failed")
    return [Figure(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def table(figures: list[Figure], circumstances: dict[str, str]) -> str:
    """Where it was measured, and the figures."""
    lines = [*(f"- {name}: {value}" for name, value in circumstances.items()), ""]
    lines += ["| what | measured | wanted | how |", "| --- | --- | --- | --- |"]
    lines += [f"| {item.what} | {item.measured} | {item.wanted} | {item.how} |" for item in figures]
    return "\n".join(lines) + "\n"


def page(text: str, scale: bool, figures: list[Figure], circumstances: dict[str, str]) -> str:
    """The page with one of its two tables measured anew; the table at scale stands last."""
    head, _, tables = text.partition(MARK)
    quick, _, large = tables.partition(SCALE_HEADING)
    if scale:
        large = table(figures, circumstances)
    else:
        quick = table(figures, circumstances)
    return f"{head}{MARK}\n\n{quick.strip()}\n\n{SCALE_HEADING}\n\n{large.strip()}\n"


def main() -> None:
    """Run all, print as they come, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", help="only this benchmark, figures as JSON on the last line")
    parser.add_argument("--scale", action="store_true", help="the slow ones")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps([asdict(item) for item in importlib.import_module(arguments.one).measure()]))
        return
    chosen = SCALE if arguments.scale else QUICK
    circumstances = machine()
    figures: list[Figure] = []
    for name in chosen:
        for item in run_one(name):
            print(f"{item.what}: {item.measured} (wanted: {item.wanted})", flush=True)
            figures.append(item)
    PAGE.write_text(
        page(PAGE.read_text(encoding="utf-8"), arguments.scale, figures, circumstances), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
