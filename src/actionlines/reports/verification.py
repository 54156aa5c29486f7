"""Verifying a bundle: every figure counted anew from its data, and compared with figures.json and the report's files."""

import csv
import difflib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from actionlines.alignment.link import Basis
from actionlines.problems import InputError, Problem, marked
from actionlines.reports import bundle as written
from actionlines.reports import measured_bundle as measured
from actionlines.reports import measuring
from actionlines.reports.bundle import ENTRIES, FIGURES, LINKS, MANIFEST, NARRATIVE, PAPER, PARQUET, digest
from actionlines.reports.filters import Filters
from actionlines.reports.kinds import KINDS
from actionlines.reports.model import Report
from actionlines.reports.narrative import narrated, read_narrative
from actionlines.reports.paper import Paper, read_paper
from actionlines.reports.readback import Piece, read_back
from actionlines.reports.render import render
from actionlines.reports.sections.method import SOFTWARE
from actionlines.reports.tally import Counting

_MOST_BYTES: Final = 2 << 30
_MOST_NAMED: Final = 20  # differences of one file; more are counted
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
_LONGEST_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying found.

    Attributes:
        problems: every difference; none when the bundle is intact.
        figures, records: how many figures were counted anew, from how many records.
        files: report files whose text was compared.
        made_with, verified_with: the software that wrote the bundle, and this one.
    """

    problems: tuple[Problem, ...]
    figures: int = 0
    records: int = 0
    files: tuple[str, ...] = ()
    made_with: str = ""
    verified_with: str = SOFTWARE

    @property
    def intact(self) -> bool:
        """Whether the bundle is what its data give."""
        return not self.problems


def verify(path: Path) -> Verification:
    """Verify a bundle.

    Raises:
        InputError: the file is no bundle of a report, or too large.
    """
    members, damaged = _members(path)
    manifest = _manifest(members, path)
    problems = [*damaged, *_changed_files(members), *_changed_records(members, manifest)]
    made_with = str(manifest.get("method", {}).get("software", ""))
    try:
        report = _again(members, manifest)
    except InputError as error:
        return Verification((*problems, *error.problems), made_with=made_with)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Verification(
            (
                *problems,
                _said(marked("the report cannot be made again (%(reason)s)."), MANIFEST, reason=error),
            ),
            made_with=made_with,
        )
    problems += _figures(members, report, manifest)
    problems += _parquet(members)
    files = tuple(
        f"report.{form}" for form in written.REPORT_FORMATS if f"report.{form}" in manifest.get("reports", ())
    )
    for name in files:
        problems += _texts(name, members.get(name), report)
    records = len(written.records_of(*_data(members, manifest)))
    return Verification(tuple(problems), len(report.figures), records, files, made_with)


def _members(path: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of the zip that can be read, and what is wrong with the others."""
    found: dict[str, bytes] = {}
    problems = []
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
                raise InputError([_no_bundle(path, "too large")])
            for member in archive.infolist():
                if member.filename in found:
                    problems.append(_said(marked("the file stands twice in the bundle."), member.filename))
                try:
                    found[member.filename] = archive.read(member)
                except _UNREADABLE as error:
                    problems.append(
                        _said(marked("the file is damaged (%(reason)s)."), member.filename, reason=error)
                    )
    except _UNREADABLE as error:
        raise InputError([_no_bundle(path, getattr(error, "strerror", "") or str(error))]) from None
    return found, problems


def _manifest(members: Mapping[str, bytes], path: Path) -> dict[str, Any]:
    try:
        found = json.loads(members[MANIFEST])
        known = found["format"] == written.FORMAT and found["kind"] in (*KINDS, measuring.NAME)
    except (KeyError, TypeError, ValueError):
        known = False
    if not known:
        raise InputError([_no_bundle(path, "no manifest.json of one")])
    return dict(found)


def _no_bundle(path: Path, reason: str) -> Problem:
    return Problem(
        marked("the file is no bundle of a report (%(reason)s)."),
        {"reason": reason},
        file=str(path),
        expected=marked("a zip that `actionlines report … --bundle` has written."),
    )


def _said(template: str, file: str, column: str = "", **values: object) -> Problem:
    return Problem(template, {name: str(value) for name, value in values.items()}, file=file, column=column)


def _changed_files(members: Mapping[str, bytes]) -> Iterator[Problem]:
    lines = members.get(written.CHECKSUMS, b"").decode("utf-8", errors="replace").splitlines()
    sums = {name: value for value, _, name in (line.partition("  ") for line in lines)}
    for name in sorted(sums.keys() - members.keys()):
        yield _said(marked("the file is missing."), name)
    for name in sorted(members.keys() - sums.keys() - {written.CHECKSUMS}):
        yield _said(marked("the file is not in SHA256SUMS."), name)
    for name in sorted(sums.keys() & members.keys()):
        if digest(members[name]) != sums[name]:
            yield _said(marked("the file is not the one of SHA256SUMS."), name)


