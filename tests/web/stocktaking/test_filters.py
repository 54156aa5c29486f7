"""The query object of entries: parameters in, the same entries everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.stocktaking import Entry
from actionlines_web.stocktaking.models import Entry as Row
from actionlines_web.stocktaking.queries import EntryQuery, entry_page, facets
from web.conftest import an_entry


def found(params: dict[str, str]) -> list[str]:
    """Identifiers that pass, sorted."""
    query = EntryQuery.from_params(params)
    return sorted(query.apply(Row.objects.all()).values_list("identifier", flat=True))


@pytest.fixture
def register(store) -> None:
    store(
        [
            an_entry(
                "a",
                country="KEN",
                year=2012,
                lines=("C2",),
                targets=("9.c",),
                stakeholder_type="government",
                organisation="A",
            ),
            an_entry("b", country="GEO", year=2010, lines=("C5",), targets=("16",), organisation="B"),
            an_entry(
                "c",
                country="GEO",
                year=2022,
                lines=("C7-HEA",),
                targets=("3.8",),
                stakeholder_type="academia",
                organisation="B",
            ),
            an_entry("d", year=None, lines=("C2", "C5"), description="Telemedicine for islands."),
        ]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("params", "identifiers"),
    [
        ({}, ["a", "b", "c", "d"]),
        ({"line": "C2"}, ["a", "d"]),
        ({"line": "C7", "basis": "declared"}, ["c"]),
        ({"goal": "9", "basis": "declared"}, ["a"]),
        ({"target": "9.c"}, ["a"]),
        ({"line": "C2", "goal": "16", "basis": "declared"}, []),
        ({"region": "CIS"}, ["b"]),
        ({"region": "EUR"}, ["c"]),
        ({"country": "GEO"}, ["b", "c"]),
        ({"year_from": "2011"}, ["a", "c"]),
        ({"year_to": "2011"}, ["b"]),
        ({"year_from": "2012", "year_to": "2012"}, ["a"]),
        ({"stakeholder": "academia"}, ["c"]),
        ({"organisation": "B"}, ["b", "c"]),
        ({"outcome": "D.2-2", "basis": "declared"}, ["b", "d"]),
        ({"outcome": "D.2-2", "goal": "16", "basis": "declared"}, ["b"]),
        ({"outcome": "D.2-2", "goal": "3", "basis": "declared"}, []),
        ({"q": "telemedicine"}, ["d"]),
        ({"q": "???"}, []),
        ({"goal": "none", "basis": "declared"}, ["d"]),
        ({"line": "none", "basis": "declared"}, []),
        ({"country": "none"}, ["d"]),
        ({"region": "none"}, ["d"]),
        ({"line": "C99"}, ["a", "b", "c", "d"]),
    ],
)
def test_filter_leaves_exactly(register: None, params: dict[str, str], identifiers: list[str]) -> None:
    assert found(params) == identifiers


def test_parameters_that_cannot_be_used_are_named() -> None:
    query = EntryQuery.from_params({"line": "C99", "year_from": "soon", "goal": "9.c"})
    assert [problem.column for problem in query.problems] == ["line", "goal", "year_from"]
    assert (query.line, query.year_from, query.goal) == ("", None, "")


def test_years_in_the_wrong_order_are_named_and_left_out() -> None:
    query = EntryQuery.from_params({"year_from": "2020", "year_to": "2010"})
    assert [str(problem) for problem in query.problems] == [
        "column year_from: The first year 2020 is after the last year 2010."
    ]
    assert (query.year_from, query.year_to) == (None, None)


@given(
    params=st.fixed_dictionaries(
        {},
        optional={
            "q": st.text(max_size=20).map(lambda text: text.strip().replace("\x00", "")),
            "line": st.sampled_from(["C2", "C7-HEA"]),
            "goal": st.sampled_from(["9", "16"]),
            "region": st.sampled_from(["AFR", "EUR"]),
            "year_from": st.sampled_from(["2010"]),
            "year_to": st.sampled_from(["2010", "2020"]),
            "basis": st.sampled_from(["declared"]),
            "framework": st.just("itu-d-2020"),
        },
    )
)
def test_a_query_written_as_parameters_reads_back_the_same(params: dict[str, str]) -> None:
    query = EntryQuery.from_params(params)
    assert EntryQuery.from_params(query.params()) == query


@pytest.mark.django_db
def test_paging_forwards_and_backwards_shows_each_entry_once(store) -> None:
    store([an_entry(f"e{number:02}", year=(2012, 2022, None)[number % 3]) for number in range(23)])
    forwards, cursor = [], ""
    while True:
        page = entry_page(EntryQuery(), cursor=cursor, size=5)
        forwards.append([entry.identifier for entry in page.entries])
        if not page.next:
            break
        cursor = page.next
    assert sorted(identifier for part in forwards for identifier in part) == [
        f"e{number:02}" for number in range(23)
    ]
    assert [len(part) for part in forwards] == [5, 5, 5, 5, 3]
    backwards = [forwards[-1]]
    while page.previous:
        page = entry_page(EntryQuery(), cursor=page.previous, size=5)
        backwards.append([entry.identifier for entry in page.entries])
    assert backwards[::-1] == forwards


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "b", "9.", "2012.999999999999999999999", "-1.5", "b2012.1.2"])
def test_a_cursor_that_makes_no_sense_is_answered_with_a_page(store, cursor: str) -> None:
    store([an_entry("a")])
    assert len(entry_page(EntryQuery(), cursor=cursor).entries) <= 1


@pytest.mark.django_db
def test_each_facet_counts_what_choosing_it_would_leave(register: None) -> None:
    query = EntryQuery.from_params({"country": "GEO"})
    for facet in facets(query):
        for value, number in facet.counts.items():
            chosen = {"year_from": value, "year_to": value} if facet.name == "year" else {facet.name: value}
            assert len(found({**query.params(), **chosen})) == number, (facet.name, value)


@pytest.mark.django_db
def test_regions_are_those_of_the_entrys_year(register: None) -> None:
    assert dict(Row.objects.filter(country="GEO").values_list("year", "region")) == {2010: "CIS", 2022: "EUR"}
    assert isinstance(an_entry(), Entry)


@pytest.mark.parametrize("name", ["q", "region", "country", "year_to", "organisation", "status", "freshness"])
@given(value=st.text(min_size=1), words=st.text())
def test_the_address_for_one_of_many_values_is_that_of_the_filter_itself(
    name: str, value: str, words: str
) -> None:
    query = EntryQuery(q=words, line="C2", country="KEN", framework="itu-d-2020")
    assert query.addresses(name)(value) == query.address(**{name: value})
    assert query.addresses(name, framework="")(value) == query.address(**{name: value, "framework": ""})
