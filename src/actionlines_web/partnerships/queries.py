"""Reads of partnerships."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Final
from urllib.parse import urlencode

from babel.core import get_global
from django.db.models import Q, QuerySet

from actionlines.frameworks import catalogue
from actionlines.results import partnerships as library
from actionlines.results.partnerships import (
    AGREED,
    ASKED,
    DECLINED,
    ENDED,
    KINDS,
    NEED,
    OFFER,
    Match,
    Money,
    sums,
)
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.partnerships.models import Introduction, Pledge, Proposal
from actionlines_web.partnerships.rules import sides_of

PAGE_SIZE: Final = 50
# So many proposals of the other side are compared, the newest first, and so many matches shown.
COMPARED: Final = 5_000
SHOWN: Final = 20


def currencies() -> list[str]:
    """The codes of ISO 4217, as CLDR knows them."""
    return sorted(get_global("all_currencies"))


def visible(actor: Actor) -> QuerySet[Proposal]:
    """The proposals the actor may see (the rule `sees_proposal`, as a filter)."""
    seen = Q(state=Proposal.State.PUBLIC) | Q(organisation__in=organisations_of(actor))
    if is_coordinator(actor):
        seen |= Q(state=Proposal.State.CLOSED)
    return Proposal.objects.filter(seen)


def published() -> QuerySet[Proposal]:
    """What everybody sees."""
    return Proposal.objects.filter(state=Proposal.State.PUBLIC)


@dataclass(frozen=True, slots=True)
class ProposalQuery:
    """A filter of needs and offers: the list, its csv and the API ask the same one.

    Attributes:
        side, kind, line, target, country: codes, '' for all; a goal finds its targets too, a line its parts, a country
            what is open to every country.
        before: number of the row after which the page begins, 0 for the first.
    """

    side: str = ""
    kind: str = ""
    line: str = ""
    target: str = ""
    country: str = ""
    before: int = 0

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "ProposalQuery":
        """The filter of an address; what cannot be used is left out."""
        side, kind = params.get("side", ""), params.get("kind", "")
        line, target = params.get("line", ""), params.get("target", "")
        before = str(params.get("before", ""))
        known = catalogue().frameworks
        return cls(
            side if side in library.SIDES else "",
            kind if kind in KINDS else "",
            line if line in known["wsis"] else "",
            target if target in known["sdg"] else "",
            params.get("country", "")[:3].upper(),
            int(before) if before.isdecimal() and len(before) < 16 else 0,
        )

    def address(self, **changes: Any) -> str:
        """'?side=need…' of this filter with changes, '?' for none."""
        asked = replace(self, **{"before": 0, **changes})
        names = ("side", "kind", "line", "target", "country", "before")
        return "?" + urlencode({name: getattr(asked, name) for name in names if getattr(asked, name)})

    def apply(self, found: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Those that match, the newest first."""
        for name in ("side", "kind"):
            if getattr(self, name):
                found = found.filter(**{name: getattr(self, name)})
        if self.line:
            found = found.filter(Q(lines__contains=f" {self.line} ") | Q(lines__contains=f" {self.line}-"))
        if self.target:
            found = found.filter(
                Q(targets__contains=f" {self.target} ") | Q(targets__contains=f" {self.target}.")
            )
        if self.country:
            found = found.filter(Q(countries__contains=f" {self.country} ") | Q(countries=""))
        return found.order_by("-pk")


def page_of_proposals(actor: Actor, query: ProposalQuery) -> tuple[Sequence[Proposal], int]:
    """A page of proposals the actor may see, and where the next one begins (0 on the last)."""
    found = query.apply(visible(actor)).select_related("organisation")
    if query.before:
        found = found.filter(pk__lt=query.before)
    page = list(found[: PAGE_SIZE + 1])
    return page[:PAGE_SIZE], page[PAGE_SIZE - 1].pk if len(page) > PAGE_SIZE else 0


def proposal_by_number(number: int) -> Proposal | None:
    """The proposal with its organisation."""
    return Proposal.objects.select_related("organisation").filter(pk=number).first()


def for_matching(proposal: Proposal) -> library.Proposal:
    """A proposal as the library compares it."""
    return library.Proposal(
        proposal.pk,
        proposal.side,
        proposal.kind,
        proposal.organisation_id,
        frozenset(proposal.line_codes),
        frozenset(proposal.target_codes),
        frozenset(proposal.country_codes),
    )


