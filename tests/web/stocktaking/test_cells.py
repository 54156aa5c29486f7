"""The matrix agrees with a recount after any history, and with a brute-force count by hand."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import drift, rebuild_cells, store_entries
from actionlines_web.stocktaking.models import Entry as Row
from actionlines_web.stocktaking.models import EntryLink, MatrixCell
from actionlines_web.stocktaking.queries import EntryQuery, matrix

LINES = ("C2", "C5", "C7-HEA", "C7", "C11")
TARGETS = ("9", "9.c", "9.1", "3.8", "17.8", "4")
entries = st.builds(
    Entry,
    id=st.sampled_from(["a", "b", "c", "d"]),
    title=st.just("Nothing of note"),
    description=st.just("Nothing of note."),
    language=st.just("en"),
    country=st.sampled_from(["", "FRA", "GEO", "KEN"]),
    year=st.sampled_from([None, 2012, 2022]),
    stakeholder_type=st.sampled_from(["", "government", "academia"]),
    lines=st.lists(st.sampled_from(LINES), unique=True, max_size=3).map(tuple),
    targets=st.lists(st.sampled_from(TARGETS), unique=True, max_size=3).map(tuple),
)
batches = st.lists(st.lists(entries, unique_by=lambda entry: entry.id, max_size=4), min_size=1, max_size=4)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=batches)
def test_cells_agree_with_a_recount_after_any_history_of_imports(history: list[list[Entry]]) -> None:
    Row.objects.all().delete()
    MatrixCell.objects.all().delete()
    for batch in history:
        store_entries(System(), batch)
    assert drift() == []


def brute_force(query: EntryQuery, line: str, node: str) -> int:
    """Distinct entries with a link to both, counted from the links alone."""

    def linked(framework: str, code: str) -> set[int]:
        return set(
            EntryLink.objects.filter(framework=framework, node=code, tier__lte=query.tier).values_list(
                "entry_id", flat=True
            )
        )

    passing = set(query.apply(Row.objects.all()).values_list("pk", flat=True))
    return len(passing & linked("wsis", line) & linked("sdg", node))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "params",
    [
        {},
        {"region": "EUR"},
        {"year_from": "2013"},
        {"country": "KEN", "stakeholder": "academia"},
        {"basis": "declared"},
        {"q": "note"},
        {"status": "entry", "line": "C5"},
        {"year": "none", "basis": "declared"},
        {"target": "9.c", "language": "en"},
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
def test_rebuilding_mends_a_wrong_count() -> None:
    store_entries(System(), [Entry("x", "Nothing", "Nothing of note.", "en", lines=("C2",), targets=("9",))])
    MatrixCell.objects.filter(row="C2", column="9", scope="all").update(entries=7)
    assert [(kept, recounted) for _, kept, recounted in drift()] == [(7, 1)]
    rebuild_cells()
    assert drift() == []
