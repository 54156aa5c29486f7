"""The export as JSON-LD: projects in the words of schema.org, their goals, targets and lines as SKOS concepts.

Goals and targets stand under the addresses the United Nations gives them (http://metadata.un.org/sdg/9.c), so that
another register's data on the same target meet these.
"""

import json
from collections.abc import Iterator
from typing import Any

from actionlines_web.stocktaking.queries import ExportedEntry, Words
from actionlines_web.stocktaking.queries.rows import ExportedLink

CONTEXT = {
    "@vocab": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "subjects": {"@id": "dcterms:subject"},
    "notation": {"@id": "skos:notation"},
    "prefLabel": {"@id": "skos:prefLabel"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
}
_SCHEMES = {"sdg": "http://metadata.un.org/sdg"}


def parts(chunks: Iterator[list[ExportedEntry]], words: Words) -> Iterator[bytes]:
    """One document: the context, then the projects of each chunk."""
    yield f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n'.encode()
    before = ""
    for chunk in chunks:
        projects = [json.dumps(project(entry, words), ensure_ascii=False) for entry in chunk]
        yield (before + ",\n".join(projects)).encode()
        before = ",\n"
    yield b"\n]}\n"


def project(entry: ExportedEntry, words: Words) -> dict[str, Any]:
    """An entry as a schema.org Project described by a CreativeWork, the entry itself."""
    address = words.entry_address(entry.identifier)
    described = {
        "@id": address,
        "@type": "CreativeWork",
        "inLanguage": entry.language,
        "dateModified": entry.changed_at.isoformat(),
        "isBasedOn": entry.source,
    }
    found = {
        "@id": f"{address}#project",
        "@type": "Project",
        "identifier": entry.identifier,
        "name": _said(entry.title, entry.language),
        "description": _said(entry.description, entry.language),
        "url": entry.website,
        "parentOrganization": {"@type": "Organization", "name": entry.organisation}
        if entry.organisation
        else None,
        "areaServed": _country(entry, words),
        "foundingDate": entry.starts_on.isoformat() if entry.starts_on else str(entry.year or ""),
        "dissolutionDate": entry.ends_on.isoformat() if entry.ends_on else "",
        "subjects": [_concept(link, words) for link in entry.links],
        "additionalProperty": [_reason(link, words) for link in entry.links],
        "subjectOf": {name: value for name, value in described.items() if value},
    }
    return {name: value for name, value in found.items() if value}


def _said(text: str, language: str) -> dict[str, str] | str:
    return {"@value": text, "@language": language} if language else text


def _country(entry: ExportedEntry, words: Words) -> dict[str, Any] | None:
    if not entry.country:
        return None
    name = _said(words.countries.get(entry.country, entry.country), words.language)
    return {"@type": "Country", "identifier": entry.country, "name": name}


def _concept(link: ExportedLink, words: Words) -> dict[str, Any]:
    return {
        "@id": words.node_address(link.framework, link.node),
        "@type": "skos:Concept",
        "notation": link.node,
        "prefLabel": _said(words.nodes[link.framework, link.node], words.language),
        "inScheme": _SCHEMES.get(link.framework, f"{words.address}/frameworks/{link.framework}/"),
    }


def _reason(link: ExportedLink, words: Words) -> dict[str, Any]:
    """Why the project has this subject, and how likely a careful reader agrees (0 to 1)."""
    return {
        "@type": "PropertyValue",
        "propertyID": words.node_address(link.framework, link.node),
        "name": link.node,
        "measurementTechnique": link.basis,
        "value": link.probability,
        "minValue": 0,
        "maxValue": 1,
    }
