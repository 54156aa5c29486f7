"""Resources with properties, as Turtle and JSON-LD: what the vocabularies we write (SKOS, DCAT) have in common."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES, Text

PREFIXES: Final[Mapping[str, str]] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
}
_IN_TURTLE: Final = re.compile(r'[\\"\n\r\t\x00-\x1f]')
# What an address cannot hold as it stands.
_NOT_IN_ADDRESS: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, with its language or its type ('xsd:date') or without."""

    text: str
    language: str = ""
    type: str = ""


# A subject with its properties: 'skos:prefLabel' to texts and addresses; an address with a prefix is written so.
Value = Literal | str
Resource = tuple[str, Mapping[str, tuple[Value, ...]]]


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
            "@id": _address(subject),
            **{name: [_in_json(value) for value in values] for name, values in properties.items() if values},
        }
        for subject, properties in resources
    ]
    return json.dumps({"@context": dict(PREFIXES), "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def texts_of(text: Text) -> tuple[Value, ...]:
    """A text in all its languages."""
    return tuple(Literal(text.by_language[language], language) for language in text)


def note_of(text: str) -> tuple[Value, ...]:
    """An English remark, or nothing."""
    return (Literal(text, "en"),) if text else ()


def _in_turtle(value: Value) -> str:
    if isinstance(value, str):
        prefix, colon, _ = value.partition(":")
        return value if colon and prefix in PREFIXES else f"<{_address(value)}>"
    text = _IN_TURTLE.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), value.text)
    return (
        f'"{text}"'
        + (f"@{value.language}" if value.language else "")
        + (f"^^{value.type}" if value.type else "")
    )


def _in_json(value: Value) -> dict[str, str]:
    if isinstance(value, str):
        return {"@id": _address(value)}
    return {
        "@value": value.text,
        **({"@language": value.language} if value.language else {}),
        **({"@type": value.type} if value.type else {}),
    }


def _address(value: str) -> str:
    return _NOT_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", value)


def graph_of(text: str | bytes, name: str) -> list[dict[str, Any]]:
    """The resources of a document as `json_ld` writes it.

    Raises:
        InputError: no JSON, or no list of resources.
    """
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


def addresses(resource: Mapping[str, Any], name: str) -> list[str]:
    """The addresses a property has."""
    return [one["@id"] for one in _values(resource, name, "@id")]


def literal(resource: Mapping[str, Any], name: str) -> str:
    """The first text a property has, or ''."""
    return next((one["@value"] for one in _values(resource, name, "@value")), "")


def text_by_language(resource: Mapping[str, Any], name: str) -> Text:
    """The text a property has, by language."""
    found = _values(resource, name, "@value")
    return Text({one["@language"]: one["@value"] for one in found if one.get("@language") in LANGUAGES})
