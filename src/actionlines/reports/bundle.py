"""The bundle of a report: its files, its figures, the data they count and checksums, in one zip anybody can verify.

`SHA256SUMS` names the digest of every other member (`sha256sum -c` reads it); `manifest.json` says how the report is
made again from the data, and the digest of each record, so that a change is found to the record.
"""

import csv
import dataclasses
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from actionlines.alignment.link import Basis, Direction, Link
from actionlines.formats.tabular import csv_text, read_entries
from actionlines.formats.tabular.writing import entry_table
from actionlines.problems import InputError, Problem, marked
from actionlines.reports.filters import Filters
from actionlines.reports.kinds import KINDS
from actionlines.reports.model import Figure, Report
from actionlines.reports.narrative import narrated, read_narrative
from actionlines.reports.paper import Paper, read_paper
from actionlines.reports.render import render
from actionlines.reports.tally import Counting
from actionlines.stocktaking.entry import Entry

FORMAT: Final = "actionlines report bundle 1"
MANIFEST, FIGURES, ENTRIES, LINKS, PAPER, NARRATIVE, CHECKSUMS = (
    *("manifest.json", "figures.json", "data/entries.csv", "data/links.csv", "data/paper.toml"),
    *("data/narrative.toml", "SHA256SUMS"),
)
PARQUET: Final = "data/entries.parquet"
REPORT_FORMATS: Final = ("html", "docx", "pdf", "xlsx")
_LINK_COLUMNS: Final = ("entry", "framework", "node", "basis", "probability", "source", "direction")
_DIGEST_SHOWN: Final = 16
# What a figure says beyond the record ids: kept in figures.json under the same names.
_FIELDS: Final = tuple(field.name for field in dataclasses.fields(Figure) if field.name != "id")


@dataclass
class Bundle:
    """What a bundle is made of: a kind of report, its settings and its data.

    The report is made of the data as the bundle's csv gives them back, so that whoever reads the csv counts the same.

    Attributes:
        kind: registry name of the kind of report.
        language, made_on: of the report.
        given: the entries the report may be about.
        links: their links by the entry's id; those of the model and the matrix with them.
        filters, counting: which entries and which links count.
        demonstration: whether the entries are demonstration data.
        paper: the toml text of a meeting paper, or b''.
        narrative: the toml text of what people wrote beside the counted parts, or b''.
    """

    kind: str
    language: str
    made_on: date
    given: Sequence[Entry]
    links: Mapping[str, Sequence[Link]]
    filters: Filters = field(default_factory=Filters)
    counting: Counting = field(default_factory=Counting)
    demonstration: bool = False
    paper: bytes = b""
    narrative: bytes = b""

    @cached_property
    def entries_csv(self) -> str:
        """The entries as csv."""
        return csv_text(*entry_table(self.given))

    @cached_property
    def links_csv(self) -> str:
        """The links as csv, a row each."""
        return csv_text(_LINK_COLUMNS, _link_rows(self.given, self.links))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries as their csv gives them back."""
        return entries_of(self.entries_csv.encode())

    def report(self) -> Report:
        """The report.

        Raises:
            InputError: as the kind's `build`; or an entry that a file cannot hold.
        """
        made = KINDS[self.kind].build(
            self.entries,
            links_of(self.links_csv.encode()),
            language=self.language,
            today=self.made_on,
            filters=self.filters,
            counting=self.counting,
            demonstration=self.demonstration,
            paper=read_paper(self.paper, PAPER) if self.paper else Paper(),
        )
        return narrated(made, read_narrative(self.narrative, NARRATIVE)) if self.narrative else made

    @property
    def data(self) -> dict[str, bytes]:
        """The files of data, by their names in the bundle."""
        return {ENTRIES: self.entries_csv.encode(), LINKS: self.links_csv.encode()}

    def archive(
        self,
        report: Report,
        *,
        formats: Sequence[str] = REPORT_FORMATS,
        on_format: Callable[[str], None] = lambda _: None,
    ) -> bytes:
        """The zip, as `packed` makes it."""
        beside = _parquet(self.entries_csv)
        if self.paper:
            beside[PAPER] = self.paper
        if self.narrative:
            beside[NARRATIVE] = self.narrative
        return packed(report, self.data, beside, self._settings(), formats=formats, on_format=on_format)

    def _settings(self) -> dict[str, Any]:
        return {
            "filters": dataclasses.asdict(self.filters),
            "counting": {
                "bases": [basis.value for basis in self.counting.bases],
                "threshold": self.counting.threshold,
            },
            "demonstration": self.demonstration,
            "paper": bool(self.paper),
            "narrative": bool(self.narrative),
        }


def packed(
    report: Report,
    data: Mapping[str, bytes],
    beside: Mapping[str, bytes],
    settings: Mapping[str, Any],
    *,
    formats: Sequence[str] = REPORT_FORMATS,
    on_format: Callable[[str], None] = lambda _: None,
) -> bytes:
    """The zip of a report, its members dated by it: the report in the formats, figures, data, manifest, checksums.

    Args:
        data: the files whose rows are counted, by their names; beside: further files.
        settings: what the manifest says of how the report is made again.
        on_format: called with each format before it is written: the work may take half a minute.
    """
    members: dict[str, bytes] = {}
    for form in formats:
        on_format(form)
        members[f"report.{form}"] = render(report, form)
    members |= {**data, **beside}
    vintage = vintage_of(*data.values())
    members[FIGURES] = figures_text(report, vintage)
    manifest = {
        "format": FORMAT,
        "kind": report.kind,
        "language": report.language,
        "date": report.made_on.isoformat(),
        **settings,
        "reports": [f"report.{form}" for form in formats],
        "vintage": vintage,
        "method": dict(report.method),
        "records": records_of(*data.values()),
    }
    members[MANIFEST] = _json(manifest)
    members[CHECKSUMS] = "".join(
        f"{digest(content)}  {name}\n" for name, content in sorted(members.items())
    ).encode()
    return _zipped(members, report.made_on)


def figures_text(report: Report, vintage: str) -> bytes:
    """figures.json: each figure by its id, one a line, with the data it counts and the frameworks it counts by."""
    data = figures_data(report, vintage)
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(figure, ensure_ascii=False, allow_nan=False)}"
        for name, figure in data.items()
    )
    return f'{{"figures": {{\n{lines}\n}}}}\n'.encode("utf-8", errors="replace")


def figures_data(report: Report, vintage: str) -> dict[str, dict[str, Any]]:
    """Each figure as plain data: value, label, query, records, counting, filters, vintage, frameworks."""
    filters, frameworks = report.method["filters"], report.method["frameworks"]
    return {
        name: {
            "value": figure.value,
            **{key: _plain(getattr(figure, key)) for key in _FIELDS if key != "value"},
            "filters": filters,
            "vintage": vintage,
            "frameworks": {code: frameworks[code] for code in ("sdg", "wsis")},
        }
        for name, figure in report.figures.items()
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def entries_of(data: bytes) -> tuple[Entry, ...]:
    """The entries of a bundle's csv; InputError where a row cannot be read."""
    if data.count(b"\n") <= 1:
        return ()
    found = read_entries(data, ENTRIES)
    if found.errors:
        raise InputError(found.errors)
    return tuple(found.entries)


