"""Files of observations on their way in, and what the checks say of them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from actionlines.measurement import Observation as LibraryObservation
from actionlines.measurement import series_by_code
from actionlines_web.accounts.models import User
from actionlines_web.indicators.models import Finding, ObservationBatch, Questionnaire
from actionlines_web.indicators.queries.observations import known_on

# Severities, the worst first.
SEVERITIES: Final = ("error", "warning", "note")


def packed(item: LibraryObservation, cell: str) -> list[str]:
    """An observation as a batch keeps it, with the address of its cell."""
    return [
        *(item.series, item.economy, item.period, item.breakdown, format(item.value, "f"), item.flag),
        *(item.source, item.note, item.vintage, cell),
    ]


def unpacked(row: Sequence[str]) -> LibraryObservation:
    """The observation of a row of a batch."""
    series, economy, period, breakdown, value, flag, source, note, vintage, _ = row
    unit = series_by_code()[series].unit.get("en")
    return LibraryObservation(
        *(economy, series, period, Decimal(value), unit, flag, source, "", breakdown, note, vintage)
    )


def batches() -> QuerySet[ObservationBatch]:
    """Every file, the latest first, without its contents."""
    return (
        ObservationBatch.objects.select_related("uploaded_by")
        .defer("rows", "problems", "cells", "content")
        .order_by("-pk")
    )


def findings_of(batch: ObservationBatch) -> list[Finding]:
    """The findings of a batch, the worst first."""
    rows = batch.findings.select_related("answered_by", "signed_by").order_by("pk")
    return sorted(rows, key=lambda row: SEVERITIES.index(row.severity))


def open_errors(batch: ObservationBatch) -> int:
    """How many findings that cannot be true wait for an answer."""
    return batch.findings.filter(severity="error", state=Finding.State.OPEN).count()


def published_findings(economy: str = "") -> QuerySet[Finding]:
    """What the checks said of figures that were then stored, and how their owners answered; the latest first."""
    rows = Finding.objects.filter(batch__state=ObservationBatch.State.APPLIED).select_related("batch")
    return (rows.filter(economy=economy) if economy else rows).order_by("-pk")


def findings_after(key: int, economy: str, limit: int) -> list[Finding]:
    """The first `limit` findings on stored figures behind the primary key `key`, by primary key."""
    return list(published_findings(economy).filter(pk__gt=key).order_by("pk")[:limit])


def neighbours(series: Iterable[str]) -> Iterable[LibraryObservation]:
    """What is known of series, for checks to compare a file with."""
    units = {code: one.unit.get("en") for code, one in series_by_code().items()}
    rows = known_on().filter(series__in=list(series), demonstration=False)
    columns = ("economy", "series", "period", "value", "flag", "source", "breakdown", "note", "vintage")
    for economy, code, period, value, flag, source, breakdown, note, vintage in rows.values_list(*columns):
        yield LibraryObservation(
            *(economy, code, period, value, units.get(code, ""), flag, source, "", breakdown, note),
            vintage.isoformat(),
        )


def held_about(user: User) -> dict[str, Any]:
    """What indicators hold about a person, as plain data."""
    return {
        "imports": list(
            ObservationBatch.objects.filter(uploaded_by=user).values(
                "file_name", "created_at", "state", "counts"
            )
        ),
        "answers": list(
            Finding.objects.filter(answered_by=user).values(
                "rule", "economy", "period", "answer", "answered_at"
            )
        ),
        "questionnaires_asked": list(
            Questionnaire.objects.filter(asked_by=user).values("economy", "year", "kind", "due")
        ),
        "questionnaires_shared": list(
            Questionnaire.objects.filter(respondents=user).values("economy", "year", "kind", "due")
        ),
        "signed_off": list(
            Finding.objects.filter(signed_by=user).values("rule", "economy", "period", "signed_at")
        ),
    }
