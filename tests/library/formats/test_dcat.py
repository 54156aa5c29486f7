"""Catalogues of data sets, read by rdflib, and back by ourselves."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.dcat import (
    DataCatalogue,
    Dataset,
    Distribution,
    catalogue_resources,
    read_catalogue,
    schema_org,
)
from actionlines.formats.rdf import json_ld, turtle
from actionlines.problems import InputError
from actionlines.text import LANGUAGES, Text

# rdflib warns of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
texts = st.dictionaries(st.sampled_from(LANGUAGES), words, min_size=1).map(Text)
INTERNET = Dataset(
    "https://example.org/series/i99H",
    Text({"en": "Individuals using the Internet", "fr": "Personnes utilisant Internet"}),
    Text({"en": "Share of people, </script> included"}),
    "https://creativecommons.org/licenses/by/4.0/",
    "2026-01-01",
    "2026-02-01",
    "2000-01-01",
    "2024-12-31",
    ("KGZ", "NAM"),
    ("http://metadata.un.org/sdg/17.8",),
    ("Internet",),
    (Distribution("https://example.org/i99H.csv", "text/csv", "SDMX-CSV 2.0"),),
)
CATALOGUE = DataCatalogue("https://example.org/data", Text({"en": "Data"}), "A register", (INTERNET,))


def test_catalogue_comes_back():
    assert read_catalogue(json_ld(catalogue_resources(CATALOGUE))) == CATALOGUE


@given(texts, texts, words, st.lists(words, max_size=3, unique=True).map(tuple))
def test_any_text_comes_back(title, description, publisher, keywords):
    one = Dataset("https://example.org/1", title, description, "", keywords=keywords)
    found = DataCatalogue("https://example.org/data", title, publisher, (one,))
    assert read_catalogue(json_ld(catalogue_resources(found))) == found


def test_rdflib_reads_the_same_from_turtle_and_json_ld():
    import rdflib
    from rdflib.namespace import DCAT, DCTERMS, XSD

    resources = list(catalogue_resources(CATALOGUE))
    first = rdflib.Graph().parse(data="".join(turtle(resources)), format="turtle")
    second = rdflib.Graph().parse(data=json_ld(resources), format="json-ld")
    assert set(first) == set(second)
    (file,) = first.objects(None, DCAT.downloadURL)
    assert str(file) == "https://example.org/i99H.csv"
    (day,) = first.objects(None, DCTERMS.modified)
    assert (str(day), day.datatype) == ("2026-02-01", XSD.date)


def test_search_engines_get_one_language_and_no_text_ends_the_element():
    said = schema_org(INTERNET, "A register", "fr")
    assert "</script" not in said
    found = json.loads(said)
    assert (found["name"], found["inLanguage"]) == ("Personnes utilisant Internet", "fr")
    assert found["description"] == "Share of people, </script> included"
    assert found["temporalCoverage"] == "2000-01-01/2024-12-31"
    assert found["distribution"][0]["contentUrl"] == "https://example.org/i99H.csv"


def test_data_set_that_is_not_there_is_named():
    document = json.loads(json_ld(catalogue_resources(CATALOGUE)))
    document["@graph"] = [one for one in document["@graph"] if one["@id"] != INTERNET.address]
    with pytest.raises(InputError, match=INTERNET.address):
        read_catalogue(json.dumps(document))


@given(
    st.recursive(
        st.none() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("@graph", "@id", "rdf:type", "dcat:dataset")), inner, max_size=3
            )
        ),
        max_leaves=12,
    )
)
def test_any_other_json_is_refused(value):
    with suppress(InputError):
        read_catalogue(json.dumps(value))
