"""Reading entries and the matrix."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Query, Router

from actionlines_web.api.problems import RefusedError
from actionlines_web.api.schema import (
    MISSING,
    REFUSED,
    EntryDetail,
    EntryPage,
    EntryParameters,
    Matrix,
    MatrixParameters,
    ProblemDocument,
)
from actionlines_web.stocktaking.queries import (
    EntryQuery,
    ExportedEntry,
    Words,
    archived_entry,
    entry_by_identifier,
    entry_page,
    entry_record,
    entry_version,
    evidence_of,
)
from actionlines_web.stocktaking.queries import matrix as counted_matrix
from actionlines_web.ui.language import library_language

router = Router(tags=["entries"])


@router.get("/entries", response={200: EntryPage, **REFUSED}, operation_id="listEntries")
def list_entries(
    request: HttpRequest, response: HttpResponse, parameters: Query[EntryParameters]
) -> dict[str, Any]:
    """The entries that pass the filter, the newest year first, page by page; a search shows its best matches first."""
    query = asked(request)
    page = entry_page(query, cursor=parameters.after or "", size=parameters.limit, whole=True)
    words = words_for(request)
    following = None
    if page.next:
        address = request.GET.copy()
        address["after"] = page.next
        following = request.build_absolute_uri(f"{request.path}?{address.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    return {
        "items": [entry_record(ExportedEntry.of(entry, query.tier), words) for entry in page.entries],
        "total": page.total,
        "capped": page.capped,
        "next": following,
    }


@router.get(
    "/entries/{identifier}",
    response={200: EntryDetail, 410: ProblemDocument, **MISSING},
    operation_id="getEntry",
)
def get_entry(request: HttpRequest, response: HttpResponse, identifier: str) -> dict[str, Any]:
    """One entry with every link and the passages that support it; its ETag is what If-Match of a change needs."""
    record, response["ETag"] = entry_detail(request, identifier)
    return record


@router.get("/matrix", response={200: Matrix, **REFUSED}, operation_id="getMatrix")
def get_matrix(request: HttpRequest, parameters: Query[MatrixParameters]) -> dict[str, Any]:
    """How many entries touch each action line (or outcome) and each goal, or each target of an opened goal."""
    counted = counted_matrix(asked(request))
    language = library_language()
    return {
        "rows": [{"code": node.code, "title": node.title.get(language)} for node in counted.rows],
        "columns": [{"code": node.code, "title": node.title.get(language)} for node in counted.columns],
        "cells": [
            {"row": row, "column": column, "entries": number}
            for (row, column), number in sorted(counted.counts.items())
            if number
        ],
        "total": counted.total,
        "capped": counted.capped,
        "open_goal": counted.open_goal or None,
    }


def asked(request: HttpRequest) -> EntryQuery:
    """The query object of the request.

    Raises:
        RefusedError: a parameter cannot be used; a program would not notice that it was left out.
    """
    query = EntryQuery.from_params(request.GET)
    if query.problems:
        raise RefusedError(422, gettext("Some parameters cannot be used."), query.problems)
    return query


def words_for(request: HttpRequest) -> Words:
    """The words of the reader's language."""
    return Words.of_reader(request.build_absolute_uri("/").rstrip("/"))


def entry_detail(request: HttpRequest, identifier: str) -> tuple[dict[str, Any], str]:
    """An entry as `EntryDetail`, and its entity tag; Http404 where there is none, RefusedError where it is archived."""
    found = entry_by_identifier(identifier) if "\x00" not in identifier else None
    if found is None:
        if "\x00" not in identifier and archived_entry(identifier) is not None:
            raise RefusedError(410, gettext("This entry was archived; it is no longer part of the register."))
        raise Http404
    record = entry_record(ExportedEntry.of(found, EntryQuery().tier), words_for(request))
    passages = evidence_of(found)
    for link in record["links"]:
        link["evidence"] = passages[link["framework"], link["node"]]
    return record, f'"{entry_version(found)}.{library_language()}"'
