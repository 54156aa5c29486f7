"""Storing observations: nothing is overwritten, a revision is a new vintage."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.indicators.loading import add_observations, refresh_coverage
from actionlines_web.indicators.models import Observation
from actionlines_web.indicators.storing import Origin, plan_storing

# So many observations are looked at together: what they need stays below some hundred megabytes.
AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Stored:
    """How many observations were the first of their cell, revised what was known, said the same, or contradicted."""

    first: int = 0
    revised: int = 0
    unchanged: int = 0
    refused: int = 0


@transaction.atomic
def store_observations(
    actor: Actor,
    observations: Iterable[LibraryObservation],
    *,
    demonstration: bool = False,
    vintage: date | None = None,
    population: str = "",
) -> Stored:
    """Add what is not known yet, all or nothing; the same file again changes nothing.

    Args:
        actor: the command line; people come through `apply_batch`, which asks for their permission.
        vintage: of observations that say none; today by default.
        population: the population series rates were made with.
    """
    if not isinstance(actor, System):
        raise PermissionDenied("observations are loaded from the command line or from an applied import")
    return keep_observations(
        observations, Origin(vintage or timezone.now().date(), population, demonstration)
    )


def keep_observations(
    observations: Iterable[LibraryObservation],
    origin: Origin,
    progress: Callable[[int], None] = lambda _: None,
) -> Stored:
    """Store observations within the transaction of an action that has asked who may.

    Args:
        progress: told how many observations were looked at.
    """
    first = revised = unchanged = refused = 0
    touched: dict[str, set[str]] = {}
    rest = iter(observations)
    looked_at = 0
    while chunk := list(islice(rest, AT_ONCE)):
        plan = plan_storing(chunk, origin)
        for start in range(0, len(plan.superseded), 900):
            Observation.objects.filter(pk__in=plan.superseded[start : start + 900]).update(newest=False)
        add_observations(plan.new)
        for row in plan.new:
            touched.setdefault(row.series, set()).add(row.economy)
        first, revised = first + plan.first, revised + plan.revised
        unchanged, refused = unchanged + plan.unchanged, refused + len(plan.refused)
        looked_at += len(chunk)
        progress(looked_at)
    for series, economies in touched.items():
        refresh_coverage(series, economies)
    return Stored(first, revised, unchanged, refused)