def links_of(data: bytes) -> dict[str, list[Link]]:
    """The links of a bundle's csv by the entry's id; InputError names every row that is none."""
    found: dict[str, list[Link]] = {}
    problems = []
    for number, row in enumerate(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")), start=2):
        try:
            link = Link(
                row["framework"],
                row["node"],
                Basis(row["basis"]),
                float(row["probability"]),
                (),
                row["source"],
                Direction(row["direction"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            problems.append(_no_link(number, error))
            continue
        found.setdefault(row["entry"], []).append(link)
    if problems:
        raise InputError(problems)
    return found


def _no_link(number: int, error: Exception) -> Problem:
    return Problem(
        marked("the row is no link (%(reason)s)."),
        {"reason": str(error), "columns": ", ".join(_LINK_COLUMNS)},
        file=LINKS,
        row=number,
        expected=marked("the columns %(columns)s, as the bundle was written."),
    )


def _link_rows(entries: Sequence[Entry], links: Mapping[str, Sequence[Link]]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        for link in links.get(entry.id, ()):
            yield (
                *(entry.id, link.framework, link.node, link.basis.value),
                *(repr(link.probability), link.source, link.direction.value),
            )


def records_of(*files: bytes) -> dict[str, str]:
    """The digest of each record by its id, the first column of every csv file: an entry with its links, an observation."""
    rows: dict[str, list[list[str]]] = {}
    for data in files:
        table = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
        next(table, None)
        for row in table:
            rows.setdefault(row[0] if row else "", []).append(row)
    return {name: digest(_json(found))[:_DIGEST_SHOWN] for name, found in rows.items()}


def vintage_of(*files: bytes) -> str:
    """The name of a state of the data: the same for the same files."""
    return digest(b"".join(hashlib.sha256(data).digest() for data in files))[:_DIGEST_SHOWN]


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _parquet(table: str) -> dict[str, bytes]:
    """The entries as parquet, every column text, where polars is installed."""
    try:
        import polars
    except ModuleNotFoundError:
        return {}
    columns, *rows = csv.reader(io.StringIO(table, newline=""))
    file = io.BytesIO()
    polars.DataFrame(rows, schema=dict.fromkeys(columns, polars.String), orient="row").write_parquet(file)
    return {PARQUET: file.getvalue()}


def _zipped(members: Mapping[str, bytes], made_on: date) -> bytes:
    out = io.BytesIO()
    stamp = (max(made_on.year, 1980), made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _in_order(members):
            member = zipfile.ZipInfo(name, stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return out.getvalue()


def _in_order(members: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    """The manifest first: a reader knows from it what the file is."""
    return sorted(members.items(), key=lambda item: (item[0] != MANIFEST, item[0]))
