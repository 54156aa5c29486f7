"""What goes over the wire of statistics: series, observations, indices and findings."""

import re
from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field

from actionlines_web.api.schema import Titles, Year


def _day(given: object) -> object:
    """A day as 2019-06-30 alone: pydantic would also take seconds since 1970."""
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        raise ValueError("a day such as 2019-06-30")
    return given


Day = Annotated[date, BeforeValidator(_day)]
Economy = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Series(Schema):
    """What an indicator counts."""

    code: str
    title: str
    titles: Titles
    definition: str = Field(
        description="In the reader's language or, where it is not written yet, in English."
    )
    unit: str
    unit_code: str = Field(description="SDMX UNIT_MEASURE.")
    numerator: str | None = Field(
        description="Series of the counts above the line, for rates made of counts."
    )
    denominator: str | None = Field(description="Series below the line.")
    breakdowns: list[str] = Field(description="What its values may be split by.")
    custodian: str = Field(description="Code of the organisation that collects it.")
    survey: str = Field(description="Kind of source.")
    sdg_indicator: str | None
    core_list: str | None = Field(description="Its code in the core list of the Partnership.")
    names: list[str] = Field(description="Its other and older codes.")
    unverified: list[str] = Field(description="Which of its codes were not found in print.")
    targets: list[str]
    lines: list[str]
    source_note: str


class ExportParameters(Schema):
    """Which observations."""

    series: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z][A-Za-z0-9_.]*$")] | None = None
    economy: Economy | None = None
    breakdown: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] | None = Field(
        None, description="Such as sex=F or area=U;sex=F; _T for undivided values alone; without it, all."
    )
    year_from: Year | None = None
    year_to: Year | None = None
    as_of: Day | None = Field(None, description="What was known on that day, instead of today.")

    def part(self) -> str | None:
        """The breakdown as it is stored, None for all."""
        return "" if self.breakdown == "_T" else self.breakdown


class ObservationParameters(ExportParameters):
    """Which observations, and from where on."""

    after: Annotated[int, Field(ge=0, le=10**18)] | None = Field(None, description="Take it from `next`.")
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100


class Observation(Schema):
    """One value of one series for one economy, year and breakdown."""

    series: str
    economy: str
    period: str
    breakdown: str = Field(description="Part of the population, '' for the whole.")
    value: str = Field(
        pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="A decimal, as text so that no digit is lost."
    )
    flag: str = Field(
        description="SDMX OBS_STATUS: A normal, B break, E estimate, P provisional, F forecast."
    )
    source: str
    note: str
    vintage: date = Field(description="The day it was published or became known here.")
    demonstration: bool


class ObservationPage(Schema):
    """A page of observations in the order they were stored."""

    items: list[Observation]
    next: str | None


class IndexEdition(Schema):
    """An edition of an index."""

    name: str
    title: str
    edition: str
    ranked: bool = Field(description="Whether it is published with ranks.")
    inputs: dict[str, str] = Field(description="Codes the edition reads, each to its series.")


class IndexScore(Schema):
    """What the method of an edition gives for an economy on the figures of this site; not the published score."""

    economy: str
    score: float = Field(description="Unrounded.")
    low: float = Field(description="Lower end of the interval that holds it with a probability of 90 %.")
    high: float
    rank: int | None = Field(description="null where the edition is published without ranks.")
    rank_best: int | None
    rank_worst: int | None
    parts: dict[str, float]


class IndexParameters(Schema):
    """On which figures."""

    year: Year | None = Field(
        None, description="Values of that year or the two before; without it, the latest."
    )


class FindingParameters(Schema):
    """Which findings."""

    economy: Economy | None = None
    after: Annotated[int, Field(ge=0, le=10**18)] | None = Field(None, description="Take it from `next`.")
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100


class Finding(Schema):
    """What a check asked of stored figures, and what their owner answered."""

    rule: str
    severity: Literal["error", "warning", "note"]
    economy: str
    period: str
    breakdown: str
    values: dict[str, float]
    message: str
    state: Literal["open", "confirmed", "corrected", "left-out"]
    answer: str
    signed_off: bool


class FindingPage(Schema):
    """A page of findings, in the order they were found."""

    items: list[Finding]
    next: str | None
