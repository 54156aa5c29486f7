"""What goes over the wire about road maps' neighbours: meetings, regional events, partnerships."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from actionlines.frameworks.areas import region_names
from actionlines.frameworks.initiatives import initiatives
from actionlines.results.contributions import MEETING_KINDS
from actionlines.results.events import EVENT_KINDS
from actionlines.results.partnerships import KINDS, SIDES
from actionlines_web.api.schema import Line, Target

Key = Annotated[int, Field(ge=1, le=10**15)]
_CODE = r"^[A-Z]{3}$"
_MONEY = "As text, with a point, such as 1000.50."


class MeetingOut(Schema):
    """A meeting that takes contributions."""

    id: str
    title: str
    kind: Literal[MEETING_KINDS]
    series: str = Field(description="What the numbers of its documents begin with.")
    place: str | None
    first_day: date
    last_day: date
    deadline: datetime


class DocumentParameters(Schema):
    """Where a page of documents begins."""

    model_config = ConfigDict(extra="forbid")

    before: Key | None = Field(None, description="Take it from `next`.")


class DocumentOut(Schema):
    """A public contribution; its texts in the language asked for, or in one it has."""

    number: str
    meeting: str
    item: str | None = Field(description="Number of the agenda item.")
    organisation: str
    late: bool
    submitted: datetime
    language: str
    languages: list[str]
    title: str
    summary: str
    action: str
    references: list[str]
    address: str


class DocumentPage(Schema):
    """Documents, the newest first."""

    items: list[DocumentOut]
    next: str | None


class EventParameters(Schema):
    """Which events."""

    model_config = ConfigDict(extra="forbid")

    region: Literal[tuple(region_names())] | None = None
    country: Annotated[str, Field(pattern=_CODE)] | None = None
    kind: Literal[EVENT_KINDS] | None = None
    initiative: Literal[tuple(initiatives())] | None = Field(None, description="Cycle and code.")
    when: Literal["coming", "past", "all"] = "coming"
    after: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = Field(
        None, description="Take it from `next`."
    )


class EventOut(Schema):
    """A regional event that was announced, or cancelled."""

    id: str
    title: str
    kind: Literal[EVENT_KINDS]
    cancelled: bool
    starts: datetime
    ends: datetime
    zone: str
    region: str | None = Field(description="None for all regions.")
    country: str | None
    city: str | None
    online: bool
    website: str | None
    initiatives: list[str]
    participants: int
    address: str


class EventPage(Schema):
    """Events by their beginning."""

    items: list[EventOut]
    next: str | None


class InitiativeOut(Schema):
    """A regional initiative; cycle and code together are its key."""

    cycle: str
    code: str
    region: str
    title: str
    source: str
    status: str


class ProposalParameters(Schema):
    """Which needs and offers."""

    model_config = ConfigDict(extra="forbid")

    side: Literal[SIDES] | None = None
    kind: Literal[KINDS] | None = None
    line: Literal[tuple(code for code in Line.__args__ if code != "none")] | None = None
    target: Target | None = None
    country: Annotated[str, Field(pattern=_CODE)] | None = None
    before: Key | None = Field(None, description="Take it from `next`.")


class ProposalOut(Schema):
    """An open need or offer; contacts are given by introduction only."""

    id: int
    side: Literal[SIDES]
    kind: Literal[KINDS]
    organisation: str
    title: str
    description: str
    language: str
    lines: list[str]
    targets: list[str]
    countries: list[str] = Field(description="Empty for every country.")
    amount: str | None = Field(description=_MONEY)
    currency: str | None


class ProposalPage(Schema):
    """Needs and offers, the newest first."""

    items: list[ProposalOut]
    next: str | None


class MoneyOut(Schema):
    """Sums in one currency."""

    currency: str
    pledged: str = Field(description=_MONEY)
    paid: str = Field(description=_MONEY)


class PartnershipFigure(Schema):
    """What is public of one kind of support."""

    kind: Literal[KINDS]
    open_needs: int
    open_offers: int
    agreements: int
    money: list[MoneyOut]
