"""The name of the aligner's edition."""

import subprocess
import sys

from actionlines import __version__
from actionlines.alignment import edition


def test_edition_is_the_version_and_the_same_in_every_process() -> None:
    found = edition.aligner_edition()
    other = subprocess.run(
        [sys.executable, "-c", "from actionlines.alignment.edition import *; print(aligner_edition())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert found == other
    assert found.startswith(f"{__version__}-")
    assert len(found) <= 32


def test_edition_changes_with_one_word_list(tmp_path, monkeypatch) -> None:
    (tmp_path / "words.toml").write_text("a = 1")
    monkeypatch.setattr(edition, "_FOLDER", tmp_path)
    first = edition.aligner_edition.__wrapped__()
    assert edition.aligner_edition.__wrapped__() == first
    (tmp_path / "words.toml").write_text("a = 2")
    assert edition.aligner_edition.__wrapped__() != first
