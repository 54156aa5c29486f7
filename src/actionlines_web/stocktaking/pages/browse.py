"""The matrix, the list of entries, one entry."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from actionlines.alignment import Link, implied_links
from actionlines.frameworks import catalogue, region_names
from actionlines.stocktaking import Contact
from actionlines.text import fold
from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.stocktaking.exports import LARGE
from actionlines_web.stocktaking.models import EntryLink, Tier
from actionlines_web.stocktaking.pages.archive import archived_page
from actionlines_web.stocktaking.queries import (
    EntryQuery,
    Facet,
    Matrix,
    entry_by_identifier,
    entry_page,
    facets,
)
from actionlines_web.stocktaking.queries import matrix as count_matrix
from actionlines_web.stocktaking.queries.attachments import public_attachments
from actionlines_web.stocktaking.queries.contacts import contact_of
from actionlines_web.stocktaking.queries.facets import country_counts, years_and_countries
from actionlines_web.stocktaking.queries.filters import NONE
from actionlines_web.stocktaking.queries.library import items
from actionlines_web.stocktaking.queries.matrix import opening
from actionlines_web.stocktaking.queries.meant import meant
from actionlines_web.stocktaking.queries.permalinks import short
from actionlines_web.stocktaking.queries.revisions import has_history
from actionlines_web.stocktaking.queries.wording import (
    basis_labels,
    filter_label,
    filter_titles,
    filter_words,
)
from actionlines_web.stocktaking.reading import ORIGINAL, reading_of, told
from actionlines_web.stocktaking.rules import may_change, may_review, may_tend, moderates_entry, owns_entry
from actionlines_web.ui.language import country_name, library_language
from actionlines_web.ui.maps import country_map, world_map
from actionlines_web.ui.marks import marks, parted, words_of
from actionlines_web.ui.partial import render_page

# What the form of the matrix asks for; other filters stay in force beside it.
_IN_FORM = {"goal", "region", "country", "year_from", "year_to", "stakeholder", "basis", "framework"}
# Names of formats, the same in every language.
EXPORTS = (
    *(("csv", "CSV"), ("xlsx", "Excel (xlsx)"), ("jsonl", "JSON lines"), ("jsonld", "JSON-LD")),
    ("iati", "IATI (xml)"),
)


def matrix(request: HttpRequest) -> HttpResponse:
    """The home page: action lines × goals, one goal opened to its targets with `?goal=9`."""
    query = EntryQuery.from_params(request.GET)
    counted = count_matrix(query)
    years, countries = years_and_countries()
    context = {
        "query": query,
        "matrix": counted,
        "rows": [_matrix_row(query, counted, row.code) for row in counted.rows],
        "margin": _matrix_row(query, counted, "*"),
        "choices": _choices(countries),
        "years": years,
        "chosen": filter_words(query),
        "kept": {name: value for name, value in query.params().items() if name not in _IN_FORM},
        "short_address": _short_address(request, "matrix", query),
        "list_address": reverse("stocktaking:entries") + query.address(framework=""),
        **_world(query),
    }
    return render_page(request, "stocktaking/matrix.html", "stocktaking/_matrix.html", context)


def _world(query: EntryQuery) -> dict[str, Any]:
    """The world with a bubble for the entries of each country, and how many entries stand in none."""
    query, _ = opening(query)
    found = country_counts(query)
    counts = {code: number for code, number in found.counts.items() if code}
    entries_address = reverse("stocktaking:entries")
    address_of = query.addresses("country", framework="")
    links = {iso3: entries_address + address_of(iso3) for iso3 in counts}
    return {
        "world": world_map(counts, gettext("Entries by country"), links, library_language()),
        "world_counts": counts,
        "nowhere": found.counts.get("", 0),
        "nowhere_address": entries_address + query.address(country=NONE, framework=""),
    }


def _matrix_row(query: EntryQuery, counted: Matrix, row: str) -> dict[str, Any]:
    """One row as the template shows it: its node and cells with number, heat and the list they count."""
    framework = catalogue().frameworks[query.framework]
    tied = _tied_cells(query.framework)
    entries_address = reverse("stocktaking:entries")
    cells = []
    for column in ("*", *(column.code for column in counted.columns)):
        number = counted.counts.get((row, column), 0)
        address = _cell_address(query, row, column) if number else None
        cells.append(
            {
                "column": column,
                "entries": number,
                "tied": (row, column) in tied,
                "heat": counted.heat(row, column) if "*" not in (row, column) else 0,
                "address": entries_address + address if address is not None else "",
            }
        )
    return {"node": framework[row] if row != "*" else None, "cells": cells}


@cache
def _tied_cells(rows: str) -> frozenset[tuple[str, str]]:
    """(row, column) pairs that the official crosswalk links, a target also through its goal and a line through its sub-lines."""
    known = catalogue()
    lines = known.frameworks["wsis"]
    if rows != "wsis":
        return known.crosswalks[f"{rows}-sdg"].pairs
    pairs = set(known.crosswalks["wsis-sdg"].pairs)
    pairs |= {(line, target.split(".")[0]) for line, target in pairs}
    pairs |= {(above.code, target) for line, target in pairs for above in lines.ancestors(line)}
    return frozenset(pairs)


def _cell_address(query: EntryQuery, row: str, column: str) -> str | None:
    """The list of the entries a cell counts; None where it asks for two lines or goals at once, which no list can."""
    wanted: dict[str, Any] = {}
    if row != "*":
        wanted["line" if query.framework == "wsis" else "outcome"] = row
    if column != "*":
        wanted["target" if "." in column else "goal"] = column
    filters, _ = opening(query)
    # An outcome asked for with a goal is asked for on that goal, which is another thing than both.
    if query.outcome and column != "*" and row != query.outcome:
        return None
    if "outcome" in wanted and column == "*" and (query.goal or query.target):
        return None
    if any(getattr(filters, name) not in {"", value} for name, value in wanted.items()):
        return None
    return filters.address(framework="", **wanted)


def entries(request: HttpRequest) -> HttpResponse:
    """The list, with search and facets."""
    query = EntryQuery.from_params(request.GET)
    page = entry_page(query, cursor=request.GET.get("after", "")[:40])
    context = {
        "query": query,
        "page": page,
        "facets": [_facet(query, facet) for facet in facets(query)],
        "chosen": filter_words(query),
        "meant": meant(query) if query.q and not page.total else [],
        "short_address": _short_address(request, "list", query),
        "export_formats": EXPORTS,
        "is_large": page.total > LARGE,
        "kept_days": settings.EXPORT_DAYS,
        "next_address": query.address() + _cursor(query, page.next) if page.next else "",
        "previous_address": query.address() + _cursor(query, page.previous) if page.previous else "",
    }
    return render_page(request, "stocktaking/entries.html", "stocktaking/_entries.html", context)


def _short_address(request: HttpRequest, view: str, query: EntryQuery) -> str:
    """The whole short address of a filtered view."""
    parts = short(query)
    path = reverse("stocktaking:go", args=[view]) + parts
    return request.build_absolute_uri(path)


def _cursor(query: EntryQuery, cursor: str) -> str:
    return f"{'&' if query.params() else '?'}after={cursor}"


def _facet(query: EntryQuery, facet: Facet) -> dict[str, Any]:
    """A facet with labels and addresses, the fullest choices first (years: the newest first)."""
    chosen = {"year": str(query.year_from or "") if query.year_from == query.year_to else ""}.get(
        facet.name, getattr(query, facet.name, "")
    )
    choices = []
    off: dict[str, Any] = (
        {"year_from": None, "year_to": None, "year": ""} if facet.name == "year" else {facet.name: ""}
    )
    address_of = _each_year(query) if facet.name == "year" else query.addresses(facet.name)
    for value, entries_ in facet.counts.items():
        on = value == chosen
        address = query.address(**off) if on else address_of(value)
        choices.append(
            {
                "value": value,
                "label": filter_label(facet.name, value),
                "entries": entries_,
                "least": value in facet.least,
                "chosen": on,
                "address": address or "?",
            }
        )
    return {"name": facet.name, "title": filter_titles()[facet.name], "choices": choices, "chosen": chosen}


def _each_year(query: EntryQuery) -> Callable[[str], str]:
    return lambda value: query.address(year_from=value, year_to=value, year="")


def _choices(present: Sequence[str]) -> dict[str, Any]:
    """What the filter form offers; `present` are the countries of the register."""
    language = library_language()
    return {
        "regions": [(region, names.get(language)) for region, names in region_names().items()],
        "countries": sorted(((iso3, country_name(iso3)) for iso3 in present), key=lambda pair: fold(pair[1])),
        "stakeholders": list(stakeholder_labels().items()),
        "bases": list(basis_labels().items()),
        "frameworks": [
            (key, catalogue().frameworks[key].title.get(language)) for key in ("wsis", "itu-d-2020")
        ],
    }


def entry(request: HttpRequest, identifier: str) -> HttpResponse:
    """One entry with its links and their evidence in the text."""
    found = entry_by_identifier(identifier)
    if found is None:
        return archived_page(request, identifier)
    links = sorted(found.links.all(), key=lambda link: (link.tier, -link.probability))
    counted = [link for link in links if not link.is_setback]
    order = {
        code: place
        for fw in ("wsis", "sdg")
        for place, code in enumerate(n.code for n in catalogue().frameworks[fw].nodes)
    }
    spans, mark_of = marks(links)
    reading = reading_of(found, request.GET.get("text", ""), library_language())
    tended = may_tend(request.user, found)
    context = {
        "entry": found,
        "reading": reading,
        # The evidence stands in the original: beside a translation it is marked there, and led to.
        "evidence_address": f"?text={ORIGINAL}" if reading.translation else "",
        "told": told(found),
        "partners": items(found.partners),
        "countries": found.countries.split(),
        "tended": tended,
        "contact": contact_of(found) if tended else Contact(),
        "line_links": sorted(
            (link for link in counted if link.framework == "wsis"),
            key=lambda link: (link.tier, order[link.node]),
        ),
        "goal_links": sorted(
            (link for link in counted if link.framework == "sdg"),
            key=lambda link: order[link.node],
        ),
        "setbacks": sorted(
            (link for link in links if link.is_setback),
            key=lambda link: (link.framework != "wsis", order[link.node]),
        ),
        "implied_links": _suggestions(links, order),
        "evidence": words_of(f"{found.title}\n\n{found.description}", links, mark_of),
        **parted([] if reading.translation else spans, len(found.title)),
        "may_review": request.user.is_authenticated and may_review(cast("User", request.user), found),
        "owned": owns_entry(request.user, found),
        "moderated": moderates_entry(request.user, found),
        "attachments": public_attachments(found),
        "has_history": has_history(found),
        "may_tell": request.user.is_authenticated and request.user.has_perm("stories.tell_stories"),
        "may_change": may_change(request.user, found),
        "map": country_map(found.country, country_name(found.country)) if found.country else "",
    }
    return render(request, "stocktaking/entry.html", context)


def _suggestions(links: list[EntryLink], order: dict[str, int]) -> list[Link]:
    """What the matrix implies of the entry's declared, accepted and cited lines beyond its own links."""
    lines = [
        link.node
        for link in links
        if link.framework == "wsis"
        and not link.is_setback
        and (link.basis == "cited" or link.tier <= Tier.ACCEPTED)
    ]
    linked = {link.node for link in links if link.framework == "sdg"}
    suggested = {link.node: link for link in implied_links(lines) if link.node not in linked}
    return sorted(suggested.values(), key=lambda link: order[link.node])