def matches_of(proposal: Proposal) -> list[tuple[Proposal, Match]]:
    """The open proposals of the other side that fit, the best first, at most SHOWN, with the reasons."""
    others = list(
        published()
        .filter(kind=proposal.kind)
        .exclude(side=proposal.side)
        .exclude(organisation=proposal.organisation_id)
        .order_by("-pk")[:COMPARED]
    )
    found = library.matches(for_matching(proposal), map(for_matching, others))[:SHOWN]
    known = {
        item.pk: item
        for item in Proposal.objects.select_related("organisation").filter(
            pk__in=[item.other for item in found]
        )
    }
    return [(known[item.other], item) for item in found]


def introductions_for(actor: Actor) -> Sequence[Introduction]:
    """The introductions of the actor's organisations, the newest first; all for coordinators."""
    found = Introduction.objects.select_related("need__organisation", "offer__organisation").order_by("-pk")
    if not is_coordinator(actor):
        mine = organisations_of(actor)
        found = found.filter(Q(need__organisation__in=mine) | Q(offer__organisation__in=mine))
    return list(found[:500])


def introduction_by_number(number: int) -> Introduction | None:
    """The introduction with its two sides."""
    return (
        Introduction.objects.select_related("need__organisation", "offer__organisation")
        .filter(pk=number)
        .first()
    )


def introduction_between(one: Proposal, other: Proposal) -> Introduction | None:
    """The introduction of a need and an offer, if one was asked for."""
    need, offer = (one, other) if one.side == NEED else (other, one)
    return Introduction.objects.filter(need=need, offer=offer).first()


def contacts_for(actor: Actor, introduction: Introduction) -> list[tuple[str, str]]:
    """Name and address of the other side, as far as its consent goes.

    Whoever asks consents with the question: the other side then sees their contact. The contact of the side that was
    asked is given when it accepts. Nobody who acts for neither side is given any.
    """
    found = []
    for side in sides_of(actor, introduction):
        other = introduction.offer if side == NEED else introduction.need
        other_side = OFFER if side == NEED else NEED
        consents = introduction.asked_by == other_side or introduction.stage not in {ASKED, DECLINED}
        if consents and introduction.stage != DECLINED:
            found.append((other.contact_name, other.contact_email))
    return found


def money_of(introduction: Introduction) -> list[Money]:
    """What was pledged and paid, by currency."""
    return _sums(Pledge.objects.filter(introduction=introduction))


def _sums(pledges: QuerySet[Pledge]) -> list[Money]:
    rows = pledges.prefetch_related("payments").order_by("pk")
    return sums(
        (pledge.currency, pledge.amount, [payment.amount for payment in pledge.payments.all()])
        for pledge in rows
    )


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What is public of one kind: open needs and offers, agreements, and sums by currency."""

    kind: str
    needs: int
    offers: int
    agreements: int
    money: Sequence[Money]


def figures() -> list[FigureRow]:
    """The figures by kind. Agreements and money count where both sides let them be counted."""
    open_ = list(published().values_list("kind", "side"))
    agreed = Introduction.objects.filter(
        stage__in=(AGREED, ENDED), public_by_need=True, public_by_offer=True, steps__stage=AGREED
    ).distinct()
    kinds = list(agreed.values_list("pk", "need__kind"))
    pledges = Pledge.objects.filter(introduction__in=[number for number, _ in kinds]).prefetch_related(
        "payments"
    )
    by_kind: dict[str, list[tuple[str, Decimal, list[Decimal]]]] = {}
    kind_of = dict(kinds)
    for pledge in pledges.order_by("pk"):
        row = (pledge.currency, pledge.amount, [payment.amount for payment in pledge.payments.all()])
        by_kind.setdefault(kind_of[pledge.introduction_id], []).append(row)
    return [
        FigureRow(
            kind,
            open_.count((kind, NEED)),
            open_.count((kind, OFFER)),
            sum(found == kind for _, found in kinds),
            sums(by_kind.get(kind, ())),
        )
        for kind in KINDS
    ]


def named_as_contact(addresses: Collection[str]) -> Q:
    """The proposals whose contact has one of these addresses, in whatever case."""
    return (
        Q(pk__in=Proposal.objects.none())
        if not addresses
        else reduce(or_, (Q(contact_email__iexact=address) for address in addresses))
    )


def held_about(user: User, addresses: Collection[str]) -> list[dict[str, Any]]:
    """The needs and offers a person wrote, and those that name them as contact, as plain data."""
    return list(
        Proposal.objects.filter(Q(author=user) | named_as_contact(addresses))
        .order_by("pk")
        .values("side", "kind", "state", "organisation__name", "title", "contact_name", "contact_email")
    )
