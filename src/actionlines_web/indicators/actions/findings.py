"""Answers to findings by whoever reports the figures, and the sign-off by the reviewer."""

from decimal import Decimal
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.indicators.models import Finding, ObservationBatch
from actionlines_web.indicators.reading import recheck
from actionlines_web.indicators.rules import reports_for

_STATES: Final = {
    "confirm": Finding.State.CONFIRMED,
    "correct": Finding.State.CORRECTED,
    "leave-out": Finding.State.LEFT_OUT,
}


def rows_in_question(finding: Finding) -> list[tuple[int, list[str]]]:
    """The rows of the batch a finding speaks of, with their places."""
    named = {key.split(" ")[0] for key in finding.values}
    years = {part for key in finding.values for part in key.split(" ")[1:] if part.isdecimal()}
    years.add(finding.period)
    return [
        (place, row)
        for place, row in enumerate(finding.batch.rows)
        if row[1] == finding.economy and row[0] in named and row[2] in years
    ]


@transaction.atomic
def answer_finding(
    actor: User,
    finding_id: int,
    kind: str,
    reason: str,
    *,
    place: int | None = None,
    value: Decimal | None = None,
) -> Finding:
    """Confirm a figure with a reason, correct it, or leave it out of the file.

    Args:
        kind: 'confirm', 'correct' or 'leave-out'.
        place: of the row that is corrected or left out, one of `rows_in_question`.
        value: the correct figure.

    Raises:
        InputError: no reason, no row or no figure.
        ValueError: the file was decided about.
        PermissionDenied: the actor does not report for the economy.
    """
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    batch = ObservationBatch.objects.select_for_update().get(pk=finding.batch_id)
    finding.batch = batch
    if not reports_for(actor, finding.economy):
        raise PermissionDenied("only for the economies one reports for")
    if batch.state != ObservationBatch.State.STAGED:
        raise ValueError(f"import {batch.pk} is {batch.state}")
    if not reason.strip():
        raise InputError([Problem(marked("the reason is missing."), column="reason")])
    finding.state, finding.answer = _STATES[kind], reason.strip()
    finding.answered_by, finding.answered_at = actor, timezone.now()
    finding.save()
    if kind != "confirm":
        if place not in {known for known, _ in rows_in_question(finding)} or (
            kind == "correct" and value is None
        ):
            raise InputError(
                [Problem(marked("say which value is meant, and the correct one."), column="value")]
            )
        rows = [list(row) for row in batch.rows]
        if kind == "leave-out":
            del rows[place]  # type: ignore[arg-type]
        else:
            rows[place][4] = format(value, "f")  # type: ignore[index]
        batch.rows = rows
        recheck(batch)
        batch.counts = {**batch.counts, "rows": len(rows)}
        batch.save(update_fields=["rows", "counts"])
    write_record(actor, "answer finding", finding, {"kind": kind, "reason": finding.answer})
    return finding


@transaction.atomic
def confirm_rule(actor: User, batch_id: int, rule: str, reason: str) -> int:
    """Confirm all open findings of one rule in a file with one reason; returns how many.

    Raises:
        InputError: no reason. ValueError: the file was decided about.
    """
    numbers = ObservationBatch.objects.get(pk=batch_id).findings.filter(rule=rule, state=Finding.State.OPEN)
    pairs = [(one.pk, one.economy) for one in numbers]
    mine = [number for number, economy in pairs if reports_for(actor, economy)]
    for number in mine:
        answer_finding(actor, number, "confirm", reason)
    return len(mine)


@transaction.atomic
def sign_off(actor: User, finding_id: int) -> Finding:
    """Agree with the answer to a finding.

    Raises:
        ValueError: there is no answer yet.
        PermissionDenied: the actor is no coordinator.
    """
    if not actor.has_perm("indicators.sign_off"):
        raise PermissionDenied("only coordinators sign off")
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    if finding.state == Finding.State.OPEN:
        raise ValueError(f"finding {finding_id} has no answer")
    finding.signed_by, finding.signed_at = actor, timezone.now()
    finding.save(update_fields=["signed_by", "signed_at"])
    write_record(actor, "sign off", finding)
    return finding