def _data_names(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The files whose rows the report counts."""
    return (measured.OBSERVATIONS,) if manifest["kind"] == measuring.NAME else (ENTRIES, LINKS)


def _data(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[bytes]:
    return [members[name] for name in _data_names(manifest)]


def _changed_records(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Problem]:
    """The records that are not those of the manifest, by name."""
    try:
        found = written.records_of(*_data(members, manifest))
    except (KeyError, ValueError) as error:
        yield _said(marked("the data cannot be read (%(reason)s)."), _data_names(manifest)[0], reason=error)
        return
    file = _data_names(manifest)[0]
    known = manifest.get("records")
    known = known if isinstance(known, dict) else {}
    for name in sorted(known.keys() - found.keys()):
        yield _said(marked("the record %(record)s is missing."), file, record=name)
    for name in sorted(found.keys() - known.keys()):
        yield _said(marked("the record %(record)s is not in the manifest."), file, record=name)
    for name in sorted(found.keys() & known.keys()):
        if found[name] != known[name]:
            yield _said(marked("the record %(record)s has changed."), file, record=name)


def _again(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Report:
    """The report, made again from the data of the bundle."""
    if manifest["kind"] == measuring.NAME:
        return measured.opened(members, manifest).report()
    filters = dict(manifest["filters"])
    counting = manifest["counting"]
    made = KINDS[manifest["kind"]].build(
        written.entries_of(members[ENTRIES]),
        written.links_of(members[LINKS]),
        language=manifest["language"],
        today=date.fromisoformat(manifest["date"]),
        filters=Filters(**filters | {"statuses": tuple(filters["statuses"])}),
        counting=Counting(tuple(map(Basis, counting["bases"])), counting["threshold"]),
        demonstration=manifest["demonstration"],
        paper=read_paper(members[PAPER], PAPER) if manifest["paper"] else Paper(),
    )
    if not manifest.get("narrative"):
        return made
    return narrated(made, read_narrative(members[NARRATIVE], NARRATIVE))


def _figures(members: Mapping[str, bytes], report: Report, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    """What figures.json says otherwise than the data give."""
    vintage = written.vintage_of(*_data(members, manifest))
    if manifest.get("vintage") != vintage:
        yield _said(
            marked("the data are not of the vintage %(vintage)s."), MANIFEST, vintage=manifest.get("vintage")
        )
    due = json.loads(json.dumps(written.figures_data(report, str(manifest.get("vintage")))))
    try:
        given = json.loads(members[FIGURES])["figures"]
    except (KeyError, TypeError, ValueError) as error:
        yield _said(marked("the figures cannot be read (%(reason)s)."), FIGURES, reason=error)
        return
    for name in sorted(due.keys() - given.keys()):
        yield _said(marked("the figure %(figure)s is missing."), FIGURES, figure=name)
    for name in sorted(given.keys() - due.keys()):
        yield _said(marked("the data give no figure %(figure)s."), FIGURES, figure=name)
    for name in sorted(due.keys() & given.keys()):
        yield from _figure(name, due[name], given[name])


def _figure(name: str, due: Mapping[str, Any], given: Any) -> Iterator[Problem]:
    given = given if isinstance(given, dict) else {}
    for key in sorted(due.keys() | given.keys()):
        if due.get(key) == given.get(key):
            continue
        if key == "records":
            said, counted = set(map(str, given.get(key) or ())), set(due.get(key) or ())
            yield _said(
                marked("the figure %(figure)s counts other records than the data give: %(records)s."),
                FIGURES,
                figure=name,
                records=", ".join(sorted(said ^ counted)[:_MOST_NAMED]) or "in another order",
            )
            continue
        yield _said(
            marked("the figure %(figure)s says %(key)s %(given)s; the data give %(due)s."),
            FIGURES,
            figure=name,
            key=key,
            given=given.get(key),
            due=due.get(key),
        )


def _parquet(members: Mapping[str, bytes]) -> Iterator[Problem]:
    """The rows of the parquet form that are not those of the csv; looked at where polars is installed."""
    if PARQUET not in members:
        return
    try:
        import polars
    except ModuleNotFoundError:
        return
    _, *rows = csv.reader(io.StringIO(members[ENTRIES].decode("utf-8"), newline=""))
    try:
        given = polars.read_parquet(io.BytesIO(members[PARQUET])).rows()
    except (polars.exceptions.PolarsError, OSError) as error:
        yield _said(marked("the file cannot be read (%(reason)s)."), PARQUET, reason=error)
        return
    changed = sorted({str(row[0]) for row in {*given} ^ {*map(tuple, rows)}})
    for name in changed[:_MOST_NAMED]:
        yield _said(marked("the record %(record)s has changed."), PARQUET, record=name)


def _texts(name: str, data: bytes | None, report: Report) -> Iterator[Problem]:
    """Where a report file shows another text than the report made again."""
    if data is None:
        yield _said(marked("the file is missing."), name)
        return
    form = name.rpartition(".")[2]
    again = render(report, form)
    if again == data:
        return
    try:
        given, due = read_back(data, form), read_back(again, form)
    except ValueError as error:
        yield _said(marked("the file cannot be read (%(reason)s)."), name, reason=error)
        return
    found = list(_differences(given, due))
    yield from (_difference(name, *pair) for pair in found[:_MOST_NAMED])
    if len(found) > _MOST_NAMED:
        yield _said(marked("%(count)s more places differ."), name, count=len(found) - _MOST_NAMED)


def _differences(given: Sequence[Piece], due: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Pairs of what stands and what is due, where they differ; '' stands for nothing."""
    start = next(
        (place for place, (a, b) in enumerate(zip(given, due, strict=False)) if a.text != b.text),
        min(len(given), len(due)),
    )
    end = 0
    while end < min(len(given), len(due)) - start and given[-1 - end].text == due[-1 - end].text:
        end += 1
    left, right = given[start : len(given) - end], due[start : len(due) - end]
    matcher = difflib.SequenceMatcher(
        None, [piece.text for piece in left], [piece.text for piece in right], autojunk=len(left) > 5_000
    )
    nothing = Piece("")
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        for place in range(max(b - a, d - c)):
            yield (
                left[a + place] if a + place < b else nothing,
                right[c + place] if c + place < d else nothing,
            )


def _difference(name: str, given: Piece, due: Piece) -> Problem:
    return _said(
        marked("“%(given)s” stands where “%(due)s” is due."),
        name,
        due.place or given.place,
        given=_cut(given.text),
        due=_cut(due.text),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
