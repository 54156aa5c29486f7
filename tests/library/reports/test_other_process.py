"""A bundle that one process wrote is whole for another, whose sets have another order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ARGUMENTS = {
    "contribution": (),
    "global": (),
    "regional": ("--region", "AFR"),
    "success-stories": (),
    "action-line": ("--line", "C7"),
}


def ran(seed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process whose hashes begin elsewhere."""
    return subprocess.run(
        [sys.executable, "-m", "actionlines.cli", "report", *arguments],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kind", ARGUMENTS)
def test_a_bundle_is_verified_by_another_process(tmp_path: Path, kind: str) -> None:
    bundle = tmp_path / "bundle.zip"
    made = ran("1", kind, *ARGUMENTS[kind], "--bundle", str(bundle), "-o", str(tmp_path / "report.html"))
    assert made.returncode == 0, made.stderr
    checked = ran("2", "verify", str(bundle))
    assert (checked.returncode, checked.stderr) == (0, "")
