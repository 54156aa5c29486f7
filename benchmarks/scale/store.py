"""Where the made registers are: built once in a folder outside the project, kept, and served again.

ACTIONLINES_SCALE_DIR names the folder (a temporary one by default, which keeps nothing), ACTIONLINES_SCALE_ENTRIES the
size. A folder holds sqlite-<entries>/ and postgresql-<entries>/, each a data folder of the site.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = str(ROOT / "scripts" / "postgresql.sh")
# What an office would give a database of this size; the rest is as Debian has it.
POSTGRESQL = ("-c", "shared_buffers=1GB", "-c", "effective_cache_size=4GB", "-c", "max_wal_size=4GB")


@dataclass(frozen=True, slots=True)
class Register:
    """A made register at hand.

    Attributes:
        vendor: 'sqlite' or 'postgresql'.
        entries: how many it holds.
        folder: the site's data folder.
        environment: what the site's processes need to serve it.
        built: what its building took, in seconds by step; read from the folder where it was kept.
    """

    vendor: str
    entries: int
    folder: Path
    environment: dict[str, str]
    built: dict[str, float]


def entries_wanted() -> int:
    """The size asked for: a million unless told otherwise."""
    return int(os.environ.get("ACTIONLINES_SCALE_ENTRIES", "1000000"))


@contextmanager
def register(vendor: str, entries: int, kept_in: Path) -> Iterator[Register]:
    """The register, built where it does not stand yet; its server stops with the block."""
    folder = kept_in / f"{vendor}-{entries}"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "ACTIONLINES_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "benchmarks"), os.environ.get("PYTHONPATH", ""))),
    }
    if vendor == "postgresql":
        started = subprocess.run(
            [SERVER, "start", str(folder), *POSTGRESQL], check=True, capture_output=True, text=True
        )
        environment["ACTIONLINES_DATABASE_URL"] = started.stdout.strip()
    try:
        built = folder / "built.json"
        command = [sys.executable, "-m", "scale.build", str(entries), str(built)]
        subprocess.run(command, check=True, env=environment, stdout=sys.stderr)
        yield Register(vendor, entries, folder, environment, json.loads(built.read_text(encoding="utf-8")))
    finally:
        if vendor == "postgresql":
            subprocess.run([SERVER, "stop", str(folder)], check=True, stdout=subprocess.DEVNULL)
