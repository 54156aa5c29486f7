"""The measuring report: SDG ICT indicators, an index with its intervals, profiles of economies; of observations.

It counts observations, not entries: a figure names the values it was taken from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from actionlines.frameworks.areas import area
from actionlines.frameworks.catalogue import catalogue
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import Series, find_series, series
from actionlines.problems import InputError, Problem, marked
from actionlines.reports.manuscript import Manuscript
from actionlines.reports.model import Cell, Figure, Report, Section
from actionlines.reports.outline import KEPT, RENDERER_LABELS, annexed
from actionlines.reports.sections import measured_index, measured_profiles, measured_series
from actionlines.reports.sections.method import SOFTWARE
from actionlines.reports.wording import Wording, wording

if TYPE_CHECKING:
    from actionlines.measurement.specification import Specification

NAME: Final = "measuring"
HELP: Final = "SDG ICT indicators, an index with intervals, profiles of economies"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measuring report is about.

    Attributes:
        economies: ISO 3166-1 alpha-3 of those whose profiles are shown, in this order.
        edition: name of the edition of an index ('idi-2017'), or '' for none.
        year_to: values of later years are left out; None for all.
    """

    economies: tuple[str, ...] = ()
    edition: str = ""
    year_to: int | None = None

    @property
    def query(self) -> dict[str, Any]:
        """The filter as plain data, without what is empty."""
        found = {"economies": list(self.economies), "edition": self.edition, "year_to": self.year_to}
        return {name: value for name, value in found.items() if value}


@dataclass
class Measured(Manuscript):
    """What the sections of a measuring report are written from.

    Attributes:
        observations: by record id, the newest vintage of each value.
        measure: what the report is about.
        words, made_on, demonstration, figures, numbers: as in any draft.
    """

    observations: Mapping[str, Observation]
    measure: Measure
    words: Wording
    made_on: date
    demonstration: bool = False
    figures: dict[str, Figure] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    @cached_property
    def latest(self) -> Mapping[tuple[str, str], tuple[str, Observation]]:
        """(series, economy) → record id and observation: the newest year's value of the whole, without breakdown."""
        found: dict[tuple[str, str], tuple[str, Observation]] = {}
        for name, item in self.observations.items():
            key = (item.series, item.economy)
            if not item.breakdown and (key not in found or item.period > found[key][1].period):
                found[key] = (name, item)
        return found

    @cached_property
    def by_series(self) -> Mapping[str, Mapping[str, tuple[str, Observation]]]:
        """Series → economy → record id and observation, as `latest`."""
        found: dict[str, dict[str, tuple[str, Observation]]] = {}
        for (code, economy), value in self.latest.items():
            found.setdefault(code, {})[economy] = value
        return found

    @cached_property
    def known(self) -> Sequence[Series]:
        """The series of the catalogue that have a value, in its order."""
        return [one for one in series() if one.code in self.by_series]

    @cached_property
    def specification(self) -> "Specification | None":
        """The edition of the index, None where none is asked for."""
        from actionlines.measurement.files.editions import edition

        return edition(self.measure.edition) if self.measure.edition else None

    @cached_property
    def index(self) -> "measured_index.Scores | None":
        """The index computed, None where none is asked for or no economy has a value of it."""
        return measured_index.scores(self.specification, self.by_series) if self.specification else None

    def economy(self, code: str) -> str:
        """The name of an economy in the report's language."""
        try:
            return area(code).names.get(self.words.language)
        except KeyError:
            return code

    def figure(
        self, identifier: str, label: str, value: float, counting: str, records: Sequence[str], **query: Any
    ) -> Figure:
        """Keep a figure of some observations."""
        query = self.measure.query | {name: given for name, given in query.items() if given}
        return self.keep(Figure(identifier, label, value, query, tuple(sorted(records)), counting))

    def shown(self, figure: Figure, text: str = "") -> Cell:
        """A table cell that shows a figure; 0 is a value like any other."""
        return Cell(text or self.words.number(figure.value), figure=figure.id)


