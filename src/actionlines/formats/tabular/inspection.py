"""A look through a workbook before it is opened: what it unpacks to, how far it reaches, macros, formulas.

calamine unpacks a sheet into memory whole, one slot for each cell of the rectangle that holds the data, and gives
a formula's last value in its place. So the archive is read through block by block first.
"""

import re
from collections.abc import Mapping
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from lxml import etree

from actionlines.problems import InputError, Problem, marked

MAX_UNPACKED: Final = 256 * 1024 * 1024  # bytes
MAX_AREA: Final = 20_000_000  # cells of the rectangle that holds a sheet's data

ZIP_MAGIC: Final = b"PK\x03\x04"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Formulas = Mapping[str, Mapping[tuple[int, int], str]]
"""Sheet name to (row from 1, column from 0) to the formula, beginning with '='."""

_BLOCK: Final = 1 << 20
# The reference of a cell that is not self-closing: one with content.
_FILLED: Final = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*?(?<!/)>")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_LONGEST_TAG: Final = 400
_ANY_SIZE: Final = 1 << 60
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODS_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "damaged": (
        marked("the workbook is damaged (%(detail)s)."),
        marked("a workbook that a spreadsheet opens; open it there and save it anew."),
    ),
    "encrypted": (marked("the workbook is encrypted."), marked("a workbook saved without a password.")),
    "macros": (marked("the workbook holds macros."), marked("a workbook saved without macros, as .xlsx.")),
    "bomb": (
        marked("the workbook unpacks to more than %(most)d MB."),
        marked("a workbook of at most %(most)d MB when unpacked; split it, or save it as csv."),
    ),
    "reach": (
        marked("a sheet reaches to row %(row)d and column %(column)d."),
        marked("a table that begins at the top left; delete what stands far behind it."),
    ),
    "archive": (
        marked("the file is an archive, but not a spreadsheet."),
        marked("a csv, xlsx, ods or xls file."),
    ),
}


def refused(reason: str, name: str, **values: object) -> InputError:
    """The error for a workbook that cannot be taken, for one of the reasons above."""
    template, expected = _REASONS[reason]
    return InputError([Problem(template, values, name, expected=expected)])


def inspect(file: BinaryIO, name: str) -> Formulas:
    """Look a workbook through.

    Raises:
        InputError: damaged, encrypted, with macros, unpacking to more than MAX_UNPACKED, reaching over MAX_AREA.
    """
    start = file.read(len(OLE_MAGIC))
    if start == OLE_MAGIC:
        _inspect_ole(start + file.read(), name)
        return {}
    try:
        with ZipFile(file) as archive:
            _check_kind(archive, name)
            left = MAX_UNPACKED
            formulas = set()
            for member in archive.infolist():
                size, has_formulas = _inspect_member(archive, member, left, name)
                left -= size
                if has_formulas:
                    formulas.add(member.filename)
            if "content.xml" in archive.namelist():
                _inspect_ods(archive, name)
            return _formulas(archive, formulas) if formulas else {}
    except (
        BadZipFile,
        EOFError,
        KeyError,
        NotImplementedError,
        OSError,
        ZlibError,
        etree.XMLSyntaxError,
    ) as error:
        raise refused("damaged", name, detail=str(error)) from None


def _inspect_ole(data: bytes, name: str) -> None:
    """An OLE file is an old xls, or the wrapping of an encrypted xlsx; its directory names its parts in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refused("encrypted", name)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise refused("macros", name)


def _check_kind(archive: ZipFile, name: str) -> None:
    parts = archive.namelist()
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise refused("encrypted", name)
    if any(
        part.endswith("vbaProject.bin") or part.startswith(("xl/macrosheets/", "Basic/")) for part in parts
    ):
        raise refused("macros", name)
    if "mimetype" in parts and "content.xml" in parts:
        with archive.open("mimetype") as kind:
            if kind.read(_LONGEST_TAG).startswith(_ODS):
                return
    if "xl/workbook.xml" not in parts:
        raise refused("archive", name)


def _inspect_member(archive: ZipFile, member: ZipInfo, left: int, name: str) -> tuple[int, bool]:
    """Unpack one member block by block and forget it; returns its true size, and whether it is a sheet with formulas."""
    is_sheet = _SHEET.fullmatch(member.filename) is not None
    # The directory's word on the size is not trusted: with this one, zipfile reads on to the end of the data.
    stated, member.file_size = member.file_size, _ANY_SIZE
    size, tail, has_formulas = 0, b"", False
    row = column = 1
    try:
        with archive.open(member) as unpacked:
            while block := unpacked.read(_BLOCK):
                size += len(block)
                if size > left:
                    raise refused("bomb", name, most=MAX_UNPACKED >> 20)
                if not is_sheet:
                    continue
                window = tail + block
                has_formulas = has_formulas or _FORMULA.search(window) is not None
                for letters, digits in _FILLED.findall(window):
                    row, column = max(row, int(digits)), max(column, _column_number(letters))
                if row * column > MAX_AREA:
                    raise refused("reach", name, row=row, column=column)
                tail = window[-_LONGEST_TAG:]
    finally:
        member.file_size = stated
    return size, has_formulas


def _column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _inspect_ods(archive: ZipFile, name: str) -> None:
    """An ods writes a run of equal cells or rows once, with a number; see where the runs lead to."""
    row = column = last = 0
    tags = tuple(f"{_ODS_TABLE}{tag}" for tag in ("table-cell", "covered-table-cell", "table-row", "table"))
    with archive.open("content.xml") as content:
        for _, element in etree.iterparse(content, tag=tags, resolve_entities=False, no_network=True):
            kind = element.tag.rpartition("}")[2]
            if kind == "table":
                row = 0
            elif kind == "table-row":
                row += int(element.get(f"{_ODS_TABLE}number-rows-repeated", "1"))
                if last and row * last > MAX_AREA:
                    raise refused("reach", name, row=row, column=last)
                column = last = 0
            else:
                column += int(element.get(f"{_ODS_TABLE}number-columns-repeated", "1"))
                if element.get(f"{_ODS_OFFICE}value-type") is not None:
                    last = column
                continue
            element.clear()


def _formulas(archive: ZipFile, sheets: set[str]) -> Formulas:
    """The formulas of these sheets."""
    return {
        name: _formulas_of(archive, part) for name, part in _sheet_parts(archive).items() if part in sheets
    }


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Sheet name to its member of the archive."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    parts = {}
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        parts[str(sheet.get("name"))] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _formulas_of(archive: ZipFile, part: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    with archive.open(part) as sheet:
        for _, cell in etree.iterparse(sheet, tag="{*}c", resolve_entities=False, no_network=True):
            formula = cell.find("{*}f")
            reference = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", cell.get("r") or "")
            if formula is not None and reference is not None:
                place = int(reference[2]), _column_number(reference[1].encode()) - 1
                found[place] = f"={formula.text or '…'}"
            cell.clear()
    return found
