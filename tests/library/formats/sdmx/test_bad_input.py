"""Files that are not what they should be: every fault is named with its place, and nothing else is raised."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.formats.sdmx import (
    faults_of,
    is_sdmx_csv,
    is_sdmx_ml,
    read_sdmx_csv,
    read_sdmx_ml,
    read_structures,
    sdg_structure,
)
from actionlines.problems import InputError

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
GENERIC = f"""<?xml version="1.0"?>
<m:GenericData xmlns:m="{SCHEMAS}/message" xmlns:g="{SCHEMAS}/data/generic" xmlns:c="{SCHEMAS}/common">
  <m:Header><m:ID>X</m:ID><m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD">
    <c:Structure><Ref agencyID="A" id="D" version="1.0"/></c:Structure></m:Structure></m:Header>
  <m:DataSet structureRef="S">
    <g:Group type="Sibling"><g:GroupKey><g:Value id="AREA" value="004"/></g:GroupKey>
      <g:Attributes><g:Value id="TITLE" value="Four"/></g:Attributes></g:Group>
    <g:Series><g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="AREA" value="004"/></g:SeriesKey>
      <g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="1.10"/></g:Obs></g:Series>
    <g:Series><g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="AREA" value="008"/></g:SeriesKey>
      <g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="NaN"/></g:Obs></g:Series>
  </m:DataSet>
