"""The postings agree with the entries after any history, and every count of them with one by hand."""

from itertools import product

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import archive_entry, store_entries
from actionlines_web.stocktaking.models import Entry as Row
from actionlines_web.stocktaking.models import EntryLink, PostingBlock
from actionlines_web.stocktaking.postings import Mask, count, drift, postings, rebuild_postings
from actionlines_web.stocktaking.postings.memory import keys_of
from actionlines_web.stocktaking.queries import EntryQuery, facets, matrix
from actionlines_web.stocktaking.queries.selection import select

LINES = ("C2", "C5", "C7-HEA", "C7", "C11")
TARGETS = ("9", "9.c", "9.1", "3.8", "17.8", "4")
entries = st.builds(
    Entry,
    id=st.sampled_from(["a", "b", "c", "d"]),
    title=st.just("Nothing of note"),
    description=st.just("Nothing of note."),
    language=st.sampled_from(["en", "fr"]),
    organisation=st.sampled_from(["", "Bureau", "Union"]),
    country=st.sampled_from(["", "FRA", "GEO", "KEN"]),
    year=st.sampled_from([None, 2012, 2022]),
    status=st.sampled_from(["entry", "winner"]),
    stakeholder_type=st.sampled_from(["", "government", "academia"]),
    lines=st.lists(st.sampled_from(LINES), unique=True, max_size=3).map(tuple),
    targets=st.lists(st.sampled_from(TARGETS), unique=True, max_size=3).map(tuple),
)
batches = st.lists(st.lists(entries, unique_by=lambda entry: entry.id, max_size=4), min_size=1, max_size=4)
queries = st.fixed_dictionaries(
    {},
    optional={
        "line": st.sampled_from(["none", *LINES]),
        "goal": st.sampled_from(["none", "9", "3"]),
        "target": st.sampled_from(["9.c", "3.8"]),
        "sub_line": st.just("none"),
        "outcome": st.sampled_from(["D.1", "D.2-1", "D.4-1"]),
        "region": st.sampled_from(["none", "AFR", "EUR"]),
        "country": st.sampled_from(["none", "KEN", "XXX"]),
        "year_from": st.sampled_from(["2010", "2013"]),
        "year_to": st.sampled_from(["2013", "2025"]),
        "year": st.just("none"),
        "stakeholder": st.sampled_from(["academia", "government"]),
        "organisation": st.sampled_from(["Bureau", "bureau", "nobody"]),
        "status": st.sampled_from(["winner", "other"]),
        "language": st.sampled_from(["fr", "zh"]),
        "freshness": st.sampled_from(["current", "due", "overdue"]),
        "basis": st.sampled_from(["declared", "accepted"]),
        "q": st.sampled_from(["nothing", "note bureau", "kenya", "!"]),
    },
)


def passing(query: EntryQuery) -> set[int]:
    """What the database says."""
    return set(query.apply(Row.objects.all()).values_list("pk", flat=True))


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=batches, archived=st.booleans(), params=queries)
def test_postings_say_what_the_database_says_after_any_history(
    history: list[list[Entry]], archived: bool, params: dict[str, str]
) -> None:
    with transaction.atomic():
        for batch in history:
            store_entries(System(), batch)
        if archived and (first := Row.objects.order_by("pk").first()):
            archive_entry(System(), first, "no longer")
        assert drift() == []
        query = EntryQuery.from_params(params)
        with postings() as held:
            assert set(keys_of(select(query, held).whole).tolist()) == passing(query)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.lists(entries, unique_by=lambda entry: entry.id, min_size=1, max_size=4), params=queries)
def test_each_facet_counts_what_its_choice_would_leave(batch: list[Entry], params: dict[str, str]) -> None:
    with transaction.atomic():
        store_entries(System(), batch)
        query = EntryQuery.from_params(params)
        for facet in facets(query):
            for value, number in facet.counts.items():
                years = {"year_from": value, "year_to": value, "year": ""}
                chosen = {
                    **params,
                    **(years if facet.name == "year" else {facet.name: value}),
                }
                assert len(passing(EntryQuery.from_params(chosen))) == number, (facet.name, value)
        transaction.set_rollback(True)


