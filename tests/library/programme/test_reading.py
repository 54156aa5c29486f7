"""A programme as a file."""

import json

import pytest

from actionlines.problems import InputError
from actionlines.programme import Place
from actionlines.programme.generate import generate
from actionlines.programme.reading import programme_as_data, programme_from_data, read_programme


def test_a_programme_survives_its_file(tmp_path):
    one = generate(20, 3, 2, 1)
    schedule = {"S2": Place("1.1", "R2")}
    path = tmp_path / "programme.json"
    path.write_text(json.dumps(programme_as_data(one, schedule)), encoding="utf-8")
    assert read_programme(path) == (one, schedule)


SLOT = {"id": "1", "starts": "2026-07-06T09:00:00+02:00", "ends": "2026-07-06T10:00:00+02:00"}
GOOD = {"rooms": [{"id": "R"}], "slots": [SLOT], "sessions": [{"id": "S"}]}


def test_the_smallest_programme_is_read():
    one, schedule = programme_from_data(GOOD)
    assert (len(one.sessions), schedule, one.slots[0].day.isoformat()) == (1, {}, "2026-07-06")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rooms": []}, "f.json, column rooms: there is none."),
        ({"colour": 1}, "f.json, column colour: “colour” is not a part of a programme."),
        ({"rooms": [{"name": "x"}]}, "f.json, row 1, column rooms: cannot be read: 'id' is missing."),
        (
            {"sessions": [{"id": "S", "speakers": []}]},
            "f.json, row 1, column sessions: cannot be read: “speakers” is not a field of a session.",
        ),
        (
            {"sessions": [{"id": "S", "persons": "Ada"}]},
            "f.json, row 1, column sessions: cannot be read: “Ada” is not a list.",
        ),
        (
            {"slots": [{**SLOT, "ends": SLOT["starts"]}]},
            "f.json, row 1, column slots: cannot be read: the end 2026-07-06T09:00:00+02:00 is not after the start 2026-07-06T09:00:00+02:00.",
        ),
        (
            {"slots": [{**SLOT, "starts": "2026-07-06T09:00:00"}]},
            "f.json, row 1, column slots: cannot be read: 2026-07-06T09:00:00 has no distance from UTC, such as +02:00.",
        ),
        ({"weights": {"colour": 1}}, "f.json, column weights: “colour” is not a weight."),
        (
            {"schedule": {"X": {"slot": "1", "room": "R"}}},
            "f.json, column schedule: “X” names a session, slot or room there is not.",
        ),
        ({"sessions": [{"id": "S"}, {"id": "S"}]}, "f.json: the session “S” stands twice."),
    ],
)
def test_each_fault_is_named_with_its_place(change, said):
    with pytest.raises(InputError) as caught:
        programme_from_data({**GOOD, **change}, "f.json")
    assert [str(problem) for problem in caught.value.problems] == [said]


def test_what_is_not_json_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.json: cannot be read"):
        read_programme(path)
    with pytest.raises(InputError, match=r"none\.json: cannot be read"):
        read_programme(tmp_path / "none.json")
