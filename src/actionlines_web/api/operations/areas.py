"""Reading economies, with their regions and groups."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from actionlines import frameworks
from actionlines_web.api.schema import MISSING, REFUSED, Area
from actionlines_web.ui.language import library_language

router = Router(tags=["areas"])


@router.get("/areas", response={200: list[Area], **REFUSED}, operation_id="listAreas")
def list_areas(request: HttpRequest) -> list[dict[str, Any]]:
    """Every economy, by its code."""
    return [_area(found) for found in frameworks.areas()]


@router.get("/areas/{iso3}", response={200: Area, **MISSING}, operation_id="getArea")
def get_area(request: HttpRequest, iso3: str) -> dict[str, Any]:
    """One economy."""
    try:
        return _area(frameworks.area(iso3))
    except KeyError:
        raise Http404 from None


def _area(found: frameworks.Area) -> dict[str, Any]:
    return {
        "iso3": found.iso3,
        "iso2": found.iso2,
        "m49": found.m49,
        "name": found.names.get(library_language()),
        "names": dict(found.names.by_language),
        "region": found.region(),
        "groups": list(found.groups()),
        "income": found.income(),
    }
