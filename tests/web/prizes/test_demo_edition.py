"""`actionlines-web demo-edition`: a small edition to its end, and a file that anybody recounts."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actionlines_web.prizes.models import Edition, Project, Publication


def recounted(path: Path) -> int:
    """Exit status of `actionlines tally`."""
    command = [sys.executable, "-m", "actionlines.cli", "tally", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.django_db
def test_the_played_edition_has_winners_and_a_file_that_proves_itself(tmp_path: Path) -> None:
    path = tmp_path / "edition.zip"
    call_command("demo_edition", here=True, out=path, voters=12)
    edition = Edition.objects.get()
    assert edition.announced_at is not None
    assert Project.objects.filter(edition=edition, winner=True).exists()
    assert [made.number for made in Publication.objects.all()] == [1, 2]
    assert recounted(path) == 0
    content = path.read_bytes()
    for place in (0, 40, len(content) // 3, len(content) // 2, len(content) - 72, len(content) - 1):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert recounted(path) == 1, place


def test_the_command_plays_in_a_database_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "edition.zip"
    command = [
        sys.executable,
        "-m",
        "actionlines_web.cli",
        "demo-edition",
        "--voters",
        "8",
        "--out",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The winners are announced." in done.stdout
    assert recounted(path) == 0


@pytest.mark.django_db
def test_made_people_come_into_a_demonstration_site_only(tmp_path: Path, settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="only a demonstration site"):
        call_command("demo_edition", here=True, out=tmp_path / "edition.zip")
    assert not Edition.objects.exists()
