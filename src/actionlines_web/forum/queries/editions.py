"""Editions, and what the library makes of their data."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from actionlines.programme.edition import Edition as LibraryEdition
from actionlines.programme.edition_file import edition_from_data
from actionlines_web.forum.models import DayMove, Edition

Known = TypeVar("Known")
_EDITIONS: dict[str, tuple[int, LibraryEdition]] = {}


def editions() -> Sequence[Edition]:
    """Every edition, the newest first."""
    return list(Edition.objects.defer("data"))


def edition_by_slug(slug: str) -> Edition | None:
    """The edition at this address, or None."""
    return Edition.objects.filter(slug=slug).first()


def edition_of(edition: Edition) -> LibraryEdition:
    """The edition as the library knows it: its days, slots, rooms, tracks, types, periods."""
    return remembered(_EDITIONS, edition, lambda: edition_from_data(edition.data))


def remembered(known: dict[str, tuple[int, Known]], edition: Edition, read: Callable[[], Known]) -> Known:
    """What was read of an edition, read anew when it has changed since (see `Edition.version`)."""
    found = known.get(edition.key)
    if found is None or found[0] != edition.version:
        found = known[edition.key] = edition.version, read()
    return found[1]


def moves_of(edition: Edition) -> Sequence[DayMove]:
    """The days that were moved, the last first."""
    return list(edition.moves.order_by("-pk"))
