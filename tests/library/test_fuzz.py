"""Every door through which a file comes in: damaged in any way it is read or refused in words, and nothing else.

A door is a command of the command line with a good file; the site's pages and operations call the same readers. Each
door gets files with bytes changed, lost, doubled or put in, and files of any bytes at all. How many is a matter of the
time there is: ACTIONLINES_FUZZ_EXAMPLES (a door), 20 by default.
"""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionlines.cli import main
from actionlines.formats.data_files import KINDS
from actionlines.formats.entry_files import ENTRY_FORMATS
from made_documents import docx_of, pdf_of

EXAMPLES: Final = int(os.environ.get("ACTIONLINES_FUZZ_EXAMPLES", "20"))
TABLE: Final = (
    "id,title,description,country,year,lines,targets,language\n"
    "1,Farm radio,Farmers learn of prices.,SEN,2015,C7-AGR,2.3,en\n"
    "2,École,“Une école”; pour tous,FRA,2016,C4;C8,4.1,fr\n"
)
ACTIVITIES: Final = (
    '<?xml version="1.0"?><iati-activities version="2.03"><iati-activity default-currency="USD" xml:lang="en">'
    "<iati-identifier>XX-1</iati-identifier><title><narrative>Wells</narrative></title>"
    '<description><narrative>Clean water &amp; wells.</narrative></description><activity-date type="2" iso-date="2015-01-02"/>'
    '<recipient-country code="KE"/><tag vocabulary="3" code="6.1"/></iati-activity></iati-activities>'
)
SDMX_ML: Final = (
    '<GenericData xmlns="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" '
    'xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"><DataSet><g:Series><g:SeriesKey>'
    '<g:Value id="AREA" value="004"/></g:SeriesKey><g:Obs><g:ObsDimension value="2015"/><g:ObsValue value="1.10"/></g:Obs>'
    "</g:Series></DataSet></GenericData>"
)
STATISTICS: Final = "iso3,year,users,price\nFRA,2024,83.25,2\nNAM,2025,64,\n"
SPECIFICATION: Final = (
    '[index]\ncode = "X"\n[[indicators]]\ncode = "users"\nparent = "X"\n[[steps]]\nstep = "aggregate"\n'
    'method = "arithmetic"\n'
)
WORDS: Final = ("Broadband for all schools by 2030 (SDG 9.c, WSIS C2).", "Outcome 1: more digital skills.")


