"""Frameworks and crosswalks as SKOS: written as Turtle and JSON-LD, read from the JSON-LD written here.

Goals, targets and indicators of the SDGs have the addresses of the United Nations (http://metadata.un.org/sdg/9.c);
nodes of other frameworks get an address below `base`, by default the urn `urn:actionlines:`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from actionlines.formats.rdf import (
    Literal,
    Resource,
    addresses,
    graph_of,
    literal,
    note_of,
    text_by_language,
    texts_of,
)
from actionlines.frameworks import Crosswalk, Framework, Node
from actionlines.problems import InputError, Problem, marked

SDG: Final = "http://metadata.un.org/sdg"
BASE: Final = "urn:actionlines:"
_KINDS: Final = {"goal": "sdgo:Goal", "target": "sdgo:Target", "indicator": "sdgo:Indicator"}
_INDICATOR: Final = re.compile(r"C(\d\d)(\d\d|0[a-z])(\d\d)")


def node_address(framework: str, code: str, base: str = BASE) -> str:
    """The address of a node: that of the United Nations for the SDGs ('9.c.1' is http://metadata.un.org/sdg/C090c01)."""
    if framework != "sdg":
        return f"{base}{framework}:{quote(code)}"
    parts = code.split(".")
    if len(parts) < 3:
        return f"{SDG}/{quote(code)}"
    return f"{SDG}/C{parts[0]:0>2}{parts[1]:0>2}{parts[2]:0>2}"


def framework_resources(framework: Framework, base: str = BASE) -> Iterator[Resource]:
    """The concept scheme and a concept for each node."""
    scheme = _scheme(framework.code, base)
    yield (
        scheme,
        {
            "rdf:type": ("skos:ConceptScheme",),
            "dcterms:identifier": (Literal(framework.code),),
            "dcterms:title": texts_of(framework.title),
            "owl:versionInfo": (Literal(framework.version),),
            "dcterms:source": (Literal(framework.source),),
            "dcterms:date": (Literal(framework.date),),
            "dcterms:license": (Literal(framework.licence),),
            "skos:note": note_of(framework.note),
            "skos:hasTopConcept": tuple(
                node_address(framework.code, one.code, base) for one in framework.roots
            ),
        },
    )
    for node in framework.nodes:
        above = node_address(framework.code, node.parent, base) if node.parent else ""
        yield (
            node_address(framework.code, node.code, base),
            {
                "rdf:type": ("skos:Concept", *((_KINDS[node.kind],) if node.kind in _KINDS else ())),
                "skos:inScheme": (scheme,),
                "skos:notation": (Literal(node.code),),
                "dcterms:type": (Literal(node.kind),),
                "skos:prefLabel": texts_of(node.title),
                "skos:definition": texts_of(node.description),
                "skos:note": note_of(node.note),
                "skos:broader": (above,) if above else (),
                "skos:topConceptOf": () if above else (scheme,),
                "skos:narrower": tuple(
                    node_address(framework.code, one.code, base) for one in framework.children(node.code)
                ),
            },
        )


def crosswalk_resources(crosswalk: Crosswalk, base: str = BASE) -> Iterator[Resource]:
    """A `skos:relatedMatch` for each link, and a statement with the reason where the link has one."""
    yield (
        _scheme(crosswalk.code, base),
        {
            "rdf:type": ("dcterms:Dataset",),
            "dcterms:identifier": (Literal(crosswalk.code),),
            "dcterms:source": (Literal(crosswalk.source),),
            "dcterms:date": (Literal(crosswalk.date),),
            "dcterms:license": (Literal(crosswalk.licence),),
            "owl:versionInfo": (Literal(crosswalk.version),),
        },
    )
    related: dict[str, dict[str, None]] = {}
    for link in crosswalk.links:
        source = node_address(crosswalk.source_framework, link.source, base)
        target = node_address(crosswalk.target_framework, link.target, base)
        related.setdefault(source, {})[target] = None
        if link.rationale:
            address = f"{_scheme(crosswalk.code, base)}:{quote(link.source)}:{quote(link.target)}"
            yield (
                address,
                {
                    "rdf:type": ("rdf:Statement",),
                    "rdf:subject": (source,),
                    "rdf:predicate": ("skos:relatedMatch",),
                    "rdf:object": (target,),
                    "skos:note": texts_of(link.rationale),
                },
            )
    for source, targets in related.items():
        yield source, {"skos:relatedMatch": tuple(targets)}


def read_framework(text: str | bytes, name: str = "") -> Framework:
    """The framework of a JSON-LD document as `json_ld` writes it.

    Raises:
        InputError: no JSON, no concept scheme, or a concept without notation, label or parent.
    """
    graph = graph_of(text, name)
    scheme = next((one for one in graph if "skos:ConceptScheme" in addresses(one, "rdf:type")), None)
    if scheme is None:
        raise InputError([Problem(marked("the document holds no concept scheme."), file=name)])
    code = literal(scheme, "dcterms:identifier")
    concepts = {str(one.get("@id")): one for one in graph if "skos:Concept" in addresses(one, "rdf:type")}
    nodes = tuple(_node(code, one, place, concepts, name) for place, one in enumerate(concepts.values()))
    return Framework(
        code,
        literal(scheme, "owl:versionInfo"),
        text_by_language(scheme, "dcterms:title"),
        literal(scheme, "dcterms:source"),
        literal(scheme, "dcterms:date"),
        literal(scheme, "dcterms:license"),
        nodes,
        literal(scheme, "skos:note"),
    )


def read_links(text: str | bytes, name: str = "") -> tuple[tuple[str, str], ...]:
    """The codes of the nodes that are related in a JSON-LD document, each pair once, in its order.

    Raises:
        InputError: no JSON-LD of the shape `json_ld` writes.
    """
    return tuple(
        (node_code(str(one.get("@id"))), node_code(target))
        for one in graph_of(text, name)
        for target in addresses(one, "skos:relatedMatch")
    )


def node_code(address: str) -> str:
    """The code of the node an address of `node_address` is of."""
    last = unquote(address.rpartition("/" if address.startswith(SDG) else ":")[2])
    match = _INDICATOR.fullmatch(last) if address.startswith(SDG) else None
    return ".".join(part.lstrip("0") for part in match.groups()) if match else last


def _scheme(code: str, base: str) -> str:
    return SDG if code == "sdg" else f"{base}{code}"


def _node(
    framework: str,
    concept: Mapping[str, Any],
    place: int,
    concepts: Mapping[str, Mapping[str, Any]],
    name: str,
) -> Node:
    code, title = literal(concept, "skos:notation"), text_by_language(concept, "skos:prefLabel")
    above = addresses(concept, "skos:broader")[:1]
    if not code or not title or (above and above[0] not in concepts):
        template = marked("the concept %(address)s has no notation, no label, or a parent that is not there.")
        raise InputError([Problem(template, {"address": concept.get("@id")}, name)])
    return Node(
        framework,
        code,
        literal(concept, "dcterms:type"),
        literal(concepts[above[0]], "skos:notation") if above else None,
        place,
        title,
        note=literal(concept, "skos:note"),
        description=text_by_language(concept, "skos:definition"),
    )
