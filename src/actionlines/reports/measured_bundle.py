"""The bundle of a measuring report: its observations in the place of entries and links."""

import csv
import dataclasses
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from actionlines.formats.tabular import csv_text
from actionlines.measurement.observation import Observation
from actionlines.problems import InputError, Problem, marked
from actionlines.reports import measuring
from actionlines.reports.bundle import NARRATIVE, REPORT_FORMATS, packed
from actionlines.reports.measuring import Measure, record_of
from actionlines.reports.model import Report
from actionlines.reports.narrative import narrated, read_narrative

OBSERVATIONS: Final = "data/observations.csv"
_FIELDS: Final = tuple(field.name for field in dataclasses.fields(Observation))


@dataclass
class MeasuredBundle:
    """What a bundle of a measuring report is made of.

    Attributes:
        language, made_on: of the report.
        given: the observations the report may be about.
        measure: which economies, which index.
        demonstration: whether the values are demonstration data.
        narrative: the toml text of what people wrote beside the counted parts, or b''.
    """

    language: str
    made_on: date
    given: Sequence[Observation]
    measure: Measure = field(default_factory=Measure)
    demonstration: bool = False
    narrative: bytes = b""

    @property
    def data(self) -> dict[str, bytes]:
        """The observations as csv, a row each, by the name of the file."""
        rows = ((record_of(item), *(str(getattr(item, name)) for name in _FIELDS)) for item in self.given)
        return {OBSERVATIONS: csv_text(("record", *_FIELDS), rows).encode()}

    def report(self) -> Report:
        """The report; InputError as `measuring.build`."""
        made = measuring.build(
            self.given,
            language=self.language,
            today=self.made_on,
            measure=self.measure,
            demonstration=self.demonstration,
        )
        return narrated(made, read_narrative(self.narrative, NARRATIVE)) if self.narrative else made

    def archive(
        self,
        report: Report,
        *,
        formats: Sequence[str] = REPORT_FORMATS,
        on_format: Callable[[str], None] = lambda _: None,
    ) -> bytes:
        """The zip, as `packed` makes it."""
        settings = {
            "measure": dataclasses.asdict(self.measure),
            "demonstration": self.demonstration,
            "narrative": bool(self.narrative),
        }
        beside = {NARRATIVE: self.narrative} if self.narrative else {}
        return packed(report, self.data, beside, settings, formats=formats, on_format=on_format)


def opened(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> MeasuredBundle:
    """What a bundle's files say it is made of; InputError where a row is no observation."""
    said = dict(manifest["measure"])
    return MeasuredBundle(
        manifest["language"],
        date.fromisoformat(manifest["date"]),
        list(_observations(members[OBSERVATIONS])),
        Measure(tuple(said["economies"]), said["edition"], said["year_to"]),
        manifest["demonstration"],
        members[NARRATIVE] if manifest["narrative"] else b"",
    )


def _observations(data: bytes) -> Iterator[Observation]:
    for number, row in enumerate(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")), start=2):
        try:
            values: dict[str, Any] = {name: row[name] for name in _FIELDS}
            values["value"] = Decimal(row["value"])
        except (KeyError, InvalidOperation, TypeError) as error:
            problem = Problem(
                marked("the row is no observation (%(reason)s)."),
                {"reason": str(error), "columns": ", ".join(_FIELDS)},
                file=OBSERVATIONS,
                row=number,
                expected=marked("the columns %(columns)s, as the bundle was written."),
            )
            raise InputError([problem]) from None
        yield Observation(**values)
