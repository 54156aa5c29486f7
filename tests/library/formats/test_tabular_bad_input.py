"""Every bad table gets a message that names file, row and column and says what was expected."""

import io
import zipfile

import openpyxl
import pytest

from actionlines.formats.tabular import inspection, read_entries, read_table
from actionlines.formats.tabular.table import MAX_BYTES
from actionlines.problems import InputError

HEADER = "id,title,description,country,year,start,status,action_line,sdgs,language,stakeholder_type,website\n"


def refusal(data, name="a.csv"):
    with pytest.raises(InputError) as refused:
        read_entries(data, name)
    return [str(problem) for problem in refused.value.problems]


def problems_of(row, header=HEADER):
    found = read_entries(
        (header + row + "\nsound,Title,Text" + "," * (header.count(",") - 2) + "\n").encode(), "a.csv"
    )
    assert [entry.id for entry in found.entries][-1:] == ["sound"], "the row beside it must not suffer"
    return [str(problem) for problem in found.problems]


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def test_wrong_encoding_names_line_and_byte():
    assert refusal("title,description\na,b\nCafé,c\n".encode("latin-1")) == [
        (
            "a.csv: the file is not UTF-8: line 3 holds the byte 0xE9 (byte 26 of the file). "
            "Expected: text saved as UTF-8 (in a spreadsheet: “CSV UTF-8”)."
        )
    ]


def test_utf_16_that_breaks_off_is_refused():
    assert refusal("title,description\na,b\n".encode("utf-16")[:-1])[0].startswith(
        "a.csv: the file begins like UTF-16 but is not"
    )


def test_utf_16_without_its_mark_is_refused():
    assert refusal("title,description\na,b\n".encode("utf-16-le"))[0].startswith(
        "a.csv: the file is not a text"
    )


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n"])
def test_empty_file_is_refused(data):
    assert refusal(data) == [
        "a.csv: the file is empty. Expected: a header row and below it one row per record."
    ]


def test_empty_workbook_is_refused():
    assert refusal(saved(openpyxl.Workbook()), "a.xlsx")[0].startswith("a.xlsx: the file is empty.")


def test_header_without_rows_is_refused():
    assert refusal(HEADER.encode()) == [
        "a.csv, row 1: the file holds a header and no row below it. Expected: one row per record below the header."
    ]


def test_missing_columns_are_named_with_what_was_found_and_what_may_be_meant():
    assert refusal(b"id,titel,notes\n1,a,b\n") == [
        (
            "a.csv, row 1, column title: the column “title” is missing. "
            "Expected: a column “title” (is “titel” meant?); found: id, titel, notes."
        ),
        (
            "a.csv, row 1, column description: the column “description” is missing. "
            "Expected: a column “description”; found: id, titel, notes."
        ),
    ]


def test_named_text_column_that_is_missing_is_refused():
    with pytest.raises(InputError, match=r"the column “body” is missing.*is “bodey” meant"):
        read_entries(b"id,bodey\n1,a\n", "a.csv", text_column="body")


def test_duplicate_columns_are_refused():
    assert refusal(b"title,description,Title\na,b,c\n") == [
        (
            "a.csv, row 1, column Title: the column “Title” stands there twice: it is column 1 and column 3. "
            "Expected: each column once."
        )
    ]


def test_two_columns_of_one_field_are_refused():
    assert refusal("title,description,título\na,b,c\n".encode()) == [
        (
            "a.csv, row 1, column título: the columns “title” and “título” both hold the field “title”. "
            "Expected: one column per field; rename or remove the other."
        )
    ]


def test_fifty_thousand_columns_are_refused():
    data = (",".join(f"c{number}" for number in range(50_000)) + "\n").encode()
    assert refusal(data) == ["a.csv, row 1: the header has 50000 columns. Expected: at most 200 columns."]


def test_too_many_and_too_few_cells_refuse_their_rows_only():
    found = read_entries(b"title,description\na,b,c\nd\ne,f\n", "a.csv")
    assert [entry.title for entry in found.entries] == ["e"]
    assert [(problem.row, problem.message) for problem in found.problems] == [
        (2, "the row has another number of cells (3) than the header (2)."),
        (3, "the row has another number of cells (1) than the header (2)."),
    ]


def test_overlong_cell_refuses_its_row_only():
    found = read_entries(f"title,description\nx,{'a' * 40_000}\ny,z\n".encode(), "a.csv")
    assert [entry.title for entry in found.entries] == ["y"]
    assert [str(problem) for problem in found.problems] == [
        "a.csv, row 2, column description: the cell holds 40000 characters. Expected: at most 32767 characters."
    ]


def test_quotation_mark_never_closed_is_told_at_its_row():
    found = read_entries(b'title,description\na,b\nq,"open\nx,y\n', "a.csv")
    assert [entry.title for entry in found.entries] == ["a"]
    assert [(problem.row, problem.message) for problem in found.problems] == [
        (3, "a quotation mark opened in this row is never closed; nothing behind it could be read.")
    ]


