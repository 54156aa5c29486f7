"""Frameworks and crosswalks as SKOS, read by rdflib, and back by ourselves."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.rdf import json_ld, turtle
from actionlines.formats.skos import (
    crosswalk_resources,
    framework_resources,
    node_address,
    node_code,
    read_framework,
    read_links,
)
from actionlines.frameworks import Framework, Node, catalogue
from actionlines.problems import InputError
from actionlines.text import LANGUAGES, Text

# rdflib warns of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
FRAMEWORKS = sorted(catalogue().frameworks)
CROSSWALKS = sorted(catalogue().crosswalks)

titles = st.dictionaries(
    st.sampled_from(LANGUAGES), st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1
).map(Text)


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("9", "http://metadata.un.org/sdg/9"),
        ("9.c", "http://metadata.un.org/sdg/9.c"),
        ("9.c.1", "http://metadata.un.org/sdg/C090c01"),
        ("17.8.1", "http://metadata.un.org/sdg/C170801"),
        ("5.b.1", "http://metadata.un.org/sdg/C050b01"),
    ],
)
def test_nodes_of_the_sdgs_have_the_addresses_of_the_united_nations(code, address):
    assert node_address("sdg", code) == address
    assert node_code(address) == code


def test_every_code_comes_back_from_its_address():
    for framework in catalogue().frameworks.values():
        for node in framework.nodes:
            assert node_code(node_address(framework.code, node.code)) == node.code


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_framework_comes_back_from_json_ld(code):
    framework = catalogue().frameworks[code]
    found = read_framework(json_ld(framework_resources(framework)))
    plain = tuple(replace(node, official=False, official_in=()) for node in framework.nodes)
    assert found == replace(framework, nodes=plain)


@pytest.mark.parametrize("code", CROSSWALKS)
def test_links_come_back_from_json_ld(code):
    crosswalk = catalogue().crosswalks[code]
    found = read_links(json_ld(crosswalk_resources(crosswalk)))
    assert len(found) == len(set(found))
    assert set(found) == crosswalk.pairs


@given(titles, titles)
def test_any_text_comes_back(title, description):
    node = Node("wsis", "C1", "action line", None, 0, title, description=description)
    framework = Framework("wsis", "1", title, "source", "2026-01-01", "free", (node,))
    assert read_framework(json_ld(framework_resources(framework))) == framework


def graphs(resources):
    import rdflib

    resources = list(resources)
    return (
        rdflib.Graph().parse(data="".join(turtle(resources)), format="turtle"),
        rdflib.Graph().parse(data=json_ld(resources), format="json-ld"),
    )


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_rdflib_reads_the_same_from_turtle_and_json_ld(code):
    from rdflib import URIRef
    from rdflib.namespace import RDF, SKOS

    framework = catalogue().frameworks[code]
    first, second = graphs(framework_resources(framework))
    assert set(first) == set(second)
    assert len(set(first.subjects(RDF.type, SKOS.Concept))) == len(framework.nodes)
    node = framework.nodes[-1]
    labels = {
        label.language: str(label)
        for label in first.objects(URIRef(node_address(code, node.code)), SKOS.prefLabel)
    }
    assert labels == dict(node.title.by_language)


@pytest.mark.parametrize("code", CROSSWALKS)
def test_rdflib_reads_every_link(code):
    from rdflib.namespace import SKOS

    first, second = graphs(crosswalk_resources(catalogue().crosswalks[code]))
    assert set(first) == set(second)
    assert len(list(first.subject_objects(SKOS.relatedMatch))) == len(catalogue().crosswalks[code].pairs)


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_rdflib_reads_any_text_from_turtle(text):
    node = Node("wsis", "C1", "action line", None, 0, Text({"fr": text}))
    first, second = graphs(framework_resources(Framework("wsis", "1", Text(), "s", "", "", (node,))))
    assert set(first) == set(second)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("@graph", "@id", "rdf:type", "skos:notation", "x")), inner, max_size=3
            )
        ),
        max_leaves=12,
    )
)
def test_any_other_json_is_refused(value):
    for read in (read_framework, read_links):
        with suppress(InputError):
            read(json.dumps(value))


def test_text_that_is_no_json_is_refused():
    with pytest.raises(InputError, match="not JSON"):
        read_framework("@prefix skos: <x> .", "f.ttl")
