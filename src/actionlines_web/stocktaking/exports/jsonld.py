"""The export as JSON-LD: projects in the words of schema.org, their goals, targets and lines as SKOS concepts.

Goals and targets stand under the addresses the United Nations gives them (http://metadata.un.org/sdg/9.c), so that
another register's data on the same target meet these.
"""

import json
from collections.abc import Iterator
from typing import Any

from actionlines.stocktaking import LONG_TEXTS, Translation, figure_parts
from actionlines_web.stocktaking.queries import ExportedEntry, Words
from actionlines_web.stocktaking.queries.library import items
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
        "dateModified": entry.changed_at.isoformat() if entry.changed_at else "",
        "isBasedOn": entry.source,
        "workTranslation": [_translation(item) for item in entry.translations],
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
        "member": [{"@type": "Organization", "name": name} for name in items(entry.partners)],
        "areaServed": _countries(entry, words),
        "foundingDate": entry.starts_on.isoformat() if entry.starts_on else str(entry.year or ""),
        "dissolutionDate": entry.ends_on.isoformat() if entry.ends_on else "",
        "subjects": [_concept(link, words) for link in entry.links],
        "additionalProperty": [
            *_told(entry),
            *(_reason(link, words) for link in (*entry.links, *entry.setbacks)),
        ],
        "subjectOf": {name: value for name, value in described.items() if value},
    }
    return {name: value for name, value in found.items() if value}


def _said(text: str, language: str) -> dict[str, str] | str:
    return {"@value": text, "@language": language} if language else text


def _translation(translation: Translation) -> dict[str, Any]:
    """The entry in another language; `creditText` says whether a person or a machine translated it."""
    found = {
        "@type": "CreativeWork",
        "inLanguage": translation.language,
        "name": _said(translation.title, translation.language),
        "description": _said(translation.description, translation.language)
        if translation.description
        else "",
        "creditText": translation.made_by,
    }
    return {name: value for name, value in found.items() if value}


def _countries(entry: ExportedEntry, words: Words) -> list[dict[str, Any]]:
    """The lead country, then those beyond it."""
    return [
        {
            "@type": "Country",
            "identifier": code,
            "name": _said(words.countries.get(code, code), words.language),
        }
        for code in (*filter(None, [entry.country]), *entry.countries.split())
    ]


def _told(entry: ExportedEntry) -> Iterator[dict[str, Any]]:
    """What its owner tells under headings of the register, and each result in figures."""
    for name in ("coverage", "stage"):
        if value := getattr(entry, name):
            yield {"@type": "PropertyValue", "propertyID": name, "value": value}
    for name in LONG_TEXTS:
        if value := getattr(entry, name):
            yield {"@type": "PropertyValue", "propertyID": name, "value": _said(value, entry.language)}
    for figure in items(entry.figures):
        what, value = figure_parts(figure)
        named = {"name": what} if what else {}
        yield {"@type": "PropertyValue", "propertyID": "figures", **named, "value": value}


def _concept(link: ExportedLink, words: Words) -> dict[str, Any]:
    return {
        "@id": words.node_address(link.framework, link.node),
        "@type": "skos:Concept",
        "notation": link.node,
        "prefLabel": _said(words.nodes[link.framework, link.node], words.language),
        "inScheme": _SCHEMES.get(link.framework, f"{words.address}/frameworks/{link.framework}/"),
    }


def _reason(link: ExportedLink, words: Words) -> dict[str, Any]:
    """Why the project has this subject, how likely a careful reader agrees (0 to 1), and what it does for it.

    A setback ('works-against') has its reason here and is none of the project's subjects.
    """
    return {
        "@type": "PropertyValue",
        "propertyID": words.node_address(link.framework, link.node),
        "name": link.node,
        "measurementTechnique": link.reason,
        "valueReference": link.direction,
        "value": link.probability,
        "minValue": 0,
        "maxValue": 1,
    }