def test_text_behind_a_closed_quotation_refuses_its_row_only():
    found = read_entries(b'title,description\nq,"bad"x\nx,y\n', "a.csv")
    assert [entry.title for entry in found.entries] == ["x"]
    assert [problem.row for problem in found.problems] == [2]


def test_upload_of_200_mb_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(type(path), "open", lambda *_: pytest.fail("the file was opened"))
    assert refusal(path, "")[0] == (
        "huge.csv: the file has 200 MB. Expected: at most 100 MB; split it into several files."
    )
    assert MAX_BYTES == 100 * 1024 * 1024


def test_absent_file_is_refused(tmp_path):
    assert refusal(tmp_path / "none.csv", "") == ["none.csv: there is no such file."]


@pytest.mark.parametrize(
    ("start", "format_"), [(b"%PDF-1.7", "PDF"), (b"\x1f\x8b\x08", "gzip"), (b"PAR1", "Parquet")]
)
def test_other_formats_are_named(start, format_):
    assert refusal(start + b" and more") == [
        f"a.csv: the file is a {format_} file. Expected: a csv, xlsx, ods or xls file."
    ]


def bomb(monkeypatch):
    monkeypatch.setattr(inspection, "MAX_UNPACKED", 5 << 20)
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": bytes(6 << 20)})


BOMB = (
    "a.xlsx: the workbook unpacks to more than 5 MB. "
    "Expected: a workbook of at most 5 MB when unpacked; split it, or save it as csv."
)


def test_zip_bomb_is_refused(monkeypatch):
    assert refusal(bomb(monkeypatch), "a.xlsx") == [BOMB]


def test_zip_bomb_whose_directory_lies_about_its_size_is_refused(monkeypatch):
    data = bytearray(bomb(monkeypatch))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(data), "a.xlsx") == [BOMB]


def test_sheet_that_reaches_to_the_last_cell_is_refused():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "title", "x"
    assert refusal(saved(book), "a.xlsx") == [
        (
            "a.xlsx: a sheet reaches to row 1048576 and column 16384. "
            "Expected: a table that begins at the top left; delete what stands far behind it."
        )
    ]


def ods(row):
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
                f'<table:table table:name="A">{row}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": (
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
        }
    )


CELL = '<table:table-cell office:value-type="string"{0}><text:p>{1}</text:p></table:table-cell>'


def test_ods_is_read():
    header = "".join(CELL.format("", name) for name in ("title", "description"))
    row = "".join(CELL.format("", text) for text in ("A", "B"))
    data = ods(f"<table:table-row>{header}</table:table-row><table:table-row>{row}</table:table-row>")
    assert [entry.text for entry in read_entries(data, "a.ods").entries] == ["A\n\nB"]


def test_ods_that_repeats_a_cell_beyond_measure_is_refused():
    cell = CELL.format(' table:number-columns-repeated="16384"', "x")
    data = ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')
    assert refusal(data, "a.ods")[0].startswith("a.ods: a sheet reaches to row 1048576 and column 16384.")


def with_part(name):
    book = openpyxl.Workbook()
    book.active.append(["title", "description"])
    book.active.append(["a", "b"])
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        return zipped({**{part: archive.read(part) for part in archive.namelist()}, name: b"x"})


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(part):
    assert refusal(with_part(part), "a.xlsm") == [
        "a.xlsm: the workbook holds macros. Expected: a workbook saved without macros, as .xlsx."
    ]


