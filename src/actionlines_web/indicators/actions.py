"""Writes to indicators."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.accounts.actor import System
from actionlines_web.indicators.models import Observation


@transaction.atomic
def store_observations(
    actor: System, observations: Sequence[LibraryObservation], *, demonstration: bool
) -> int:
    """Add observations that are not there yet; returns how many were added. Only from the command line."""
    if not isinstance(actor, System):
        raise PermissionDenied("observations are loaded from the command line")
    rows = [
        Observation(
            economy=item.economy,
            series=item.series,
            period=item.period,
            value=item.value,
            flag=item.flag,
            source=item.source,
            text=item.text,
            demonstration=demonstration,
        )
        for item in observations
    ]
    before = Observation.objects.count()
    Observation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return Observation.objects.count() - before
