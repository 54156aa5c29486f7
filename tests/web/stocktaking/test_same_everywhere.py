"""Every filter leaves the same entries everywhere: list, facets, exports, feed, API, matrix and map."""

import csv
import io
import json
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from actionlines_web.search import queries as search
from actionlines_web.stocktaking.actions import rebuild_postings
from actionlines_web.stocktaking.exports.feed import MOST_ENTRIES
from actionlines_web.stocktaking.models import SETBACK_TIER, Direction, EntryLink
from actionlines_web.stocktaking.models import Entry as Row
from actionlines_web.stocktaking.queries import EntryQuery, entry_page, facets, matrix, selection
from actionlines_web.stocktaking.queries.facets import country_counts
from actionlines_web.stocktaking.queries.matrix import MARGIN
from actionlines_web.stories.models import Story
from web.conftest import an_entry

ATOM = "{http://www.w3.org/2005/Atom}"
LINES = ("C2", "C5", "C7", "C7-HEA", "C11")
TARGETS = ("9", "9.c", "9.1", "3.8", "17")
# A value of every parameter of the query object; the last test sees that none is missing.
VALUES = {
    "q": ["school", "village", "école", "no-such-word", "???"],
    "line": [*LINES, "none"],
    "goal": ["9", "3", "17", "none"],
    "target": ["9.c", "3.8"],
    "sub_line": ["none"],
    "outcome": ["D.2", "D.2-2", "D.4-1"],
    "region": ["AFR", "EUR", "CIS", "none"],
    "country": ["KEN", "GEO", "none"],
    "year_from": ["2012", "2020"],
    "year_to": ["2012", "2022"],
    "year": ["none"],
    "stakeholder": ["government", "academia"],
    "organisation": ["Ministry", "Nobody"],
    "status": ["entry", "winner"],
    "language": ["en", "fr"],
    "freshness": ["current", "due", "overdue"],
    "direction": ["works-against"],
    "story": ["yes"],
    "basis": ["declared", "accepted", "evidence"],
    "framework": ["wsis", "itu-d-2020"],
}
FILTERS = st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from(VALUES[name]) for name in names})
)


def made(number: int):
    return an_entry(
        f"e{number:02}",
        title=("A school", "A village école", "Nothing")[number % 3] + f" {number}",
        language=("en", "fr", "en", "")[number % 4],
        country=("KEN", "GEO", "FRA", "", "KEN")[number % 5],
        year=(2012, 2022, None)[number % 3],
        organisation=("Ministry", "", "Institute")[number % 3],
        stakeholder_type=("government", "", "academia")[number % 3],
        status=("entry", "entry", "winner")[number % 7 % 3],
        lines=(LINES[number % 5],) if number % 6 else (),
        targets=tuple(TARGETS[number % 5 :][: number % 3]),
    )


@pytest.fixture
def register(store) -> None:
    store([made(number) for number in range(60)])
    today = timezone.now().date()
    for row in Row.objects.all():
        row.confirmed_on = today - timedelta(days=(0, 400, 800)[int(row.identifier[1:]) % 3])
        row.save(update_fields=["confirmed_on"])
    set_back = EntryLink.objects.filter(entry__identifier__in=[f"e{number}" for number in range(10, 30)])
    set_back.update(tier=F("tier") + SETBACK_TIER, direction=Direction.AGAINST)
    rebuild_postings()
    Story.objects.bulk_create(
        Story(entry=row, summary="S", language="en", year=2024, picture="p", width=1, height=1)
        for row in Row.objects.filter(identifier__in=["e03", "e10", "e11"])
    )