def test_encrypted_workbook_is_refused():
    data = inspection.OLE_MAGIC + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(data, "a.xlsx") == [
        "a.xlsx: the workbook is encrypted. Expected: a workbook saved without a password."
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more", inspection.OLE_MAGIC + bytes(600)])
def test_damaged_workbook_is_refused(data):
    assert refusal(data, "a.xlsx")[0].startswith("a.xlsx: the workbook is damaged (")


def test_cut_off_workbook_is_refused():
    assert refusal(with_part("x")[:-200], "a.xlsx")[0].startswith("a.xlsx: the workbook is damaged (")


def test_archive_of_another_kind_is_refused():
    assert refusal(zipped({"word/document.xml": "<w/>"}), "a.docx") == [
        "a.docx: the file is an archive, but not a spreadsheet. Expected: a csv, xlsx, ods or xls file."
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "1,T,D,Frnce,,,,,,,,",
            "column country: “Frnce” is not a country. Expected: a country's ISO code or name; near: France, ",
        ),
        (
            "1,T,D,,20x8,,,,,,,",
            "column year: “20x8” is not a year. Expected: a year from 1970 to 2050, in four digits.",
        ),
        (
            "1,T,D,,1802,,,,,,,",
            "column year: the year 1802 is out of range. Expected: a year from 1970 to 2050",
        ),
        (
            "1,T,D,,,31/02/2018,,,,,,",
            (
                "column start: “31/02/2018” is not a day: month 2 of 2018 has 28 days. "
                "Expected: a day such as 2018-02-28 or 28/02/2018."
            ),
        ),
        ("1,T,D,,,2018-13-01,,,,,,", "column start: “2018-13-01” is not a day: there is no month 13."),
        (
            "1,=1+1,D,,,,,,,,,",
            (
                "column title: the cell holds a formula: =1+1 Expected: the value itself; a text that begins with "
                "=, +, - or @ begins with an apostrophe in a csv file."
            ),
        ),
        (
            "1,<b>T</b>,D,,,,,,,,,",
            "column title: the text holds HTML: <b> Expected: plain text without tags.",
        ),
        ("1,T,<script>x</script>,,,,,,,,,", "column description: the text holds HTML: <script>"),
        (
            "1,T,D,,,,,C7-HEL,,,,",
            (
                "column action_line: “C7-HEL” is not an action line. Expected: codes such as C2 or C7-HEA, "
                "separated by semicolons; near: C7-HEA, "
            ),
        ),
        (
            "1,T,D,,,,,,9.z,,,",
            "column sdgs: “9.z” is not a goal or target of the SDGs. Expected: codes such as 9 or 9.c",
        ),
        ("1,T,D,,,,,,9.c.1,,,", "column sdgs: “9.c.1” is not a goal or target of the SDGs. "),
        (
            "1,T,D,,,,won?,,,,,",
            "column status: “won?” is not known. Expected: one of: entry, nominee, champion, winner",
        ),
        ("1,T,D,,,,,,,de,,", "column language: “de” is not known. Expected: one of: ar, en, es, fr, ru, zh."),
        (
            "1,T,D,,,,,,,,guild,",
            "column stakeholder_type: “guild” is not known. Expected: one of: government, ",
        ),
        (
            "1,T,D,,,,,,,,,javascript:x",
            "column website: “javascript:x” is not a web address. Expected: an address",
        ),
        ("1,,D,,,,,,,,,", "column title: the cell is empty. Expected: a text."),
        (
            f"1,{'T' * 301},D,,,,,,,,,",
            "column title: the text has 301 characters. Expected: at most 300 characters.",
        ),
        (
            "1,T\a,D,,,,,,,,,",
            "column title: the text holds a control character (U+0007). Expected: plain text.",
        ),
    ],
)
def test_bad_cell_is_told_with_row_column_and_what_was_expected(row, said):
    (problem,) = problems_of(row)
    assert problem.startswith(f"a.csv, row 2, {said}")


def test_every_fault_of_a_row_is_told():
    assert len(problems_of("1,<i>T</i>,D,Nowhere,1802,31/02/2018,,C12,18,xx,,")) == 7


def test_duplicate_id_is_told_with_the_first_row():
    found = read_entries(b"id,title,description\na,T,D\nb,U,E\na,V,F\n", "a.csv")
    assert [entry.title for entry in found.entries] == ["T", "U"]
    assert [str(problem) for problem in found.problems] == [
        "a.csv, row 4, column id: the id “a” stands in row 2 already. Expected: each id once."
    ]


def test_same_record_twice_without_ids_is_told():
    found = read_entries(b"title,description\nT,D\nT,E\n", "a.csv")
    assert [(problem.row, problem.message) for problem in found.problems] == [
        (3, "the same record (title and organisation) stands in row 2 already.")
    ]


def test_formula_in_a_workbook_is_told():
    book = openpyxl.Workbook()
    book.active.append(["title", "description"])
    book.active.append(['=HYPERLINK("http://a.example")', "D"])
    found = read_entries(saved(book), "a.xlsx")
    assert found.entries == ()
    assert next(str(problem) for problem in found.problems).startswith(
        'a.xlsx, row 2, column title: the cell holds a formula: =HYPERLINK("http://a.example")'
    )


def test_target_kept_as_a_number_warns_of_what_it_may_have_been():
    book = openpyxl.Workbook()
    book.active.append(["title", "description", "targets"])
    book.active.append(["T", "D", 16.1])
    found = read_entries(saved(book), "a.xlsx")
    assert found.entries[0].targets == ("16.1",)
    assert [(problem.severity, problem.message) for problem in found.problems] == [
        ("warning", "16.1 is kept as a number: it may have been 16.10.")
    ]


def test_encoding_fault_far_down_stops_the_file():
    rows = b"".join(b"T%d,D\n" % number for number in range(20_000))
    table = read_table(b"title,description\n" + rows + b"\xe9,D\n", "a.csv")
    with pytest.raises(InputError, match="line 20002 holds the byte 0xE9"):
        list(table.rows)
