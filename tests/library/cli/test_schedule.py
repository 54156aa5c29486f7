"""The command `schedule`."""

import json

from actionlines.cli import main
from actionlines.programme import clashes
from actionlines.programme.reading import read_programme


def test_a_made_programme_is_scheduled_and_written_with_its_schedule(tmp_path, capsys):
    out = tmp_path / "out.json"
    assert (
        main(
            [
                "schedule",
                "--generate",
                "30x4x2",
                "--seed",
                "1",
                "--limit",
                "3",
                "--format",
                "json",
                "--out",
                str(out),
            ]
        )
        == 0
    )
    said = json.loads(capsys.readouterr().out)
    assert (said["sessions"], said["placed"], said["hard_violations"], said["unplaced"]) == (30, 30, 0, {})
    assert said["score"] >= said["greedy_score"]
    one, schedule = read_programme(out)
    assert clashes(one, schedule) == []
    assert {name: {"slot": p.slot, "room": p.room} for name, p in schedule.items()} == said["schedule"]
    assert main(["schedule", str(out), "--limit", "2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schedule"] == said["schedule"]


def test_sessions_without_a_place_end_with_status_1(tmp_path, capsys):
    path = tmp_path / "p.json"
    slot = {"id": "1", "starts": "2026-07-06T09:00:00+02:00", "ends": "2026-07-06T10:00:00+02:00"}
    path.write_text(
        json.dumps({"rooms": [{"id": "R"}], "slots": [slot], "sessions": [{"id": "S"}, {"id": "T"}]})
    )
    assert main(["schedule", str(path), "--limit", "1"]) == 1
    assert "all 1 rooms that suit it are taken in 1 of 1 slots" in capsys.readouterr().out


def test_bad_sizes_and_limits_are_bad_input(capsys):
    assert main(["schedule", "--generate", "250-12"]) == 2
    assert main(["schedule", "--generate", "99x1x1"]) == 2
    assert main(["schedule", "--generate", "9x2x1", "--limit", "0"]) == 2
    said = capsys.readouterr().err
    assert "“250-12” is not a size. Expected: sessions x rooms x days, such as 250x12x5." in said
    assert "1 rooms × 1 days × 6 slots hold 6 sessions." in said
