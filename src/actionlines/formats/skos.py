"""Frameworks and crosswalks as SKOS: written as Turtle and JSON-LD, read from the JSON-LD written here.

Goals, targets and indicators of the SDGs have the addresses of the United Nations (http://metadata.un.org/sdg/9.c);
nodes of other frameworks get an address below `base`, by default the urn `urn:actionlines:`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

from actionlines.frameworks import Crosswalk, Framework, Node
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES, Text

SDG: Final = "http://metadata.un.org/sdg"
BASE: Final = "urn:actionlines:"
PREFIXES: Final[Mapping[str, str]] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
}
_KINDS: Final = {"goal": "sdgo:Goal", "target": "sdgo:Target", "indicator": "sdgo:Indicator"}
_IN_TURTLE: Final = re.compile(r'[\\"\n\r\t\x00-\x1f]')
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_INDICATOR: Final = re.compile(r"C(\d\d)(\d\d|0[a-z])(\d\d)")


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, with its language or without."""

    text: str
    language: str = ""


# A subject with its properties: 'skos:prefLabel' to texts and addresses; an address with a prefix is written so.
Value = Literal | str
Resource = tuple[str, Mapping[str, tuple[Value, ...]]]


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
            "dcterms:title": _texts(framework.title),
            "owl:versionInfo": (Literal(framework.version),),
            "dcterms:source": (Literal(framework.source),),
            "dcterms:date": (Literal(framework.date),),
            "dcterms:license": (Literal(framework.licence),),
            "skos:note": _maybe(framework.note),
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
                "skos:prefLabel": _texts(node.title),
                "skos:definition": _texts(node.description),
                "skos:note": _maybe(node.note),
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
                    "skos:note": _texts(link.rationale),
                },
            )
    for source, targets in related.items():
        yield source, {"skos:relatedMatch": tuple(targets)}


def turtle(resources: Iterable[Resource]) -> Iterator[str]:
    """The resources as Turtle, one after the other."""
    yield "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in PREFIXES.items())
    for subject, properties in resources:
        lines = [
            f"    {name} {', '.join(map(_in_turtle, values))}"
            for name, values in properties.items()
            if any(values)
        ]
        yield f"\n{_in_turtle(subject)}\n" + " ;\n".join(lines) + " .\n"


def json_ld(resources: Iterable[Resource]) -> str:
    """The resources as one JSON-LD document."""
    graph = [
        {
            "@id": subject,
            **{name: [_in_json(value) for value in values] for name, values in properties.items() if values},
        }
        for subject, properties in resources
    ]
    return json.dumps({"@context": dict(PREFIXES), "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def read_framework(text: str | bytes, name: str = "") -> Framework:
    """The framework of a JSON-LD document as `json_ld` writes it.

    Raises:
        InputError: no JSON, no concept scheme, or a concept without notation, label or parent.
    """
    graph = _graph(text, name)
    scheme = next((one for one in graph if "skos:ConceptScheme" in _addresses(one, "rdf:type")), None)
    if scheme is None:
        raise InputError([Problem(marked("the document holds no concept scheme."), file=name)])
    code = _text(scheme, "dcterms:identifier")
    concepts = {str(one.get("@id")): one for one in graph if "skos:Concept" in _addresses(one, "rdf:type")}
    nodes = tuple(_node(code, one, place, concepts, name) for place, one in enumerate(concepts.values()))
    return Framework(
        code,
        _text(scheme, "owl:versionInfo"),
        _by_language(scheme, "dcterms:title"),
        _text(scheme, "dcterms:source"),
        _text(scheme, "dcterms:date"),
        _text(scheme, "dcterms:license"),
        nodes,
        _text(scheme, "skos:note"),
    )


def read_links(text: str | bytes, name: str = "") -> tuple[tuple[str, str], ...]:
    """The codes of the nodes that are related in a JSON-LD document, each pair once, in its order.

    Raises:
        InputError: no JSON-LD of the shape `json_ld` writes.
    """
    return tuple(
        (node_code(str(one.get("@id"))), node_code(target))
        for one in _graph(text, name)
        for target in _addresses(one, "skos:relatedMatch")
    )


def node_code(address: str) -> str:
    """The code of the node an address of `node_address` is of."""
    last = unquote(address.rpartition("/" if address.startswith(SDG) else ":")[2])
    match = _INDICATOR.fullmatch(last) if address.startswith(SDG) else None
    return ".".join(part.lstrip("0") for part in match.groups()) if match else last


def _scheme(code: str, base: str) -> str:
    return SDG if code == "sdg" else f"{base}{code}"


def _texts(text: Text) -> tuple[Value, ...]:
    return tuple(Literal(text.by_language[language], language) for language in text)


def _maybe(text: str) -> tuple[Value, ...]:
    return (Literal(text, "en"),) if text else ()


def _in_turtle(value: Value) -> str:
    if isinstance(value, str):
        prefix, colon, _ = value.partition(":")
        return value if colon and prefix in PREFIXES else f"<{value}>"
    text = _IN_TURTLE.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), value.text)
    return f'"{text}"' + (f"@{value.language}" if value.language else "")


def _in_json(value: Value) -> dict[str, str]:
    if isinstance(value, str):
        return {"@id": value}
    return {"@value": value.text, **({"@language": value.language} if value.language else {})}


def _graph(text: str | bytes, name: str) -> list[dict[str, Any]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError([Problem(marked("the document is not JSON."), file=name)]) from None
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list) or not all(isinstance(one, dict) for one in graph):
        template = marked("the document holds no @graph of resources.")
        raise InputError(
            [Problem(template, file=name, expected=marked("JSON-LD as this program writes it."))]
        )
    return graph


def _values(resource: Mapping[str, Any], name: str, key: str) -> list[dict[str, str]]:
    found = resource.get(name)
    return (
        [one for one in found if isinstance(one, dict) and isinstance(one.get(key), str)]
        if isinstance(found, list)
        else []
    )


def _addresses(resource: Mapping[str, Any], name: str) -> list[str]:
    return [one["@id"] for one in _values(resource, name, "@id")]


def _text(resource: Mapping[str, Any], name: str) -> str:
    return next((one["@value"] for one in _values(resource, name, "@value")), "")


def _by_language(resource: Mapping[str, Any], name: str) -> Text:
    found = _values(resource, name, "@value")
    return Text({one["@language"]: one["@value"] for one in found if one.get("@language") in LANGUAGES})


def _node(
    framework: str,
    concept: Mapping[str, Any],
    place: int,
    concepts: Mapping[str, Mapping[str, Any]],
    name: str,
) -> Node:
    code, title = _text(concept, "skos:notation"), _by_language(concept, "skos:prefLabel")
    above = _addresses(concept, "skos:broader")[:1]
    if not code or not title or (above and above[0] not in concepts):
        template = marked("the concept %(address)s has no notation, no label, or a parent that is not there.")
        raise InputError([Problem(template, {"address": concept.get("@id")}, name)])
    return Node(
        framework,
        code,
        _text(concept, "dcterms:type"),
        _text(concepts[above[0]], "skos:notation") if above else None,
        place,
        title,
        note=_text(concept, "skos:note"),
        description=_by_language(concept, "skos:definition"),
    )