def record_of(item: Observation) -> str:
    """The id of an observation in a report: 'i99H.SEN.2023', with the breakdown where there is one."""
    return ".".join(filter(None, (item.series, item.economy, item.period, item.breakdown)))


Part = Callable[[Measured, str], Section]
_PARTS: Final[tuple[tuple[Part, str], ...]] = (
    (measured_series.summary, "1"),
    (measured_series.sdg, "2"),
    (measured_index.index, "3"),
    (measured_profiles.profiles, "4"),
    (measured_series.method, "A"),
)


def build(
    observations: Sequence[Observation],
    *,
    language: str,
    today: date,
    measure: Measure | None = None,
    demonstration: bool = False,
) -> Report:
    """The measuring report over some observations.

    Args:
        observations: of any series; those the catalogue does not know are left out. Of a value that stands in several
            vintages the newest counts.
        language: one of the six.
        today: the day of the report.
        measure: which economies, which index; no profiles and no index where None.
        demonstration: whether the values are demonstration data, which every page then says.

    Raises:
        InputError: an unknown language, economy or edition, no value left, or an economy without any.
    """
    words = wording(NAME, language)
    measure = measure or Measure()
    draft = Measured(_newest(observations, measure), measure, words, today, demonstration)
    problems = list(_problems(draft))
    if problems:
        raise InputError(problems)
    parts = [(part, number) for part, number in _PARTS if _wanted(part, measure)]
    sections = tuple(annexed(part(draft, number), words) for part, number in _renumbered(parts))
    return Report(
        NAME,
        language,
        words.say("report.title"),
        words.say("report.subtitle"),
        sections,
        draft.figures,
        _method(draft),
        today,
        (
            words.say("cover.date", date=words.day(today)),
            words.say("cover.software", software=words.code(SOFTWARE)),
        ),
        words.say("report.demonstration") if demonstration else "",
        {name: words.say(f"label.{name}", **KEPT.get(name, {})) for name in RENDERER_LABELS}
        | {"separator": words.say("list.separator")},
    )


def _wanted(part: Part, measure: Measure) -> bool:
    if part is measured_index.index:
        return bool(measure.edition)
    return part is not measured_profiles.profiles or bool(measure.economies)


def _renumbered(parts: Sequence[tuple[Part, str]]) -> list[tuple[Part, str]]:
    body = [part for part, number in parts if number.isdecimal()]
    annexes = [(part, number) for part, number in parts if not number.isdecimal()]
    return [*((part, str(place)) for place, part in enumerate(body, start=1)), *annexes]


def _newest(observations: Sequence[Observation], measure: Measure) -> dict[str, Observation]:
    found: dict[str, Observation] = {}
    for item in observations:
        if find_series(item.series) is None or (measure.year_to and item.period > str(measure.year_to)):
            continue
        name = record_of(item)
        if name not in found or item.vintage > found[name].vintage:
            found[name] = item
    return dict(sorted(found.items()))


def _problems(draft: Measured) -> list[Problem]:
    if not draft.observations:
        expected = marked("observations of series that the catalogue has.")
        return [Problem(marked("there are no values to report on."), expected=expected)]
    economies = {item.economy for item in draft.observations.values()}
    return [
        Problem(
            marked("there is no value of the economy “%(economy)s”."),
            {"economy": code, "number": len(economies)},
            column="economies",
            expected=marked("ISO 3166-1 alpha-3 of one of the %(number)d economies that have values."),
        )
        for code in draft.measure.economies
        if code not in economies
    ]


def _method(draft: Measured) -> dict[str, Any]:
    frameworks = catalogue().frameworks
    return {
        "software": SOFTWARE,
        "date": draft.made_on.isoformat(),
        "demonstration": draft.demonstration,
        "filters": draft.measure.query,
        "counting": "the newest value of each series and economy; the newest vintage of each value",
        "frameworks": {code: frameworks[code].version for code in sorted(frameworks)},
        "index": draft.specification.code if draft.specification else "",
    }
