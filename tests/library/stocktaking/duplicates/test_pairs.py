"""Duplicates in a list: what the index finds, and how well on real and on resubmitted projects."""

import csv
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.tabular import read_entries
from actionlines.stocktaking import Entry, entry_from_row
from actionlines.stocktaking.duplicates import compare, features, find_pairs, pairs
from actionlines.stocktaking.duplicates.features import may_be_rare
from actionlines.stocktaking.duplicates.score import rare_limit
from library.stocktaking.duplicates.test_score import entries
from shared import SHARED, needs_shared

RESUBMITTED = Path(__file__).parent / "resubmissions.csv"
# The projects of the file that stand in it twice, read one by one.
STANDING_TWICE = {("wsis-041", "wsis-108"), ("wsis-114", "wsis-136")}


@given(st.lists(entries, max_size=6))
def test_the_index_misses_no_pair_that_shares_a_key(made: list[Entry]) -> None:
    numbered = [replace(entry, id=str(number)) for number, entry in enumerate(made)]
    known = [features(entry) for entry in numbered]
    held = [word for item in known for word in item.title_words | item.names]
    rare = frozenset(word for word in may_be_rare(held) if held.count(word) <= rare_limit(len(known)))
    expected = {
        (one.id, other.id)
        for one, other in combinations(known, 2)
        if compare(one, other, rare=rare).score >= 0.5 and set(pairs.keys(one)) & set(pairs.keys(other))
    }
    assert {(pair.first, pair.candidate.id) for pair in find_pairs(numbered)} == expected


def test_words_many_entries_share_still_lead_to_one_another_in_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST_SHARED", 4)
    filling = [Entry(f"s{n}", f"School {n}", "Text.", country="FRA") for n in range(5)]
    filling += [Entry(f"r{n}", f"Radio {n}", "Text.", country="FRA") for n in range(5)]
    twins = [Entry(i, "School radio", "Text.", "en", "Ministry", country="KEN") for i in ("x", "y")]
    surest = find_pairs([*filling, *twins])[0]
    assert (surest.first, surest.candidate.id) == ("x", "y")


def resubmitted() -> list[tuple[str, Entry]]:
    """The entry meant, and one written anew by hand: reworded, or in another language."""
    with RESUBMITTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = [
        (row["of"], entry_from_row({**row, "id": f"again-{number}"})[0]) for number, row in enumerate(rows)
    ]
    return [(of, entry) for of, entry in made if entry is not None]


@needs_shared
def test_real_and_resubmitted_projects_are_found() -> None:
    data = SHARED / "data" / "projects" / "wsis_projects.csv"
    real = list(read_entries(data, data.name).entries)
    again = resubmitted()
    groups: dict[str, list[str]] = {}
    for of, entry in again:
        groups.setdefault(of, [of]).append(entry.id)
    true = {pair for ids in groups.values() for pair in combinations(sorted(ids), 2)} | STANDING_TWICE
    found = find_pairs([*real, *(entry for _, entry in again)])
    named = {tuple(sorted((pair.first, pair.candidate.id))) for pair in found}
    assert (len(true), len(named & true), len(named - true)) == (33, 25, 0)
    assert {tuple(sorted((pair.first, pair.candidate.id))) for pair in find_pairs(real)} == {
        *STANDING_TWICE,
        ("wsis-069", "wsis-182"),  # two radio projects of one network: possible, and not the same
    }
