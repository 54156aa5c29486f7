"""Making an edition, changing its data, moving its days."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from actionlines.problems import InputError, Problem, marked
from actionlines.programme.edition import Edition as LibraryEdition
from actionlines.programme.edition_file import (
    edition_data,
    edition_from_data,
    load_edition_data,
    with_day_moved,
)
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.models import DayMove, Edition, Placement, Session
from actionlines_web.forum.rules import ensure, may_run

LONGEST = 500_000


@transaction.atomic
def create_edition(
    actor: Actor,
    *,
    slug: str,
    shipped: str = "",
    text: bytes = b"",
    file: str = "",
    name: str = "",
    demonstration: bool = False,
) -> Edition:
    """An edition from data that come with the library (`shipped`), or from an uploaded TOML file.

    Args:
        slug: its address: small letters, digits, hyphens.
        name: in place of the name in the file.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: the file or the address cannot be used; every fault is named.
    """
    ensure(may_run(actor), "only coordinators make editions")
    data = load_edition_data(shipped) if shipped else edition_data(_decoded(text, file), file)
    if name.strip():
        data["name"] = name.strip()
    edition = edition_from_data(data)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 40 or slug == "new":
        expected = marked("small letters and digits, hyphens between them.")
        raise InputError(
            [
                Problem(
                    marked("“%(slug)s” cannot be an address."),
                    {"slug": slug},
                    column="slug",
                    expected=expected,
                )
            ]
        )
    if Edition.objects.filter(slug=slug).exists():
        expected = marked("an address that is free.")
        raise InputError(
            [
                Problem(
                    marked("“%(slug)s” is an edition already."),
                    {"slug": slug},
                    column="slug",
                    expected=expected,
                )
            ]
        )
    made = Edition.objects.create(
        slug=slug, year=edition.year, name=edition.name[:200], data=data, demonstration=demonstration
    )
    write_record(actor, "create", made, {"year": edition.year})
    return made


def _decoded(text: bytes, file: str) -> str:
    if len(text) > LONGEST:
        raise InputError([Problem(marked("the file has %(size)d bytes."), {"size": len(text)}, file)])
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem(marked("is not written in UTF-8."), {}, file)]) from error


@transaction.atomic
def change_edition(actor: Actor, edition: Edition, text: bytes, file: str) -> Edition:
    """Let the edition be as a new TOML file says: another room, another phase, other slots.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: the file cannot be used, or takes away what a session stands in.
    """
    ensure(may_run(actor), "only coordinators change editions")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    data = edition_data(_decoded(text, file), file)
    made = edition_from_data(data)
    problems = list(_taken_away(locked, made, file))
    if problems:
        raise InputError(problems)
    locked.data, locked.name, locked.year = data, made.name[:200], made.year
    _save_changed(locked, "data", "name", "year")
    write_record(actor, "change", locked, {"year": made.year})
    return locked


def _taken_away(edition: Edition, made: LibraryEdition, file: str) -> list[Problem]:
    """What sessions need and the new data no longer have."""
    sessions = Session.objects.filter(edition=edition).exclude(state=Session.State.DRAFT)
    placed = Placement.objects.filter(session__edition=edition)
    used: Mapping[str, tuple[set[str], Any]] = {
        "types": (set(sessions.exclude(kind="").values_list("kind", flat=True)), made.kind_by_code),
        "tracks": (set(sessions.exclude(track="").values_list("track", flat=True)), made.track_by_code),
        "rooms": (set(placed.values_list("room", flat=True)), made.room_by_id),
        "days": (set(placed.values_list("slot", flat=True)), made.slot_by_id),
    }
    return [
        Problem(
            marked("“%(code)s” is missing, and a session needs it."),
            {"code": code},
            file,
            column=part,
            expected=marked("every code that sessions stand in."),
        )
        for part, (codes, known) in used.items()
        for code in sorted(codes - set(known))
    ]


@transaction.atomic
def move_day(actor: Actor, edition: Edition, day: str, on: date, reason: str) -> DayMove:
    """Move a day of the programme to another date: its sessions keep slots and rooms. The reason is published.

    The published programme changes with the next version that is published.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: no such day, a date that another day has, or no reason.
    """
    ensure(may_run(actor), "only coordinators move days")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if not reason.strip():
        expected = marked("a sentence; it is published.")
        raise InputError([Problem(marked("no reason is given."), {}, column="reason", expected=expected)])
    data = with_day_moved(locked.data, day, on)
    before = next(item.on for item in edition_from_data(locked.data).days if item.code == day)
    locked.data = data
    _save_changed(locked, "data")
    edition.data, edition.version = locked.data, locked.version
    made = DayMove.objects.create(
        edition=locked,
        day=day,
        before=before,
        after=on,
        reason=reason.strip()[:500],
        moved_by=actor if isinstance(actor, User) else None,
    )
    changes = {"date": [before.isoformat(), on.isoformat()]}
    write_record(actor, "move day", locked, {"day": day, "reason": made.reason, "changes": changes})
    return made


def _save_changed(edition: Edition, *fields: str) -> None:
    edition.version += 1
    edition.save(update_fields=[*fields, "version"])


def note_change(edition: int) -> None:
    """Have every process read the public programme of the edition (its number) anew; in the caller's transaction."""
    Edition.objects.filter(pk=edition).update(version=F("version") + 1)