</m:GenericData>"""
CSV = "STRUCTURE,STRUCTURE_ID,ACTION,AREA,TIME_PERIOD,OBS_VALUE\ndatastructure,A:D(1.0),I,004,2020,1.10\n"


def said(error):
    return [str(problem) for problem in error.value.problems]


def test_attributes_of_a_group_go_to_its_series():
    records = list(read_sdmx_ml(GENERIC.encode(), "g.xml").records)
    four = {"FREQ": "A", "AREA": "004", "TITLE": "Four", "TIME_PERIOD": "2020", "OBS_VALUE": "1.10"}
    assert records == [four, {"FREQ": "A", "AREA": "008", "TIME_PERIOD": "2020", "OBS_VALUE": "NaN"}]


def test_group_behind_its_series_is_told():
    start, end = GENERIC.index("    <g:Group"), GENERIC.index("    <g:Series")
    late = GENERIC[:start] + GENERIC[end:].replace("  </m:DataSet>", GENERIC[start:end] + "  </m:DataSet>")
    message = read_sdmx_ml(late.encode(), "g.xml")
    assert "TITLE" not in next(message.records)
    assert len(list(message.records)) == 1
    assert [problem.severity for problem in message.problems] == ["warning"]


def test_old_message_is_refused_with_its_version():
    old = GENERIC.replace("v2_1/message", "v2_0/message")
    with pytest.raises(InputError) as error:
        read_sdmx_ml(old.encode(), "old.xml")
    assert said(error) == [
        "old.xml, row 1: the message is SDMX-ML 2.0. Expected: version 2.1 or 3.0; agencies offer both beside older ones."
    ]


def test_document_type_is_refused():
    bomb = GENERIC.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY a "aa">]>\n', 1)
    for read in (read_sdmx_ml, read_structures):
        with pytest.raises(InputError, match="document type"):
            read(bomb.encode(), "bomb.xml")


def test_records_before_a_broken_place_are_given():
    broken = GENERIC[: GENERIC.index('"NaN"')]
    message = read_sdmx_ml(broken.encode(), "broken.xml")
    assert next(message.records)["AREA"] == "004"
    with pytest.raises(InputError, match="not XML here"):
        list(message.records)


def test_data_set_that_deletes_gives_nothing():
    deletes = GENERIC.replace('structureRef="S">', 'structureRef="S" action="Delete">')
    message = read_sdmx_ml(deletes.encode(), "d.xml")
    assert list(message.records) == []
    assert "asks to delete" in str(message.problems[0])


def test_row_of_another_width_is_told_and_left_out():
    message = read_sdmx_csv((CSV + "datastructure,A:D(1.0),I,008,2020\n").encode(), "w.csv")
    assert [record["AREA"] for record in message.records] == ["004"]
    assert [(one.row, one.values["found"]) for one in message.problems] == [(3, 5)]


def test_row_of_another_structure_and_row_that_deletes_are_left_out():
    more = "datastructure,A:OTHER(1.0),I,008,2020,2\ndatastructure,A:D(1.0),D,004,2020,\n"
    message = read_sdmx_csv((CSV + more).encode(), "w.csv")
    assert [record["OBS_VALUE"] for record in message.records] == ["1.10"]
    assert [one.row for one in message.problems] == [3, 4]


def test_codes_are_parted_from_labels_in_one_cell():
    text = (
        "STRUCTURE;STRUCTURE_ID;ACTION;SERIES_KEY;AREA: Area;TIME_PERIOD: Time;OBS_VALUE: Value\n"
        "dataflow;A:D(1.0): Données;M;NA;NA: Namibie;2014-01: 2014-01;12,4\n"
    )
    message = read_sdmx_csv(text.encode(), "l.csv")
    assert list(message.records) == [{"AREA": "NA", "TIME_PERIOD": "2014-01", "OBS_VALUE": "12.4"}]
    assert message.labels["AREA"] == {"NA": "Namibie"}
    assert (str(message.reference), message.kind) == ("A:D(1.0)", "dataflow")


def test_column_of_no_component_is_left_out_where_the_structure_is_known():
    text = "DATAFLOW,REF_AREA,COLOUR,OBS_VALUE\nIAEG-SDGs:SDG(1.8),004,red,1\n"
    message = read_sdmx_csv(text.encode(), "c.csv", structure=sdg_structure())
    assert list(message.records) == [{"REF_AREA": "004", "OBS_VALUE": "1"}]
    assert [one.column for one in message.problems] == ["COLOUR"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not begin as SDMX-CSV does"),
        ("a,b\n1,2\n", "does not begin as SDMX-CSV does"),
        ("DATAFLOW,AREA,AREA\n", "“AREA” stands there twice"),
        ("STRUCTURE,STRUCTURE_ID,ACTION\n", "no columns of data"),
    ],
)
def test_csv_that_is_none_is_refused(text, words):
    with pytest.raises(InputError, match=words):
        read_sdmx_csv(text.encode(), "x.csv")


def test_text_that_is_not_utf8_is_named_with_its_row():
    with pytest.raises(InputError, match="not UTF-8"):
        list(read_sdmx_csv(CSV.encode() + b"datastructure,A:D(1.0),I,\xff,2020,1\n", "x.csv").records)


def test_record_is_held_against_its_structure():
    structure = sdg_structure()
    wrong = {"SEX": "X", "OBS_VALUE": "1,5", "COLOUR": "red"}
    record = {**dict.fromkeys(structure.key, "_T"), "REPORTING_TYPE": "N", **wrong, "URBANISATION": "_T"}
    record.pop("AGE")
    assert [str(one) for one in faults_of(structure, record, "r.csv", 2)] == [
        "r.csv, row 2, column AGE: the dimension AGE has no value.",
        "r.csv, row 2, column SEX: “X” is not in the code list of SEX.",
        "r.csv, row 2, column OBS_VALUE: “1,5” is not a number.",
        "r.csv, row 2, column COLOUR: IAEG-SDGs:SDG(1.8) has no component COLOUR.",
    ]


def test_structure_has_fifteen_dimensions_and_the_period():
    assert len(sdg_structure().dimensions) == 15
    assert sdg_structure().key[-1] == "TIME_PERIOD"


def test_structure_message_gives_components_and_codes():
    text = f"""<m:Structure xmlns:m="{SCHEMAS}/message" xmlns:s="{SCHEMAS}/structure" xmlns:c="{SCHEMAS}/common">
      <m:Structures><s:Codelists><s:Codelist id="CL_AREA" agencyID="A" version="1.0">
        <s:Code id="004"><c:Name xml:lang="fr">Quatre</c:Name><c:Name xml:lang="en">Four</c:Name></s:Code>
      </s:Codelist></s:Codelists>
      <s:DataStructures><s:DataStructure id="D" agencyID="A" version="1.0"><s:DataStructureComponents>
        <s:DimensionList>
          <s:Dimension id="SEX" position="2"/>
          <s:Dimension position="1"><s:ConceptIdentity><Ref id="AREA"/></s:ConceptIdentity>
            <s:LocalRepresentation><s:Enumeration><Ref id="CL_AREA" agencyID="A"/></s:Enumeration></s:LocalRepresentation>
          </s:Dimension>
          <s:TimeDimension id="TIME_PERIOD"/></s:DimensionList>
        <s:AttributeList><s:Attribute id="UNIT"><s:AttributeRelationship><s:Dimension/></s:AttributeRelationship></s:Attribute>
        </s:AttributeList>
        <s:MeasureList><s:PrimaryMeasure id="OBS_VALUE"/></s:MeasureList>
      </s:DataStructureComponents></s:DataStructure></s:DataStructures></m:Structures></m:Structure>"""
    (found,) = read_structures(text.encode(), "s.xml")
    assert found.columns == ("AREA", "SEX", "TIME_PERIOD", "OBS_VALUE", "UNIT")
    assert found.dimensions[0].codes == {"004": "Four"}
    assert (found.measures[0].number, found.attributes[0].level) == (True, "series")


@pytest.mark.parametrize("read", [read_sdmx_csv, read_sdmx_ml, read_structures])
@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.tuples(st.integers(0, 900), st.binary(max_size=8))))
def test_damaged_file_raises_nothing_but_input_errors(read, given):
    """Random bytes, and a good file with a few bytes changed."""
    if isinstance(given, bytes):
        data = given
    else:
        place, bytes_ = given
        good = (CSV if read is read_sdmx_csv else GENERIC).encode()
        data = good[:place] + bytes_ + good[place + len(bytes_) :]
    # Any other exception fails the test.
    with suppress(InputError):
        found = read(data, "fuzz")
        if not isinstance(found, tuple):
            list(found.records)


@given(st.binary(max_size=200))
def test_recognising_never_fails(data):
    assert is_sdmx_csv(data) in (True, False)
    assert is_sdmx_ml(data) in (True, False)
