"""The moderation queue: what waits, for whom, since when."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from actionlines.frameworks import catalogue, region_names
from actionlines.stocktaking import STAKEHOLDER_TYPES
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import holds, scopes
from actionlines_web.stocktaking.models import Submission

State = Submission.State
# What the filter `state` asks for; '' is what waits for somebody.
STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "": (State.SUBMITTED, State.UNDER_REVIEW),
    "submitted": (State.SUBMITTED,),
    "under-review": (State.UNDER_REVIEW,),
    "returned": (State.RETURNED,),
    "decided": (State.PUBLISHED, State.REFUSED),
}
# Days since it was sent, at least.
AGES: Final[Mapping[str, int]] = {"week": 7, "month": 30, "quarter": 91}
PAGE_SIZE: Final = 25


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """A filter of the queue; attribute names are the parameters of its address.

    Attributes:
        state: key of STATES. region: of the six. line: action line declared. language: of the text.
        stakeholder: type of the organisation. age: key of AGES. mine: '1' for what the reader has taken.
    """

    state: str = ""
    region: str = ""
    line: str = ""
    language: str = ""
    stakeholder: str = ""
    age: str = ""
    mine: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "QueueQuery":
        """Read parameters; what is unknown is left out."""
        offered = choices()
        given = {item.name: str(params.get(item.name, "")) for item in fields(cls)}
        return cls(**{name: value for name, value in given.items() if value in offered[name]})

    def params(self, **changes: str) -> dict[str, str]:
        """The parameters in force after `changes`."""
        changed = replace(self, **changes)
        return {item.name: value for item in fields(self) if (value := getattr(changed, item.name))}

    def address(self, **changes: str) -> str:
        """'?state=returned', or '?' without any."""
        return f"?{urlencode(self.params(**changes))}"

    def apply(self, actor: Actor, found: QuerySet[Submission]) -> QuerySet[Submission]:
        """What passes, of any state."""
        conditions = Q()
        if self.region:
            conditions &= Q(region=self.region)
        if self.language:
            conditions &= Q(fields__language=self.language)
        if self.stakeholder:
            conditions &= Q(fields__stakeholder_type=self.stakeholder)
        if self.age:
            conditions &= Q(submitted_at__lte=timezone.now() - timedelta(days=AGES[self.age]))
        if self.mine:
            conditions &= Q(moderator_id=getattr(actor, "pk", None))
        if self.line:
            conditions &= _on_line(self.line)
        return found.filter(conditions)


def choices() -> dict[str, tuple[str, ...]]:
    """The values of each filter."""
    lines = tuple(node.code for node in catalogue().frameworks["wsis"].nodes)
    return {
        "state": tuple(STATES),
        "region": tuple(region_names()),
        "line": lines,
        "language": LANGUAGES,
        "stakeholder": STAKEHOLDER_TYPES,
        "age": tuple(AGES),
        "mine": ("1",),
    }


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, what has waited longest first (decided: the last first); `next` is the cursor, '' at the end."""

    submissions: list[Submission]
    next: str


def moderated_by(actor: Actor) -> QuerySet[Submission]:
    """What the actor moderates, of the states of STATES: everything, or what stands in a region or on a line of theirs."""
    states = {state for group in STATES.values() for state in group}
    found = Submission.objects.filter(state__in=states).annotate(line_codes=Cast("lines", TextField()))
    if holds(actor, RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR):
        return found
    held = scopes(actor, RoleGrant.Role.MODERATOR)
    if "" in held:
        return found
    if not held:
        return found.none()
    regions = held & set(region_names())
    condition = Q(region__in=regions) | Q(entry__region__in=regions)
    for line in held - regions:
        condition |= _on_line(line) | Q(
            pk__in=Submission.objects.filter(
                entry__links__framework="wsis", entry__links__node=line, entry__links__basis="declared"
            ).values("pk")
        )
    return found.filter(condition)


def _on_line(line: str) -> Q:
    """Declared on the line: the list of codes is JSON, in which a code stands in quotes."""
    return Q(line_codes__contains=f'"{line}"')


def queue_page(actor: Actor, query: QueueQuery, cursor: str = "") -> QueuePage:
    """The page behind the cursor; a cursor that makes no sense is the start."""
    day, back = ("decided_at", True) if query.state == "decided" else ("submitted_at", False)
    found = query.apply(actor, moderated_by(actor)).filter(state__in=STATES[query.state])
    after = _parsed(cursor)
    if after is not None:
        at, key = after
        sign = "lt" if back else "gt"
        found = found.filter(Q(**{f"{day}__{sign}": at}) | Q(**{day: at, f"pk__{sign}": key}))
    order = (f"-{day}", "-pk") if back else (day, "pk")
    rows = list(
        found.select_related("submitter", "organisation", "moderator", "entry").order_by(*order)[
            : PAGE_SIZE + 1
        ]
    )
    page = rows[:PAGE_SIZE]
    more = len(rows) > PAGE_SIZE
    return QueuePage(page, f"{_microseconds(getattr(page[-1], day))}.{page[-1].pk}" if more else "")


def queue_counts(actor: Actor, query: QueueQuery) -> dict[str, int]:
    """How many pass in each open state; key of STATES to number."""
    states = (State.SUBMITTED, State.UNDER_REVIEW, State.RETURNED)
    found = query.apply(actor, moderated_by(actor)).filter(state__in=states)
    counted = dict(found.order_by().values_list("state").annotate(number=Count("pk")))
    return {
        name: sum(counted.get(state, 0) for state in group)
        for name, group in STATES.items()
        if name != "decided"
    }


def selected(actor: Actor, numbers: list[int]) -> list[Submission]:
    """Those of the numbered submissions that the actor moderates, what has waited longest first."""
    found = moderated_by(actor).filter(pk__in=numbers)
    return list(found.select_related("submitter", "organisation", "entry").order_by("submitted_at", "pk"))


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _parsed(cursor: str) -> tuple[datetime, int] | None:
    at, _, key = cursor.partition(".")
    if not (at.isdecimal() and key.isdecimal() and len(at) <= 17 and len(key) <= 18):
        return None
    return _EPOCH + timedelta(microseconds=int(at)), int(key)
