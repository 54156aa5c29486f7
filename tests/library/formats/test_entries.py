"""Tables of entries: columns under the names people give them, and the entries that stand in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.formats.demonstration import demonstration_entries
from actionlines.formats.tabular import read_entries, write_entries
from actionlines.frameworks import areas, catalogue
from actionlines.stocktaking import STAKEHOLDER_TYPES, STATUSES, Entry
from actionlines.text import LANGUAGES

PLAIN = st.text(
    st.characters(categories=("L", "N", "P", "S"), exclude_characters="<>"), min_size=1, max_size=40
)
LINES = [node.code for node in catalogue().frameworks["wsis"].nodes]
TARGETS = [node.code for node in catalogue().frameworks["sdg"].of_kind("goal", "target")]


def codes(known):
    return st.sets(st.sampled_from(known), max_size=4).map(
        lambda chosen: tuple(sorted(chosen, key=known.index))
    )


ENTRIES = st.builds(
    Entry,
    id=PLAIN,
    title=PLAIN,
    description=PLAIN,
    language=st.sampled_from(("", *LANGUAGES)),
    organisation=st.one_of(st.just(""), PLAIN),
    stakeholder_type=st.sampled_from(("", *STAKEHOLDER_TYPES)),
    country=st.sampled_from(["", *(area.iso3 for area in areas())]),
    year=st.one_of(st.none(), st.integers(1970, 2050)),
    status=st.sampled_from(STATUSES),
    lines=codes(LINES),
    targets=codes(TARGETS),
    start=st.sampled_from(("", "2018-02-28")),
    end=st.sampled_from(("", "2019-12-31")),
    website=st.sampled_from(("", "https://a.example/b?c=1")),
    source=st.sampled_from(("", "Annual report, page 7", "http://a.example")),
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@settings(deadline=None)  # a workbook is written and read
@given(entry=ENTRIES)
def test_entries_read_back_as_they_were_written(tmp_path_factory, suffix, entry):
    path = tmp_path_factory.mktemp("entries") / f"a{suffix}"
    write_entries(path, [entry])
    found = read_entries(path)
    assert found.problems == ()
    year = int(entry.start[:4]) if entry.year is None and entry.start else entry.year
    (read,) = found.entries
    assert (read.row, read.year) == (2, year)
    assert {name: getattr(read, name) for name in Entry.__slots__ if name not in ("row", "year")} == {
        name: getattr(entry, name) for name in Entry.__slots__ if name not in ("row", "year")
    }


@pytest.mark.parametrize(
    "header",
    [
        "Title,Description,Country",
        "Titre,Résumé,Pays",
        "Título,Descripción,País",
        "Название,Описание,Страна",
        "标题,说明,国家",
        "العنوان,الوصف,البلد",
        "PROJECT_NAME,Short description,country_iso3",
    ],
)
def test_columns_are_known_in_six_languages(header):
    found = read_entries(f"{header}\nA,B,NA\n".encode(), "a.csv")
    assert [(entry.title, entry.description, entry.country) for entry in found.entries] == [("A", "B", "NAM")]


def test_columns_and_what_was_not_used_are_told():
    found = read_entries(b"Name,Summary,Colour\nA,B,red\n", "a.csv")
    assert found.columns == {"title": "Name", "description": "Summary"}
    assert found.unused == ("Colour",)
    assert found.rows == 1


def test_column_of_texts_gives_untitled_entries():
    found = read_entries(b"id,text\n7,Farmers get advice\n", "a.csv")
    assert [(entry.id, entry.title, entry.text) for entry in found.entries] == [
        ("7", "", "Farmers get advice")
    ]


def test_named_column_of_texts_wins_over_title_and_description():
    found = read_entries(b"title,description,Body\nA,B,C\n", "a.csv", text_column="body")
    assert [entry.text for entry in found.entries] == ["C"]


def test_record_without_an_id_gets_the_same_one_each_time():
    first, again = (read_entries(b"title,description\nA,B\n", "a.csv").entries[0].id for _ in range(2))
    other = read_entries(b"title,description\nA2,B\n", "a.csv").entries[0].id
    assert first == again
    assert first != other


def test_demonstration_holds_seventy_sound_entries_with_types():
    entries = demonstration_entries()
    assert len(entries) == len({entry.id for entry in entries}) == 70
    assert {entry.language for entry in entries} == set(LANGUAGES)
    assert [entry.title for entry in entries if not entry.stakeholder_type] == []
    assert [entry.title for entry in entries if entry.status not in STATUSES] == []
