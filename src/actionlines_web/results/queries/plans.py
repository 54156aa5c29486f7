"""Plans and what they cover; a private one only for those who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from actionlines.frameworks import Node, catalogue
from actionlines.results.cover import Cover, compare
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.results.models import Plan
from actionlines_web.stocktaking.queries import EntryQuery, entry_page, matrix
from actionlines_web.stocktaking.queries.matrix import MARGIN

PAGE_SIZE = 50
# So many plans are compared at once.
COMPARED = 4
AGENCIES = "international-organisation"


def plans_for(actor: Actor, country: str = "") -> QuerySet[Plan]:
    """The plans the actor may see, without what was found in them."""
    found = Plan.objects.select_related("organisation").defer("cover")
    if not is_coordinator(actor):
        found = found.filter(Q(public=True) | Q(organisation__in=organisations_of(actor)))
    return found.filter(country=country) if country else found


def plan_page(actor: Actor, country: str = "", before: int = 0) -> tuple[list[Plan], int]:
    """A page of plans, the newest first, and where the next one begins (0 on the last)."""
    found = plans_for(actor, country).order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE_SIZE + 1])
    page = rows[:PAGE_SIZE]
    return page, page[-1].pk if len(rows) > PAGE_SIZE else 0


def plan_for(actor: Actor, number: int) -> Plan | None:
    """The plan, if there is one that the actor may see."""
    return plans_for(actor).defer(None).filter(pk=number).first()


def countries_for(actor: Actor) -> list[str]:
    """The countries with a plan that the actor may see."""
    found = plans_for(actor).order_by("country").values_list("country", flat=True)
    return list(dict.fromkeys(found))


def cover_of(plan: Plan) -> Cover | None:
    """What was found in a plan, if it was read."""
    return Cover.from_json(plan.cover) if plan.cover else None


@dataclass(frozen=True, slots=True)
class Share:
    """How a goal or line stands in several plans: the share of each plan's text."""

    node: Node
    framework: str
    shares: Sequence[float]
    agencies: int = 0
    entries: int = 0


def compared(plans: Sequence[Plan]) -> list[Share]:
    """The goals and lines that at least one of the plans addresses, with the share in each."""
    known = catalogue().frameworks
    covers = [cover for plan in plans if (cover := cover_of(plan))]
    return [Share(known[framework][node], framework, shares) for framework, node, shares in compare(covers)]


@dataclass(frozen=True, slots=True)
class Country:
    """'Delivering as one': a country's plans beside what agencies and others register there.

    Attributes:
        plans: that were read, at most COMPARED, the newest first.
        rows: goals, then lines, that a plan addresses or an entry is linked to.
        entries: of agencies, the newest, and how many there are.
    """

    plans: Sequence[Plan]
    rows: Sequence[Share]
    entries: Sequence[Any]
    total: int


def country_of(actor: Actor, iso3: str) -> Country:
    """A country's plans and entries side by side."""
    found = plans_for(actor, iso3).defer(None).filter(state=Plan.State.READ).order_by("-pk")
    plans = list(found[:COMPARED])
    query = EntryQuery.from_params({"country": iso3, "stakeholder": AGENCIES})
    counts = {"agencies": matrix(query).counts, "entries": matrix(EntryQuery(country=iso3)).counts}
    known = catalogue().frameworks
    shares = {(row.framework, row.node.code): row.shares for row in compared(plans)}
    rows = []
    for framework, nodes in (
        ("sdg", known["sdg"].of_kind("goal")),
        ("wsis", known["wsis"].of_kind("action line", "sub-line")),
    ):
        for node in nodes:
            cell = (MARGIN, node.code) if framework == "sdg" else (node.code, MARGIN)
            numbers = {name: found.get(cell, 0) for name, found in counts.items()}
            share = shares.get((framework, node.code))
            if share or any(numbers.values()):
                rows.append(Share(node, framework, share or (0.0,) * len(plans), **numbers))
    page = entry_page(query)
    return Country(plans, rows, page.entries, page.total)


def plans_after(after: int, limit: int) -> list[Plan]:
    """Public plans behind a key, for the interface for programs."""
    found = Plan.objects.filter(public=True, pk__gt=after, state=Plan.State.READ)
    return list(found.select_related("organisation").order_by("pk")[:limit])


def public_plan(number: int) -> Plan | None:
    """A public plan that was read."""
    return (
        Plan.objects.filter(public=True, state=Plan.State.READ, pk=number)
        .select_related("organisation")
        .first()
    )


def held_about(user: User) -> list[dict[str, Any]]:
    """The plans a person brought, as plain data."""
    return list(
        Plan.objects.filter(added_by=user)
        .order_by("pk")
        .values("title", "country", "kind", "organisation__name", "public", "name", "added_at")
    )
