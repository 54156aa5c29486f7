"""Frameworks: loaded from files, shown and hidden, their periods closed and opened, their results given to organisations."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines.results.framework import FrameworkIndicator, FrameworkResult, ResultsFramework
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.results.figures import store_figures
from actionlines_web.results.models import (
    Budget,
    Framework,
    Indicator,
    Lock,
    Report,
    Result,
    Target,
)

_RESULT = ("level", "title", "lines", "goals", "unverified")
_INDICATOR = ("title", "unit", "aggregation", "baseline", "baseline_period", "parts")


@dataclass(frozen=True, slots=True)
class Change:
    """What loading a framework does to a result or an indicator: 'added' or 'changed', and which fields."""

    kind: str
    what: str
    code: str
    fields: tuple[str, ...] = ()


def _keeps(actor: Actor) -> None:
    if not rules.has_perm("results.keep_framework", actor):
        raise PermissionDenied("only for coordinators")


def _locked(framework: Framework) -> Framework:
    """The row, kept from others until the transaction ends: figures of a framework are made one after another."""
    return Framework.objects.select_for_update().get(pk=framework.pk)


@transaction.atomic
def load_framework(actor: Actor, wanted: ResultsFramework, *, dry_run: bool = False) -> list[Change]:
    """Take a framework from its file: new as a draft, or what the one of this code gains and what changes in it.

    Nothing is taken away: what the file no longer names stays, with what was reported of it.

    Raises:
        InputError: it would change how figures come together that were reported already, or take a period away.
    """
    _keeps(actor)
    row = Framework.objects.select_for_update().filter(code=wanted.code).first()
    problems = list(_contradictions(row, wanted)) if row else []
    if problems:
        raise InputError(problems)
    point = transaction.savepoint()
    row, changes = _loaded(row, wanted)
    if dry_run or not changes:
        transaction.savepoint_rollback(point)
        return changes
    store_figures(row)
    counts = {kind: sum(change.kind == kind for change in changes) for kind in ("added", "changed")}
    write_record(actor, "load", row, {"name": wanted.code, "rows": counts})
    return changes


def _contradictions(row: Framework, wanted: ResultsFramework) -> Iterator[Problem]:
    for period in sorted(set(row.periods) - set(wanted.periods)):
        yield Problem(marked("the period %(period)s would go."), {"period": period}, column="periods")
    reported = Report.objects.filter(indicator__framework=row).values("indicator")
    kinds = dict(Indicator.objects.filter(pk__in=reported).values_list("code", "aggregation"))
    for one in wanted.indicators:
        if kinds.get(one.code, one.aggregation) != one.aggregation:
            yield Problem(
                marked("figures of “%(code)s” were reported as %(kind)s."),
                {"code": one.code, "kind": kinds[one.code]},
                column="aggregation",
                expected=marked("the same aggregation, or an indicator with another code."),
            )


def _loaded(row: Framework | None, wanted: ResultsFramework) -> tuple[Framework, list[Change]]:
    values = {
        "cycle": wanted.cycle,
        "title": dict(wanted.title.by_language),
        "source": wanted.source,
        "periods": list(wanted.periods),
    }
    if row is None:
        row = Framework.objects.create(code=wanted.code, **values)
        changes = [Change("added", "framework", wanted.code)]
    else:
        differs = tuple(name for name, value in values.items() if getattr(row, name) != value)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        changes = [Change("changed", "framework", wanted.code, differs)] if differs else []
    results = _results(row, wanted.results, changes)
    _indicators(row, wanted.indicators, results, changes)
    return row, changes


def _results(
    framework: Framework, wanted: tuple[FrameworkResult, ...], changes: list[Change]
) -> dict[str, Result]:
    known = {row.code: row for row in Result.objects.filter(framework=framework)}
    for position, one in enumerate(_downwards(wanted)):
        values = {
            "level": one.level,
            "title": dict(one.title.by_language),
            "lines": list(one.lines),
            "goals": list(one.goals),
            "unverified": one.unverified,
            "position": position,
            "parent": known.get(one.parent),
        }
        known[one.code] = _stored(Result, framework, "result", one.code, known.get(one.code), values, changes)
    return known


def _downwards(results: tuple[FrameworkResult, ...]) -> list[FrameworkResult]:
    """Those above before those below, in the file's order."""
    order: list[FrameworkResult] = []
    below: dict[str, list[FrameworkResult]] = {}
    for one in results:
        below.setdefault(one.parent, []).append(one)
    waiting = list(reversed(below.get("", [])))
    while waiting:
        one = waiting.pop()
        order.append(one)
        waiting.extend(reversed(below.get(one.code, [])))
    return order