def brute_force(query: EntryQuery, line: str, node: str) -> int:
    """Distinct entries with a link to both, counted from the links alone."""

    def linked(framework: str, code: str) -> set[int]:
        return set(
            EntryLink.objects.filter(framework=framework, node=code, tier__lte=query.tier).values_list(
                "entry_id", flat=True
            )
        )

    return len(passing(query) & linked("wsis", line) & linked("sdg", node))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "params",
    [
        {},
        {"region": "EUR"},
        {"year_from": "2013"},
        {"country": "KEN", "stakeholder": "academia"},
        {"basis": "declared"},
        {"line": "C2"},
        {"q": "nothing", "status": "entry"},
    ],
)
def test_every_cell_counts_the_entries_the_list_shows(params: dict[str, str]) -> None:
    made = [
        Entry(
            id=f"e{number}",
            title="Nothing of note",
            description="Nothing of note.",
            language="en",
            country=("FRA", "KEN", "GEO", "")[number % 4],
            year=(2012, 2022, None)[number % 3],
            stakeholder_type=("academia", "government", "")[number % 3],
            lines=(line,),
            targets=(target, "9.1") if number % 2 else (target,),
        )
        for number, (line, target) in enumerate(product(LINES, TARGETS))
    ]
    store_entries(System(), made)
    query = EntryQuery.from_params(params)
    counted = matrix(query)
    shown = {
        (row.code, column.code): counted.counts.get((row.code, column.code), 0)
        for row in counted.rows
        for column in counted.columns
    }
    assert shown == {(row, column): brute_force(query, row, column) for row, column in shown}
    assert counted.total == query.apply(Row.objects.all()).count()


@pytest.mark.django_db
def test_an_entry_with_two_targets_of_a_goal_counts_once_in_the_goal() -> None:
    store_entries(
        System(), [Entry("x", "Nothing", "Nothing of note.", "en", lines=("C2",), targets=("9.1", "9.c"))]
    )
    assert matrix(EntryQuery(basis="declared")).counts[("C2", "9")] == 1
    assert matrix(EntryQuery(basis="declared", goal="9")).counts[("C2", "9.c")] == 1


@pytest.mark.django_db
def test_an_entry_on_two_lines_of_an_outcome_counts_once_in_it() -> None:
    store_entries(
        System(), [Entry("x", "Nothing", "Nothing of note.", "en", lines=("C2", "C5"), targets=("9.c",))]
    )
    counted = matrix(EntryQuery(basis="declared", framework="itu-d-2020")).counts
    assert set(counted.values()) == {1}


@pytest.mark.django_db
def test_rebuilding_mends_a_block_that_is_wrong() -> None:
    store_entries(System(), [Entry("x", "Nothing", "Nothing of note.", "en", lines=("C2",), targets=("9",))])
    Row.objects.update(country="KEN")
    number = PostingBlock.objects.get().number
    assert drift() == [number]
    rebuild_postings()
    assert drift() == []
    with postings() as held:
        assert count(held.valued("country", "KEN")) == 1


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_remembered() -> None:
    store_entries(System(), [Entry("x", "Nothing", "Nothing of note.", "en", country="FRA")])

    def standing(country: str) -> int:
        with postings() as held:
            return count(held.valued("country", country))

    for country in ("KEN", "GEO"):
        with transaction.atomic():
            store_entries(System(), [Entry("x", "Nothing", "Nothing of note.", "en", country=country)])
            assert (standing(country), standing("FRA")) == (1, 0)
            transaction.set_rollback(True)
        assert (standing(country), standing("FRA")) == (0, 1)


def test_a_mask_counts_its_bits() -> None:
    mask: Mask = np.packbits(np.arange(64) % 3 == 0, bitorder="little")
    assert (count(mask), keys_of(mask).tolist()) == (22, list(range(0, 64, 3)))
