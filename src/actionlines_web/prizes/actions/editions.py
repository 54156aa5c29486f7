"""Making an edition, and moving its dates."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionlines.prizes import Phase, load_rules, read_rules
from actionlines.prizes.log import first_digest
from actionlines.prizes.phases import KINDS, phase_of, problems_of_move, problems_of_phases
from actionlines.prizes.rules import Rules, rules_as_data, rules_from_data
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_record
from actionlines_web.jobs.actions import enqueue
from actionlines_web.prizes.actions.telling import announce_move
from actionlines_web.prizes.models import Chain, Edition, PhaseMove
from actionlines_web.prizes.rules import ensure, may_run

LONGEST = 200_000


@transaction.atomic
def create_edition(
    actor: Actor, *, slug: str, shipped: str = "", text: bytes = b"", file: str = "", name: str = ""
) -> Edition:
    """An edition from rules that come with the library (`shipped`), or from an uploaded file.

    Args:
        slug: its address: small letters, digits, hyphens.
        name: in place of the name the rules give.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: the rules or the address cannot be used.
    """
    ensure(may_run(actor), "only coordinators make editions")
    rules = load_rules(shipped) if shipped else read_rules(_decoded(text, file), file)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 40:
        raise InputError(
            [
                Problem(
                    marked("“%(slug)s” cannot be an address."),
                    {"slug": slug},
                    column="slug",
                    expected=marked("small letters and digits, hyphens between them."),
                )
            ]
        )
    if Edition.objects.filter(slug=slug).exists():
        raise InputError(
            [
                Problem(
                    marked("“%(slug)s” is an edition already."),
                    {"slug": slug},
                    column="slug",
                    expected=marked("an address that is free."),
                )
            ]
        )
    data = {**rules_as_data(rules), **({"name": name} if name else {})}
    rules = rules_from_data(data)
    edition = Edition.objects.create(slug=slug, year=rules.year, name=rules.name[:200] or slug, rules=data)
    # The chain starts from the year and the name, which therefore never change.
    Chain.objects.create(edition=edition, digest=first_digest(rules).hex())
    write_record(actor, "create", edition, {"year": rules.year})
    return edition


def _decoded(text: bytes, file: str) -> str:
    if len(text) > LONGEST:
        raise InputError([Problem(marked("the file has %(size)d bytes."), {"size": len(text)}, file)])
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem(marked("is not written in UTF-8."), {}, file)]) from error


@transaction.atomic
def move_phase(
    actor: Actor,
    edition: Edition,
    kind: str,
    starts: datetime,
    ends: datetime,
    reason: str,
    *,
    now: datetime | None = None,
) -> PhaseMove:
    """Move a phase, or set its dates for the first time: logged, published with its reason, announced by mail.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: a date that has passed would change, a new one lies in the past, or the phases no longer fit.
    """
    ensure(may_run(actor), "only coordinators move dates")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    moment = now or timezone.now()
    rules = rules_from_data(locked.rules)
    moved = _moved(rules, kind, starts, ends, moment)
    if not reason.strip():
        raise InputError(
            [
                Problem(
                    marked("no reason is given."),
                    {},
                    column="reason",
                    expected=marked("a sentence; it is published."),
                )
            ]
        )
    old = phase_of(rules.phases, kind)
    data: dict[str, Any] = {**locked.rules}
    data["phases"] = [
        {"kind": phase.kind, "starts": phase.starts.isoformat(), "ends": phase.ends.isoformat()}
        for phase in moved
    ]
    locked.rules, locked.version = data, locked.version + 1
    locked.save(update_fields=["rules", "version"])
    move = PhaseMove.objects.create(
        edition=locked,
        kind=kind,
        old_starts=old.starts if old else None,
        old_ends=old.ends if old else None,
        starts=starts,
        ends=ends,
        reason=reason.strip()[:500],
        moved_by=None if isinstance(actor, System) or not actor.is_authenticated else actor,
    )
    edition.rules, edition.version = locked.rules, locked.version
    enqueue(actor, announce_move, edition, move=move.pk)
    was = [old.starts.isoformat(), old.ends.isoformat()] if old else [None, None]
    changes = {"starts": [was[0], starts.isoformat()], "ends": [was[1], ends.isoformat()]}
    write_record(
        actor,
        "move",
        edition,
        {
            "phase": kind,
            "reason": move.reason,
            "changes": {name: pair for name, pair in changes.items() if pair[0] != pair[1]},
        },
    )
    return move


def _moved(rules: Rules, kind: str, starts: datetime, ends: datetime, now: datetime) -> list[Phase]:
    """All phases with the one in its new place."""
    try:
        phase = Phase(kind, starts, ends)
    except ValueError as error:
        raise InputError(
            [
                Problem(
                    marked("the end is not after the beginning."),
                    {},
                    column="ends",
                    expected=marked("a moment after the beginning."),
                )
            ]
        ) from error
    old = phase_of(rules.phases, kind)
    problems: list[Problem] = []
    if old is not None:
        problems += problems_of_move(old, phase, now)
    elif ends <= now:
        problems.append(
            Problem(
                marked("%(new)s lies in the past."),
                {"new": ends.isoformat(" ", "minutes"), "now": now.isoformat(" ", "minutes")},
                column="ends",
                expected=marked("a moment after %(now)s."),
            )
        )
    others = [item for item in rules.phases if item.kind != kind]
    phases = sorted([*others, phase], key=lambda item: KINDS.index(item.kind))
    problems += problems_of_phases(phases)
    if problems:
        raise InputError(problems)
    return phases