def _zip(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return made.getvalue()


def _parquet() -> bytes:
    made = io.BytesIO()
    polars.DataFrame(
        {"iso3": ["FRA", "NAM"], "year": ["2024", "2025"], "value": ["004", "1.10"]}
    ).write_parquet(made)
    return made.getvalue()


def _workbook() -> bytes:
    made = io.BytesIO()
    polars.read_csv(TABLE.encode()).write_excel(made)
    return made.getvalue()


# Name: the words before the file, its ending, and a good file.
Door = tuple[tuple[str, ...], str, Callable[[], bytes]]
DOORS: Final[dict[str, Door]] = {
    "import table": (("import", "table"), ".csv", TABLE.encode),
    "import workbook": (("import", "auto"), ".xlsx", _workbook),
    "import projects": (("import", "projects"), ".csv", TABLE.encode),
    "import iati": (("import", "iati"), ".xml", ACTIVITIES.encode),
    "import auto": (("import", "auto"), ".xml", ACTIVITIES.encode),
    "import sdmx-ml": (("import", "sdmx-ml"), ".xml", SDMX_ML.encode),
    "import sdmx-csv": (
        ("import", "sdmx-csv"),
        ".csv",
        lambda: b"DATAFLOW,AREA,TIME_PERIOD,OBS_VALUE\nX:F(1.0),004,2015,1.10\n",
    ),
    "import hxl": (
        ("import", "hxl"),
        ".csv",
        lambda: b"Country,Value\n#country+code,#indicator+value\nFRA,3\n",
    ),
    "import open-sdg": (("import", "open-sdg"), ".csv", lambda: b"Year,Sex,Value\n2015,,1.5\n2015,F,2\n"),
    "import open-sdg-words": (
        ("import", "open-sdg-words"),
        ".yml",
        lambda: b"title: no\nlist:\n  - 004\n  - {a: 1}\n",
    ),
    "import parquet": (("import", "parquet"), ".parquet", _parquet),
    "import statistics": (("import", "statistics"), ".csv", STATISTICS.encode),
    "align text": (("align",), ".txt", lambda: "\n\n".join(WORDS).encode()),
    "align markdown": (("align",), ".md", lambda: f"# {WORDS[0]}\n\n- {WORDS[1]}\n".encode()),
    "align page": (("align",), ".html", lambda: f"<h1>{WORDS[0]}</h1><p>{WORDS[1]}&nbsp;<b>x".encode()),
    "align docx": (("align",), ".docx", lambda: docx_of(WORDS)),
    "align pdf": (("align",), ".pdf", lambda: pdf_of(WORDS)),
    "check": (("check", "--as", "ict-statistics"), ".csv", STATISTICS.encode),
    "cover": (("cover",), ".txt", lambda: "\n\n".join(WORDS).encode()),
    "report": (("report", "contribution"), ".csv", TABLE.encode),
    "report verify": (
        ("report", "verify"),
        ".zip",
        lambda: _zip(manifest__json='{"kind": "contribution"}', figures__json="[]"),
    ),
    "tally": (("tally",), ".zip", lambda: _zip(rules__toml="", log__jsonl="{}\n", result__json="{}")),
    "schedule": (
        ("schedule", "--limit", "1", "--quiet"),
        ".json",
        lambda: json.dumps({"sessions": [], "rooms": [], "slots": []}).encode(),
    ),
    "frameworks extract": (("frameworks", "extract"), ".txt", lambda: "\n\n".join(WORDS).encode()),
    "specification": (("index", "compute"), ".toml", SPECIFICATION.encode),
}
DAMAGE = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.sampled_from(("change", "lose", "double", "put")),
            st.one_of(
                st.binary(min_size=1, max_size=8),
                st.sampled_from(
                    (b"\x00", b"\xff\xfe", b"<!DOCTYPE x>", b"&a;", b'"', b"9" * 400, b"-1", b"\xed\xa0\x80")
                ),
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)


def damaged(good: bytes, damage: bytes | list[tuple[float, str, bytes]]) -> bytes:
    """The good file after what befell it."""
    if isinstance(damage, bytes):
        return damage
    for where, how, what in damage:
        place = int(where * len(good))
        if how == "change":
            good = good[:place] + what + good[place + len(what) :]
        elif how == "lose":
            good = good[:place] + good[place + 40 * len(what) :]
        elif how == "double":
            good = good[:place] + good[max(0, place - 60) : place] + good[place:]
        else:
            good = good[:place] + what + good[place:]
    return good


def test_every_format_has_a_door() -> None:
    formats = {words[1] for words, _, _ in DOORS.values() if words[0] == "import"}
    assert formats - {"auto"} == {*ENTRY_FORMATS, *KINDS}


@pytest.mark.parametrize("door", DOORS)
def test_a_damaged_file_is_read_or_refused_in_words(
    door: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, ending, made = DOORS[door]
    path, good = tmp_path / f"file{ending}", made()
    data = tmp_path / "data.csv"
    data.write_text(STATISTICS)
    behind = [str(data)] if words[0] == "index" else []

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(DAMAGE)
    def come_in(damage: bytes | list[tuple[float, str, bytes]]) -> None:
        path.write_bytes(damaged(good, damage))
        status = main([*words, str(path), *behind])
        said = capsys.readouterr()
        assert status in {0, 1, 2}
        if status == 2:
            assert "actionlines: " in said.err or "problems" in said.out

    come_in()
