"""Shapes of what the API gives of results and plans."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema


class ResultsFramework(Schema):
    """A results framework of a cycle."""

    code: str
    cycle: str
    title: str
    source: str
    periods: list[str]


class FrameworkResult(Schema):
    """A result of a framework."""

    code: str
    level: str = Field(description="programme, priority, objective, outcome or output")
    title: str
    parent: str | None
    lines: list[str]
    goals: list[str]
    unverified: bool = Field(description="its wording was not found in a source that could be checked")


class ResultsTree(ResultsFramework):
    """A framework with its results, those above before those below."""

    results: list[FrameworkResult]


class IndicatorFigure(Schema):
    """The figure of an indicator up to a period, made of approved reports."""

    period: str
    value: str | None = Field(description="a decimal number; null where it cannot be told")
    partial: bool = Field(description="something that should be in it had nothing to give")
    share: str | None = Field(description="of the way from the baseline to the target")
    rating: str = Field(description="achieved, on-track, behind, off-track or unknown")


class IndicatorTarget(Schema):
    """What an indicator is to reach by a period."""

    period: str
    value: str


class ResultsIndicator(Schema):
    """A performance indicator with its targets and figures."""

    code: str
    result: str
    title: str
    unit: str
    aggregation: str
    baseline: str | None
    baseline_period: str | None
    parts: list[str]
    part_of: str | None
    targets: list[IndicatorTarget]
    figures: list[IndicatorFigure]


class ResultsIndicatorPage(Schema):
    """A page of indicators."""

    items: list[ResultsIndicator]
    next: str | None


class Actual(Schema):
    """What was measured and approved, for all (part '') or for one part."""

    indicator: str
    period: str
    part: str
    value: str | None
    weight: str | None
    members: list[str]


class ActualPage(Schema):
    """A page of actuals."""

    items: list[Actual]
    next: str | None


class ResultsParameters(Schema):
    """Where a list goes on."""

    indicator: Annotated[str | None, Field(max_length=40, description="Code of one indicator.")] = None
    after: Annotated[int | None, Field(ge=0, lt=2**63, description="As the next address says.")] = None
    limit: Annotated[int, Field(ge=1, le=500, description="At most so many.")] = 100


class PageParameters(Schema):
    """Where a list goes on."""

    after: Annotated[int | None, Field(ge=0, lt=2**63, description="As the next address says.")] = None
    limit: Annotated[int, Field(ge=1, le=200, description="At most so many.")] = 50


class PlanSummary(Schema):
    """A public plan."""

    id: int
    title: str
    country: str
    kind: str
    language: str | None
    organisation: str | None
    added: datetime


class PlanPage(Schema):
    """A page of plans."""

    items: list[PlanSummary]
    next: str | None


class PlanMention(Schema):
    """A passage that addresses a goal, target or line."""

    paragraph: int
    page: int | None
    text: str
    basis: str
    probability: float


class PlanAddressed(Schema):
    """How a plan addresses a goal, target or line."""

    framework: str
    node: str
    passages: int
    share: float = Field(description="of the plan's characters that stand in these passages")
    mentions: list[PlanMention]


class PlanOpportunity(Schema):
    """A goal or target with the lines the matrix links to it and the plan does not address."""

    node: str
    lines: list[str]


class PlanCover(PlanSummary):
    """A plan with what it covers."""

    passages: int
    addressed: list[PlanAddressed]
    silent: dict[str, list[str]]
    opportunities: list[PlanOpportunity]
