"""An entry as plain data for programs: the line of an export, the item of the API."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import actionlines
from actionlines.stocktaking import LONG_TEXTS
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries.filters import EntryQuery
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
                "accepted": link.accepted,
            }
            for link in entry.links
        ],
        **{name: getattr(entry, name) or None for name in LONG_TEXTS},
        "figures": list(items(entry.figures)),
        "translations": [asdict(item) for item in entry.translations],
        "story": words.story_address(entry.identifier) if entry.story else None,
        "website": entry.website or None,
        "source": entry.source or None,
        "demonstration": entry.demonstration,
        "created": entry.created_at and entry.created_at.isoformat(),
        "changed": entry.changed_at and entry.changed_at.isoformat(),
    }


def entry_version(entry: Entry) -> str:
    """What changes whenever anything of the entry does, in whatever language it is shown; also with the software."""
    row = ExportedEntry.of(entry, EntryQuery().tier)
    evidence = sorted((link.framework, link.node, link.evidence) for link in entry.links.all())
    said = json.dumps([actionlines.__version__, row, evidence], default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _named(code: str, names: Mapping[str, str]) -> dict[str, str] | None:
    return {"code": code, "name": names.get(code, code)} if code else None
