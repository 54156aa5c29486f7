"""The command `tally`."""

import json

import pytest

from actionlines.cli import main
from actionlines.prizes import Category, Rules
from actionlines.prizes.log import LogLine, receipt_digest
from actionlines.prizes.published import write_published
from actionlines.prizes.tally import Nominee


@pytest.fixture
def file(tmp_path):
    rules = Rules(2026, "test", (Category("A"),))
    line = LogLine(1, "cast", "v", "A", "a1", 1, 0, receipt_digest("KEEP-ME"))
    path = tmp_path / "vote.zip"
    write_published(path, rules, [Nominee("a1", "A")], [line.encoded()], [], "Read me.\n")
    return path


def test_a_proven_file_ends_with_status_0_and_its_result(file, capsys):
    assert main(["tally", str(file), "--format", "json", "--receipt", "keepme"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["proven"] is True
    assert said["result"]["categories"] == [
        {
            "category": "A",
            "tied": False,
            "standings": [{"nominee": "a1", "votes": 1, "place": 1, "champion": True}],
        }
    ]
    assert said["receipts"] == {"keepme": 1}


def test_a_changed_file_ends_with_status_1(file, capsys):
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 255
    file.write_bytes(whole)
    assert main(["tally", str(file)]) == 1
    assert "THE FILE DOES NOT PROVE ITS RESULT." in capsys.readouterr().out


def test_a_receipt_that_is_not_in_the_log_ends_with_status_1(file, capsys):
    assert main(["tally", str(file), "--receipt", "OTHER"]) == 1
    assert "receipt OTHER: not in the log" in capsys.readouterr().out


def test_a_missing_file_is_bad_input(tmp_path, capsys):
    assert main(["tally", str(tmp_path / "none.zip")]) == 2
    assert "none.zip: cannot be read" in capsys.readouterr().err
