"""Reading the prizes: editions, and nominees with what is public of their result."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from actionlines_web.api.schema import MISSING, REFUSED
from actionlines_web.api.schema_prizes import PrizeEdition, PrizeNominee
from actionlines_web.prizes.queries.editions import category_titles, edition_by_slug, editions, rules_of
from actionlines_web.prizes.queries.results import is_announced, open_data
from actionlines_web.ui.language import library_language

router = Router(tags=["prizes"])


@router.get("/prizes", response={200: list[PrizeEdition], **REFUSED}, operation_id="listPrizeEditions")
def list_prize_editions(request: HttpRequest) -> list[dict[str, Any]]:
    """Every edition of the prizes with its dates and categories, the newest first."""
    now, language = timezone.now(), library_language()
    found = []
    for edition in editions():
        rules, titles = rules_of(edition), category_titles(edition, language)
        found.append(
            {
                "id": edition.slug,
                "year": edition.year,
                "name": edition.name,
                "phases": [
                    {"kind": phase.kind, "starts": phase.starts, "ends": phase.ends} for phase in rules.phases
                ],
                "categories": [
                    {"code": item.code, "line": item.line or None, "title": titles[item.code]}
                    for item in rules.categories
                ],
                "announced": edition.announced_at if is_announced(edition, now) else None,
            }
        )
    return found


@router.get(
    "/prizes/{edition}/nominees",
    response={200: list[PrizeNominee], **MISSING},
    operation_id="listPrizeNominees",
)
def list_prize_nominees(request: HttpRequest, edition: str) -> list[dict[str, Any]]:
    """The nominees of an edition; no number of votes before the result is published, no winner before the announcement."""
    found = edition_by_slug(edition)
    if found is None:
        raise Http404
    optional = ("organisation", "stakeholder_type", "country", "region", "entry")
    return [
        {**row, **{name: row[name] or None for name in optional}} for row in open_data(found, timezone.now())
    ]
