"""Needs and offers: which of them fit and why, the stages to an agreement, and what was pledged and paid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from actionlines.problems import marked

NEED: Final = "need"
OFFER: Final = "offer"
SIDES: Final = (NEED, OFFER)
KINDS: Final = ("funding", "expertise", "equipment", "incubation")

# What two that fit share, and how much it weighs: together 100.
LINES: Final = 40
TARGETS: Final = 40
COUNTRY: Final = 20

ASKED: Final = "asked"
INTRODUCED: Final = "introduced"
TALKING: Final = "talking"
AGREED: Final = "agreed"
ENDED: Final = "ended"
DECLINED: Final = "declined"
# Stage to those that may follow it. An introduction is accepted or declined by the side that was asked.
STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    ASKED: (INTRODUCED, DECLINED),
    INTRODUCED: (TALKING, AGREED, ENDED),
    TALKING: (AGREED, ENDED),
    AGREED: (ENDED,),
    ENDED: (),
    DECLINED: (),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A need or an offer, as far as matching looks at it.

    Attributes:
        id: of the proposal.
        side: NEED or OFFER; kind: one of KINDS.
        organisation: of whom it is; nobody is matched with themselves.
        lines, targets: codes of action lines, and of goals and targets; a goal stands for all its targets, a line for
            its parts.
        countries: ISO 3166-1 alpha-3; empty for everywhere.
    """

    id: int
    side: str
    kind: str
    organisation: int
    lines: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two fit: a template, what goes into it, and how many points it gives."""

    template: str
    values: Mapping[str, str]
    points: int


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal of the other side that fits, with the reasons; `score` is the sum of their points, up to 100."""

    other: int
    score: int
    reasons: tuple[Reason, ...]


def matches(proposal: Proposal, others: Iterable[Proposal]) -> list[Match]:
    """What fits a proposal, the best first; of the same score the lower id first.

    Two fit where one is a need and the other an offer of the same kind, of two organisations, for a country in common
    (or for every country on one side), and share a line or a target. Each share weighs as much as the part of the
    need's lines, or targets, that the offer covers; where the need names none, nothing is given for them.
    """
    found = (match(proposal, other) for other in others)
    return sorted((item for item in found if item), key=lambda item: (-item.score, item.other))


def match(one: Proposal, other: Proposal) -> Match | None:
    """Whether two fit, and why."""
    if one.side == other.side or one.kind != other.kind or one.organisation == other.organisation:
        return None
    need, offer = (one, other) if one.side == NEED else (other, one)
    everywhere = not need.countries or not offer.countries
    countries = need.countries & offer.countries
    if not everywhere and not countries:
        return None
    lines = [code for code in need.lines if _covered(code, offer.lines, "-")]
    targets = [code for code in need.targets if _covered(code, offer.targets, ".")]
    if not lines and not targets:
        return None
    reasons = []
    for template, codes, wanted, weight in (
        (marked("action lines in common: %(codes)s"), lines, need.lines, LINES),
        (marked("goals and targets in common: %(codes)s"), targets, need.targets, TARGETS),
    ):
        if codes:
            points = round(weight * len(codes) / len(wanted))
            reasons.append(Reason(template, {"codes": ", ".join(sorted(codes))}, points))
    if countries:
        template = marked("countries in common: %(codes)s")
        reasons.append(Reason(template, {"codes": ", ".join(sorted(countries))}, COUNTRY))
    else:
        reasons.append(Reason(marked("open to every country"), {}, COUNTRY // 2))
    return Match(other.id, sum(reason.points for reason in reasons), tuple(reasons))


def _covered(code: str, held: frozenset[str], separator: str) -> bool:
    """Whether a code is held: itself, what it belongs to, or a part of it."""
    whole = code.partition(separator)[0]
    return code in held or whole in held or any(item.startswith(f"{code}{separator}") for item in held)


def may_follow(stage: str, following: str) -> bool:
    """Whether a stage may follow another."""
    return following in STAGES.get(stage, ())


@dataclass(frozen=True, slots=True)
class Money:
    """Sums in one currency: what was pledged, what of it was paid, and what is left."""

    currency: str
    pledged: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """Pledged and not paid yet."""
        return self.pledged - self.paid


def sums(pledges: Iterable[tuple[str, Decimal, Sequence[Decimal]]]) -> list[Money]:
    """Pledges (currency, amount, payments) by currency, in the order of the codes; currencies are never added up."""
    pledged: dict[str, Decimal] = {}
    paid: dict[str, Decimal] = {}
    for currency, amount, payments in pledges:
        pledged[currency] = pledged.get(currency, Decimal(0)) + amount
        paid[currency] = paid.get(currency, Decimal(0)) + sum(payments, Decimal(0))
    return [Money(currency, pledged[currency], paid[currency]) for currency in sorted(pledged)]