def usable(params: dict[str, str]) -> dict[str, str]:
    """The parameters without years in the wrong order, which the API and the exports refuse."""
    query = EntryQuery.from_params(params)
    return {name: value for name, value in params.items() if not query.problems or "year_" not in name}


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(params=FILTERS.map(usable))
def test_any_filter_leaves_the_same_entries_everywhere(
    register: None, client: Client, params: dict[str, str]
) -> None:
    cache.clear()
    query = EntryQuery.from_params(params)
    expected = sorted(query.apply(Row.objects.all()).values_list("identifier", flat=True))
    number = len(expected)
    page = entry_page(query, size=100)
    assert (sorted(entry.identifier for entry in page.entries), page.total) == (expected, number)

    table = b"".join(client.get("/entries/export.csv", params).streaming_content).decode("utf-8-sig")
    assert sorted(row["id"] for row in csv.DictReader(io.StringIO(table))) == expected
    lines = b"".join(client.get("/entries/export.jsonl", params).streaming_content).decode()
    assert sorted(json.loads(line)["id"] for line in lines.splitlines()) == expected

    feed = etree.fromstring(client.get("/entries/feed.atom", params).content)
    told = [item.findtext(f"{ATOM}id").rsplit("/", 2)[-2] for item in feed.iter(f"{ATOM}entry")]
    newest = query.apply(Row.objects.all()).order_by("-pk").values_list("identifier", flat=True)
    assert told == list(newest[:MOST_ENTRIES])

    listed = {name: value for name, value in params.items() if name != "framework"}
    answer = client.get("/api/v1/entries", {**listed, "limit": "100"}).json()
    assert (sorted(item["id"] for item in answer["items"]), answer["total"]) == (expected, number)

    counted = matrix(query)
    column = counted.open_goal or MARGIN
    assert counted.counts.get((MARGIN, column), 0) == number
    shown = client.get("/api/v1/matrix", params).json()
    cells = {(cell["row"], cell["column"]): cell["entries"] for cell in shown["cells"]}
    assert cells == {cell: entries for cell, entries in counted.counts.items() if entries}

    assert sum(country_counts(query).counts.values()) == number
    page = client.get("/", params)
    on_map = sum(entries for entries in page.context["world_counts"].values()) + page.context["nowhere"]
    assert on_map == counted.total

    for facet in facets(query):
        for value, entries in facet.counts.items():
            changes = {facet.name: value}
            if facet.name == "year":
                changes = {"year_from": int(value), "year_to": int(value), "year": ""}
            left = replace(query, **changes).apply(Row.objects.all()).count()
            assert (facet.name, value, entries) == (facet.name, value, left)
        assert facet.least == frozenset()


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(params=FILTERS.map(usable))
def test_each_number_of_the_matrix_leads_to_so_many_entries(
    register: None, client: Client, params: dict[str, str]
) -> None:
    page = client.get("/", params)
    for row in [page.context["margin"], *page.context["rows"]]:
        for cell in row["cells"]:
            if cell["address"]:
                query = EntryQuery.from_params(QueryDict(cell["address"].partition("?")[2]))
                left = query.apply(Row.objects.all()).count()
                assert (cell["address"], left) == (cell["address"], cell["entries"])


def test_every_parameter_is_walked() -> None:
    assert set(VALUES) == {item.name for item in fields(EntryQuery)} - {"problems"}


@pytest.mark.django_db
def test_more_entries_than_are_counted_are_said_to_be_more(
    register: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_FOUND", 10)
    monkeypatch.setattr(selection, "FEW", 5)
    query = EntryQuery(q="school")
    page = entry_page(query)
    assert (page.total, page.capped) == (10, True)
    counted = matrix(query)
    assert (counted.total, counted.capped) == (10, True)
    assert client.get("/api/v1/matrix?q=school").json()["capped"] is True
    assert "More than \u206610\u2069 entries pass this filter." in client.get("/?q=school").text
    assert all(set(facet.counts) == facet.least for facet in facets(query))
    assert "10\u2069+" in client.get("/entries/?q=school").text
    # Narrowed to a few, the count is exact again, and what lies beyond the other filters is not known.
    few = EntryQuery(q="school", country="FRA", year_to=2012)
    assert (entry_page(few).total, entry_page(few).capped) == (len(passing(few)), False)
    least = {facet.name for facet in facets(few) if facet.least}
    assert least == {"country", "year"}
    # Without a search every count is exact, however large.
    assert all(facet.least == frozenset() for facet in facets(EntryQuery()))


def passing(query: EntryQuery) -> list[int]:
    return list(query.apply(Row.objects.all()).values_list("pk", flat=True))
