"""Tables of entries: columns under the names people give them, and the entries that stand in them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from actionlines.formats.demonstration import demonstration_entries
from actionlines.formats.tabular import read_entries, write_entries
from actionlines.stocktaking import STATUSES
from actionlines.text import LANGUAGES
from library.stocktaking.made_entries import entries


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@settings(deadline=None)  # a workbook is written and read
@given(entry=entries())
def test_entries_read_back_as_they_were_written(tmp_path_factory, suffix, entry):
    path = tmp_path_factory.mktemp("entries") / f"a{suffix}"
    write_entries(path, [entry])
    found = read_entries(path)
    assert found.problems == ()
    assert found.entries == (replace(entry, row=2),)


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
