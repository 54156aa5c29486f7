"""The audit of the locked packages: weaknesses fail it, and one that did not take place says so."""

import importlib.util
from pathlib import Path

import pytest

from shared import PROJECT

_found = importlib.util.spec_from_file_location("audit", PROJECT / "scripts" / "audit.py")
assert _found is not None
assert _found.loader is not None
audit = importlib.util.module_from_spec(_found)
_found.loader.exec_module(audit)

LOCK = Path("dev.txt")
SOUND = {"name": "sound", "version": "1", "vulns": []}
WEAK = {"name": "weak", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1", "3"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


def test_a_weakness_is_named_with_where_it_is_mended(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.told(LOCK, [SOUND, WEAK, UNKNOWN]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "weak 2: PYSEC-1, mended in 2.1, 3",
        "dev.txt: 2 of 3 packages audited, 1 weaknesses",
    ]


def test_a_weakness_that_was_looked_at_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.ACCEPTED, "PYSEC-1", "the part that is weak is not used")
    assert audit.told(LOCK, [WEAK]) == 0


def test_an_audit_that_knew_no_package_does_not_look_like_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.told(LOCK, [UNKNOWN, UNKNOWN]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err.startswith("SKIPPED: the audit of the packages")) == ("", True)
