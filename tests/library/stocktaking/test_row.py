"""An entry as a row of a table, and back."""

from dataclasses import replace

from hypothesis import given

from actionlines.stocktaking import COLUMNS, Entry, Translation, entry_from_row, row_of
from library.stocktaking.made_entries import entries


@given(entry=entries())
def test_row_of_an_entry_reads_back_as_the_same_entry(entry):
    found, problems = entry_from_row(row_of(entry))
    assert problems == []
    assert found == entry


def test_row_has_every_column_and_those_of_its_translations_only():
    row = row_of(Entry("1", "Title", "Text", "en", year=2020, partners=("A", "B"), lines=("C2", "C9")))
    assert tuple(row) == COLUMNS
    assert (row["year"], row["partners"], row["lines"], row["results"]) == ("2020", "A; B", "C2; C9", "")
    translated = row_of(Entry("1", "Title", "Text", translations=(Translation("fr", "Titre"),)))
    assert {column: translated[column] for column in translated if column not in COLUMNS} == {
        "title_fr": "Titre",
        "description_fr": "",
        "translation_fr": "human",
    }


def test_row_number_of_a_file_is_no_part_of_the_row():
    entry = Entry("1", "Title", "Text", row=7)
    assert entry_from_row(row_of(entry))[0] == replace(entry, row=None)
