"""An entry as plain data for programs: the line of an export, the item of the API."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from actionlines.stocktaking import LONG_TEXTS
from actionlines_web.stocktaking.queries.library import items
from actionlines_web.stocktaking.queries.rows import ExportedEntry
from actionlines_web.stocktaking.queries.words import Words


def entry_record(entry: ExportedEntry, words: Words) -> dict[str, Any]:
    """The entry with null where nothing is known, each code beside its name in the reader's language."""
    return {
        "id": entry.identifier,
        "address": words.entry_address(entry.identifier),
        "title": entry.title,
        "description": entry.description,
        "language": entry.language or None,
        "organisation": entry.organisation,
        "stakeholder_type": _named(entry.stakeholder_type, words.stakeholder_types),
        "partners": list(items(entry.partners)),
        "country": _named(entry.country, words.countries),
        "countries": [_named(code, words.countries) for code in entry.countries.split()],
        "region": _named(entry.region, words.regions),
        "coverage": _named(entry.coverage, words.coverages),
        "year": entry.year or None,
        "start": entry.starts_on.isoformat() if entry.starts_on else None,
        "end": entry.ends_on.isoformat() if entry.ends_on else None,
        "stage": _named(entry.stage, words.stages),
        "status": _named(entry.status, words.statuses),
        "links": [
            {
                "framework": link.framework,
                "node": link.node,
                "title": words.nodes[link.framework, link.node],
                "address": words.node_address(link.framework, link.node),
                "basis": link.basis,
                "probability": link.probability,
            }
            for link in entry.links
        ],
        **{name: getattr(entry, name) or None for name in LONG_TEXTS},
        "figures": list(items(entry.figures)),
        "translations": [asdict(item) for item in entry.translations],
        "website": entry.website or None,
        "source": entry.source or None,
        "demonstration": entry.demonstration,
        "created": entry.created_at and entry.created_at.isoformat(),
        "changed": entry.changed_at and entry.changed_at.isoformat(),
    }


def _named(code: str, names: Mapping[str, str]) -> dict[str, str] | None:
    return {"code": code, "name": names.get(code, code)} if code else None
