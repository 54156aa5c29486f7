"""Run the benchmarks one after the other and write their figures into docs/benchmarks.md.

    python benchmarks/run.py             the quick ones, each in its section of the page as soon as it is measured
    python benchmarks/run.py --scale     the slow ones
    python benchmarks/run.py NAME …      these alone; all other sections stay as they are
    python benchmarks/run.py --one NAME  only print the figures of this one, as JSON on the last line

Each benchmark is a module with `measure() -> list[Figure]`; it runs in a process of its own. One that fails is named, its
section stays as it was, the others go on, and the command ends with status 1.
"""

import argparse
import importlib
import json
import re
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
    "results_tree",
    "index",
    "index_uncertainty",
    "pages",
    "exports",
    "iati",
    "iati_staging",
    "start",
)
SCALE = (
    *("tally", "votes", "closing", "schedule", "forum", "checks", "observations", "sdmx"),
    *("alignment_folds", "scale_sqlite", "scale_postgresql", "scale_jobs", "engine", "backup", "soak"),
)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
HEADINGS = {False: "## Quick: `make bench`", True: "## At scale: `make bench-scale`"}


def run_one(name: str) -> list[Figure] | None:
    """The figures of one benchmark, measured in a fresh process; None where it failed, which is said."""
    command = [sys.executable, __file__, "--one", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{done.stderr}\nbenchmark {name} failed", file=sys.stderr, flush=True)
        return None
    return [Figure(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def section(figures: list[Figure], circumstances: dict[str, str]) -> str:
    """Where and when it was measured, and the figures."""
    lines = ["; ".join(f"{name}: {value}" for name, value in circumstances.items()), ""]
    lines += ["| what | measured | wanted | how |", "| --- | --- | --- | --- |"]
    lines += [f"| {item.what} | {item.measured} | {item.wanted} | {item.how} |" for item in figures]
    return "\n".join(lines)


def page(text: str, name: str, content: str) -> str:
    """The page with the section of one benchmark new; sections stand in the order of QUICK and SCALE."""
    parts: dict[str, str] = {}
    head, *found = re.split(r"^### (.+)$", text, flags=re.MULTILINE)
    for title, body in zip(found[::2], found[1::2], strict=True):
        parts[title.strip()] = body.partition("\n## ")[0].strip()
    parts[name] = content
    lines = [head.partition("\n## ")[0].strip()]
    for scale, names in ((False, QUICK), (True, SCALE)):
        lines.append(HEADINGS[scale])
        lines += [f"### {known}\n\n{parts[known]}" for known in names if known in parts]
    return "\n\n".join(lines) + "\n"


def main() -> int:
    """Run what is asked for, print the figures as they come, write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", choices=[*QUICK, *SCALE, []], metavar="NAME")
    parser.add_argument("--one", help="only this benchmark, figures as JSON on the last line")
    parser.add_argument("--scale", action="store_true", help="the slow ones")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps([asdict(item) for item in importlib.import_module(arguments.one).measure()]))
        return 0
    failed = 0
    for name in arguments.names or (SCALE if arguments.scale else QUICK):
        circumstances = machine()
        figures = run_one(name)
        if figures is None:
            failed = 1
            continue
        for item in figures:
            print(f"{item.what}: {item.measured} (wanted: {item.wanted})", flush=True)
        text = page(PAGE.read_text(encoding="utf-8"), name, section(figures, circumstances))
        PAGE.write_text(text, encoding="utf-8")
    return failed


if __name__ == "__main__":
    sys.exit(main())