def _indicators(
    framework: Framework,
    wanted: tuple[FrameworkIndicator, ...],
    results: dict[str, Result],
    changes: list[Change],
) -> None:
    known = {row.code: row for row in Indicator.objects.filter(framework=framework)}
    for position, one in enumerate(wanted):
        values = {
            "result": results[one.result],
            "title": dict(one.title.by_language),
            "unit": one.unit,
            "aggregation": one.aggregation.value,
            "baseline": one.baseline,
            "baseline_period": one.baseline_period,
            "parts": list(one.parts),
            "position": position,
        }
        known[one.code] = _stored(
            Indicator, framework, "indicator", one.code, known.get(one.code), values, changes
        )
    for one in wanted:
        row = known[one.code]
        above = known[one.of] if one.of else None
        if row.part_of_id != (above.pk if above else None):
            row.part_of = above
            row.save(update_fields=["part_of"])
            _note(changes, "indicator", one.code, "of")
        targets = dict(Target.objects.filter(indicator=row).values_list("period", "value"))
        if targets != dict(one.targets):
            Target.objects.filter(indicator=row).delete()
            Target.objects.bulk_create(
                [Target(indicator=row, period=period, value=value) for period, value in one.targets.items()]
            )
            _note(changes, "indicator", one.code, "targets")


def _note(changes: list[Change], what: str, code: str, name: str) -> None:
    """Add a field to the change of this row, unless the row is new."""
    for place, change in enumerate(changes):
        if (change.what, change.code) == (what, code):
            if change.kind == "changed":
                changes[place] = Change("changed", what, code, (*change.fields, name))
            return
    changes.append(Change("changed", what, code, (name,)))


def _stored(
    model: Any,
    framework: Framework,
    what: str,
    code: str,
    row: Any,
    values: dict[str, Any],
    changes: list[Change],
) -> Any:
    if row is None:
        changes.append(Change("added", what, code))
        return model.objects.create(framework=framework, code=code, **values)
    differs = tuple(
        name for name, value in values.items() if name != "position" and getattr(row, name) != value
    )
    if differs or row.position != values["position"]:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    if differs:
        changes.append(Change("changed", what, code, differs))
    return row


@transaction.atomic
def show_framework(actor: Actor, framework: Framework, state: str) -> None:
    """Make a framework public, or a draft again.

    Raises:
        ValueError: no such state.
    """
    _keeps(actor)
    found = _locked(framework)
    state = Framework.State(state).value
    if found.state == state:
        return
    changes = difference({"state": found.state}, {"state": state})
    found.state = state
    found.save(update_fields=["state", "changed_at"])
    write_record(actor, "change", found, {"name": found.code, "changes": changes})


@transaction.atomic
def lock_period(actor: Actor, framework: Framework, period: str, reason: str) -> Lock:
    """Close a period: what was reported of it stays as it is.

    Raises:
        InputError: no such period, closed already, no reason.
    """
    _keeps(actor)
    found = _locked(framework)
    problem = _lock_problem(found, period, reason.strip())
    if problem:
        raise InputError([problem])
    made = Lock.objects.create(
        framework=found,
        period=period,
        reason=reason.strip(),
        locked_by=actor if isinstance(actor, User) else None,
    )
    write_record(actor, "lock", found, {"name": period, "reason": made.reason})
    return made


