"""Reading a generated IATI file of 100,000 activities: activities a second of one core, and the memory of the process.

The file is written by our own writer from entries made by a fixed rule, so it is the same everywhere. The reading runs
in a process of its own: its peak is what reading costs. Where diterator is installed it reads the first activities
beside it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from figure import Figure

from actionlines.formats import iati
from actionlines.stocktaking import Entry

ACTIVITIES = 100_000
PEER_ACTIVITIES = 2_000
PUBLISHER = iati.Publisher("XI-EXAMPLE", "A register", "40")
COUNTRIES = ("SEN", "BRA", "EGY", "FRA", "CHN", "KAZ", "")
SENTENCE = "Villages along the river get access points, and teachers learn to use and mend them. "


def entries(number: int) -> Iterator[Entry]:
    """Entries that differ in every field, about 500 characters each."""
    for place in range(number):
        yield Entry(
            id=f"bench-{place}",
            title=f"Access for village {place}",
            description=SENTENCE * (3 + place % 5),
            language=("en", "fr", "es")[place % 3],
            organisation=f"Organisation {place % 997} & Partners",
            stakeholder_type="civil-society",
            country=COUNTRIES[place % 7],
            year=2005 + place % 20,
            start=f"{2005 + place % 20}-03-0{1 + place % 9}",
            lines=("C2", "C7-HEA") if place % 2 else ("C4",),
            targets=("9.c", "4.4") if place % 3 else ("5",),
            website=f"https://example.org/{place}",
        )


def write(path: Path, number: int) -> float:
    """Write the file; CPU seconds."""
    started = time.process_time()
    with_money = (
        _with_money(found)
        for found in iati.activities_from_entries(entries(number), PUBLISHER, today=date(2026, 1, 1))
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(iati.activities_xml(with_money, datetime(2026, 1, 1, tzinfo=UTC)))
    return time.process_time() - started


def _with_money(activity: iati.Activity) -> iati.Activity:
    """The activity with two transactions and a result, as published ones have."""
    from dataclasses import replace

    paid = iati.Transaction("3", "2020-01-31", iati.Value(Decimal("1250.50"), "USD", "2020-01-31"))
    indicator = iati.Indicator(
        (("en", "Access points"),), periods=(iati.Period("2020-01-01", "2020-12-31", ("40",), ("38",)),)
    )
    return replace(
        activity,
        transactions=(paid, paid),
        results=(iati.Result((("en", "Access"),), indicators=(indicator,)),),
    )


def read(path: Path, mode: str) -> dict[str, float]:
    """Read the file in this process."""
    started, worked = time.perf_counter(), time.process_time()
    if mode == "stream":
        number = sum(1 for _ in iati.read_activities(path).activities)
    elif mode == "entries":
        number = len(iati.read_entries(path).entries)
    else:
        from diterator import XMLIterator  # type: ignore[import-not-found]

        number = 0
        for activity in XMLIterator(str(path)):
            number += 1
            _ = (str(activity.title), activity.sectors, activity.tags, activity.transactions)
    return {
        "number": number,
        "wall": time.perf_counter() - started,
        "cpu": time.process_time() - worked,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def apart(path: Path, mode: str) -> dict[str, float] | None:
    """The same in a fresh process; None where the peer is not installed."""
    done = subprocess.run(
        [sys.executable, __file__, "--read", str(path), mode], capture_output=True, text=True, check=False
    )
    if done.returncode:
        if "diterator" in done.stderr:
            return None
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure() -> list[Figure]:
    """Write the file, read it."""
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder) / "activities.xml", Path(folder) / "small.xml"
        written = write(path, ACTIVITIES)
        write(small, PEER_ACTIVITIES)
        size = path.stat().st_size / 1e6
        figures = [
            Figure(
                f"IATI: write {ACTIVITIES:,} activities",
                f"{ACTIVITIES / written:,.0f} activities/s of CPU",
                "—",
                f"{size:.0f} MB, streamed",
            )
        ]
        for mode, what, wanted in (
            ("stream", "read", "≥ 5,000 activities/s, under 50 MB"),
            ("entries", "read into entries of the register", "≥ 2,000 activities/s"),
        ):
            found = apart(path, mode)
            assert found is not None
            assert found["number"] == ACTIVITIES
            figures.append(
                Figure(
                    f"IATI: {what}, {ACTIVITIES:,} activities",
                    f"{found['number'] / found['cpu']:,.0f} activities/s of CPU, {found['number'] / found['wall']:,.0f} of wall time",
                    wanted,
                    f"peak {found['peak']:.0f} MB of the process",
                )
            )
        peer, ours = apart(small, "peer"), apart(small, "stream")
        if peer is not None and ours is not None:
            figures.append(
                Figure(
                    f"IATI: diterator beside ours, {PEER_ACTIVITIES:,} activities",
                    f"{peer['cpu'] / ours['cpu']:.1f} times our CPU",
                    "—",
                    f"{PEER_ACTIVITIES / peer['cpu']:,.0f} activities/s, peak {peer['peak']:.0f} MB",
                )
            )
        return figures


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(read(Path(sys.argv[2]), sys.argv[3])))
        sys.exit()
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}; {figure.how})")
