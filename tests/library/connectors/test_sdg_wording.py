"""The official wording: read in six languages, written as a framework that takes the place of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from actionlines.cli import main
from actionlines.connectors import Client, sdg_wording
from actionlines.frameworks import catalogue
from actionlines.text import LANGUAGES
from answering import Reply, Source

FOLDERS = {"ar": "ar", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "zh": "zh-Hans"}


def answer(path: str) -> Reply:
    """Goal 9, target 9.c, indicator 9.c.1, as the source writes each kind; Chinese lacks the indicator."""
    _, owner, name, edition, word, folder, file = path.split("/")
    if (owner, name, edition, word) != ("open-sdg", "sdg-translations", "2.5.0-dev", "translations"):
        return Reply(404)
    text = {
        "global_goals.yml": f"'9':\n  short: short {folder}\n  title: Goal nine in {folder}\n",
        "global_targets.yml": f"9-c:\n  title: Target nine c,\n    over two lines, in {folder}\n",
        "global_indicators.yml": ""
        if folder == "zh-Hans"
        else f"9-c-1-title: Indicator in {folder}\nnot-a-code: x\n",
    }[file]
    return Reply(body=(text or "other: x\n").encode())


@pytest.fixture
def wording(source: Source, tmp_path: Path) -> sdg_wording.Wording:
    source.answer = answer
    client = Client([source.origin], tmp_path / "cache", pause=0.0, attempts=1)
    return sdg_wording.fetch_wording(client, source.origin)


def test_titles_of_each_kind_are_read_in_six_languages(wording: sdg_wording.Wording) -> None:
    assert wording.titles == {
        "9": {language: f"Goal nine in {folder}" for language, folder in FOLDERS.items()},
        "9.c": {
            language: f"Target nine c, over two lines, in {folder}" for language, folder in FOLDERS.items()
        },
        "9.c.1": {
            language: f"Indicator in {folder}" for language, folder in FOLDERS.items() if language != "zh"
        },
    }


def test_what_is_written_stands_in_place_of_ours_and_says_what_is_official(
    wording: sdg_wording.Wording, tmp_path: Path
) -> None:
    folder = tmp_path / "frameworks"
    written = sdg_wording.write_framework(wording, folder)
    assert written.replaced == 17
    found = catalogue(folder)
    goal, indicator, other = (found.node(f"sdg:{code}") for code in ("9", "9.c.1", "1.1"))
    assert {language: goal.title.get(language) for language in LANGUAGES} == wording.titles["9"]
    assert goal.official_in == tuple(LANGUAGES)
    assert set(indicator.official_in) == set(LANGUAGES) - {"zh"}
    ours = catalogue()
    assert other == ours.node("sdg:1.1")
    assert [node.code for node in found.frameworks["sdg"].nodes] == [
        node.code for node in ours.frameworks["sdg"].nodes
    ]
    assert "1.1" in written.left
    assert "9.c" not in written.left
    assert "open-sdg/sdg-translations" in (folder / "sdg" / "2023" / "framework.toml").read_text()


def test_command_writes_a_folder_that_validates_and_that_the_environment_may_name(
    source: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.answer = answer
    folder = tmp_path / "own"
    assert main(["download", "sdg-titles", str(folder), "--source", source.origin, "--format", "json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["official"] == 17
    assert "keep a title of ours in some language" in said.err
    code = "from actionlines.frameworks import catalogue; print(catalogue().node('sdg:9').title.get('fr'))"
    for variable, title in (
        (str(folder), "Goal nine in fr"),
        ("", "Industrie, innovation et infrastructure"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "ACTIONLINES_FRAMEWORKS_DIR": variable},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == f"{title}\n"


def test_source_that_lacks_a_file_is_said(
    source: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["download", "sdg-titles", str(tmp_path / "own"), "--source", source.origin]) == 2
    assert "was answered with the status 404" in capsys.readouterr().err
    assert not (tmp_path / "own" / "sdg").exists()