def _lock_problem(framework: Framework, period: str, reason: str) -> Problem | None:
    if period not in framework.periods:
        return Problem(
            marked("“%(said)s” cannot stand here."),
            {"said": period},
            column="period",
            expected=marked("a period of the framework."),
        )
    if Lock.objects.filter(framework=framework, period=period).exists():
        return Problem(marked("the period %(period)s is closed already."), {"period": period})
    if not reason or len(reason) > 500:
        return Problem(
            marked("“%(key)s” is missing or cannot stand there."),
            {"key": "reason", "most": 500},
            column="reason",
            expected=marked("a text of at most %(most)d characters."),
        )
    return None


@transaction.atomic
def unlock_period(actor: Actor, framework: Framework, period: str) -> None:
    """Open a closed period again; an open one stays open."""
    _keeps(actor)
    found = _locked(framework)
    gone, _ = Lock.objects.filter(framework=found, period=period).delete()
    if gone:
        write_record(actor, "unlock", found, {"name": period})


@transaction.atomic
def give_result(actor: Actor, result: Result, organisation: int | None) -> None:
    """Say which organisation (its number) reports for a result and what is below it; None takes that back."""
    _keeps(actor)
    found = Result.objects.select_for_update(of=("self",)).get(pk=result.pk)
    if found.organisation_id == organisation:
        return
    changes = difference({"organisation": found.organisation_id}, {"organisation": organisation})
    found.organisation_id = organisation
    found.save(update_fields=["organisation"])
    write_record(actor, "change", found, {"name": found.code, "changes": changes})


@transaction.atomic
def save_budget(
    actor: Actor,
    result: Result,
    *,
    period: str,
    currency: str,
    planned: Decimal | None,
    spent: Decimal | None,
) -> None:
    """What was planned and spent for a result in a period; both None takes the row away.

    Raises:
        InputError: no such period, a closed one, no currency, an amount below 0.
    """
    _keeps(actor)
    framework = _locked(result.framework)
    problems = [
        *check_open(framework, period),
        *(
            Problem(
                marked("“%(said)s” cannot stand here."),
                {"said": f"{amount:f}"},
                column=name,
                expected=marked("a number that is not below 0."),
            )
            for name, amount in (("planned", planned), ("spent", spent))
            if amount is not None and amount < 0
        ),
    ]
    if len(currency) != 3 or not currency.isascii() or not currency.isupper():
        problems.append(
            Problem(
                marked("“%(said)s” cannot stand here."),
                {"said": currency[:60]},
                column="currency",
                expected=marked("the three letters of a currency, such as CHF."),
            )
        )
    if problems:
        raise InputError(problems)
    row = Budget.objects.filter(result=result, period=period, currency=currency).first()
    before = {"planned": row.planned, "spent": row.spent} if row else {"planned": None, "spent": None}
    changes = difference(before, {"planned": planned, "spent": spent})
    if not changes:
        return
    if planned is None and spent is None:
        Budget.objects.filter(result=result, period=period, currency=currency).delete()
    else:
        Budget.objects.update_or_create(
            result=result,
            period=period,
            currency=currency,
            defaults={"planned": planned, "spent": spent},
        )
    write_record(
        actor, "set budget", result, {"name": f"{result.code} {period} {currency}", "changes": changes}
    )


def check_open(framework: Framework, period: str) -> list[Problem]:
    """Why nothing can be entered for a period: it is none of the framework, or closed."""
    if period not in framework.periods:
        return [
            Problem(
                marked("“%(said)s” cannot stand here."),
                {"said": period},
                column="period",
                expected=marked("a period of the framework."),
            )
        ]
    lock = Lock.objects.filter(framework=framework, period=period).first()
    if lock is None:
        return []
    return [
        Problem(
            marked("the period %(period)s is closed: %(reason)s"),
            {"period": period, "reason": lock.reason},
            column="period",
            expected=marked("an open period, or that a coordinator opens this one again."),
        )
    ]


@transaction.atomic
def compute_framework(actor: Actor, framework: Framework) -> int:
    """Compute every figure of a framework anew from what was approved; returns how many there are."""
    _keeps(actor)
    found = _locked(framework)
    number = store_figures(found)
    write_record(actor, "compute", found, {"name": found.code, "number": number})
    return number
