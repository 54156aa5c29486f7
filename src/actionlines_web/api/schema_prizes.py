"""What goes over the wire about the prizes."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from actionlines.prizes.phases import KINDS


class PrizePhase(Schema):
    """A phase of an edition: from the first moment that belongs to it to the first that no longer does."""

    kind: Literal[KINDS]
    starts: datetime
    ends: datetime


class PrizeCategory(Schema):
    """A category: an action line, or a special recognition."""

    code: str
    line: str | None
    title: str


class PrizeEdition(Schema):
    """An edition of the prizes."""

    id: str
    year: int
    name: str
    phases: list[PrizePhase] = Field(description="As far as their dates are set.")
    categories: list[PrizeCategory]
    announced: datetime | None = Field(description="Since when the winners are public.")


class PrizeNominee(Schema):
    """A project on the ballot paper."""

    code: str
    category: str
    title: str
    organisation: str | None
    stakeholder_type: str | None
    country: str | None
    region: str | None
    entry: str | None = Field(description="Identifier of its entry in the register.")
    description: str
    language: str
    votes: int | None = Field(description="Valid votes, once the result is published.")
    place: int | None
    champion: bool | None
    winner: bool | None = Field(description="Once the winners are announced.")
