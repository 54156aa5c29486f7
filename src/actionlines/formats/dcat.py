"""A catalogue of data sets as DCAT 3 and, for search engines, as schema.org."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from actionlines.formats.rdf import (
    Literal,
    Resource,
    addresses,
    graph_of,
    literal,
    text_by_language,
    texts_of,
)
from actionlines.problems import InputError, Problem, marked
from actionlines.text import Text

_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_PLACE: Final = "http://publications.europa.eu/resource/authority/country/"


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file or an interface a data set is had from.

    Attributes:
        address: where it is downloaded.
        media_type: such as 'text/csv'.
        title: such as 'SDMX-CSV 2.0'.
    """

    address: str
    media_type: str
    title: str = ""


@dataclass(frozen=True)
class Dataset:
    """A data set.

    Attributes:
        address: its page, which names it.
        title, description: in the languages there are.
        licence: address of the licence.
        issued, modified: ISO dates, or ''.
        start, end: ISO dates of what the data speak of, or ''.
        places: ISO 3166-1 alpha-3.
        themes: addresses of concepts, such as http://metadata.un.org/sdg/9.c.
        keywords: words, in any language.
        distributions: in their order.
    """

    address: str
    title: Text
    description: Text
    licence: str
    issued: str = ""
    modified: str = ""
    start: str = ""
    end: str = ""
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    distributions: tuple[Distribution, ...] = ()


@dataclass(frozen=True)
class DataCatalogue:
    """A catalogue.

    Attributes:
        address: its page.
        title: in the languages there are.
        publisher: its name.
        datasets: in their order.
    """

    address: str
    title: Text
    publisher: str
    datasets: tuple[Dataset, ...]


def catalogue_resources(found: DataCatalogue) -> Iterator[Resource]:
    """The catalogue, its publisher, its data sets and their distributions, for `rdf.turtle` and `rdf.json_ld`."""
    publisher = f"{found.address}#publisher"
    yield (
        found.address,
        {
            "rdf:type": ("dcat:Catalog",),
            "dcterms:title": texts_of(found.title),
            "dcterms:publisher": (publisher,),
            "dcat:dataset": tuple(one.address for one in found.datasets),
        },
    )
    yield publisher, {"rdf:type": ("foaf:Agent",), "foaf:name": (Literal(found.publisher),)}
    for one in found.datasets:
        yield from _dataset(one, publisher)


def _dataset(one: Dataset, publisher: str) -> Iterator[Resource]:
    period = f"{one.address}#period" if one.start or one.end else ""
    files = tuple(
        (f"{one.address}#distribution-{place}", each) for place, each in enumerate(one.distributions, 1)
    )
    yield (
        one.address,
        {
            "rdf:type": ("dcat:Dataset",),
            "dcterms:title": texts_of(one.title),
            "dcterms:description": texts_of(one.description),
            "dcterms:publisher": (publisher,),
            "dcterms:license": (one.licence,) if one.licence else (),
            "dcterms:issued": _day(one.issued),
            "dcterms:modified": _day(one.modified),
            "dcterms:temporal": (period,) if period else (),
            "dcterms:spatial": tuple(_PLACE + place for place in one.places),
            "dcat:theme": one.themes,
            "dcat:keyword": tuple(map(Literal, one.keywords)),
            "dcat:landingPage": (one.address,),
            "dcat:distribution": tuple(address for address, _ in files),
        },
    )
    if period:
        ends = {"dcat:startDate": _day(one.start), "dcat:endDate": _day(one.end)}
        yield period, {"rdf:type": ("dcterms:PeriodOfTime",), **ends}
    for address, each in files:
        yield (
            address,
            {
                "rdf:type": ("dcat:Distribution",),
                "dcterms:title": (Literal(each.title),) if each.title else (),
                "dcat:downloadURL": (each.address,),
                "dcat:mediaType": (_MEDIA + each.media_type,),
            },
        )


def _day(text: str) -> tuple[Literal, ...]:
    return (Literal(text, type="xsd:date"),) if text else ()


def read_catalogue(text: str | bytes, name: str = "") -> DataCatalogue:
    """The catalogue of a JSON-LD document as `rdf.json_ld` writes it of `catalogue_resources`.

    Raises:
        InputError: no JSON-LD of that shape, no catalogue, or a data set it names that is not there.
    """
    resources = {str(one.get("@id")): one for one in graph_of(text, name)}
    found = next((one for one in resources.values() if "dcat:Catalog" in addresses(one, "rdf:type")), None)
    if found is None:
        raise InputError([Problem(marked("the document holds no catalogue of data sets."), file=name)])
    datasets = addresses(found, "dcat:dataset")
    missing = [address for address in datasets if address not in resources]
    if missing:
        template = marked("the data set %(address)s is not in the document.")
        raise InputError([Problem(template, {"address": address}, name) for address in missing])
    publisher = resources.get(next(iter(addresses(found, "dcterms:publisher")), ""), {})
    return DataCatalogue(
        str(found.get("@id")),
        text_by_language(found, "dcterms:title"),
        literal(publisher, "foaf:name"),
        tuple(_read_dataset(resources[address], resources) for address in datasets),
    )


def _read_dataset(one: Mapping[str, Any], resources: Mapping[str, Mapping[str, Any]]) -> Dataset:
    period = resources.get(next(iter(addresses(one, "dcterms:temporal")), ""), {})
    files = [resources.get(address, {}) for address in addresses(one, "dcat:distribution")]
    words = one.get("dcat:keyword")
    return Dataset(
        str(one.get("@id")),
        text_by_language(one, "dcterms:title"),
        text_by_language(one, "dcterms:description"),
        next(iter(addresses(one, "dcterms:license")), ""),
        literal(one, "dcterms:issued"),
        literal(one, "dcterms:modified"),
        literal(period, "dcat:startDate"),
        literal(period, "dcat:endDate"),
        tuple(address.removeprefix(_PLACE) for address in addresses(one, "dcterms:spatial")),
        tuple(addresses(one, "dcat:theme")),
        tuple(str(word.get("@value")) for word in words if isinstance(word, dict))
        if isinstance(words, list)
        else (),
        tuple(
            Distribution(
                next(iter(addresses(file, "dcat:downloadURL")), ""),
                next(iter(addresses(file, "dcat:mediaType")), "").removeprefix(_MEDIA),
                literal(file, "dcterms:title"),
            )
            for file in files
        ),
    )


def schema_org(dataset: Dataset, publisher: str, language: str) -> str:
    """A data set as schema.org describes it, in one language, for a page's `application/ld+json`.

    `<` is written as an escape, so that no text can end the element it stands in.
    """
    period = f"{dataset.start or '..'}/{dataset.end or '..'}" if dataset.start or dataset.end else ""
    said: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset.address,
        "url": dataset.address,
        "name": dataset.title.get(language),
        "description": dataset.description.get(language),
        "inLanguage": dataset.title.language(language),
        "license": dataset.licence,
        "datePublished": dataset.issued,
        "dateModified": dataset.modified,
        "temporalCoverage": period,
        "spatialCoverage": list(dataset.places),
        "about": list(dataset.themes),
        "keywords": list(dataset.keywords),
        "creator": {"@type": "Organization", "name": publisher},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": one.address,
                "encodingFormat": one.media_type,
                **({"name": one.title} if one.title else {}),
            }
            for one in dataset.distributions
        ],
    }
    plain = {name: value for name, value in said.items() if value not in ("", [])}
    return json.dumps(plain, ensure_ascii=False, indent=1).replace("<", "\\u003c")
