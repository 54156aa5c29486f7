"""The history of an entry: its revisions, and what differs between two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actionlines.stocktaking import COLUMNS
from actionlines.stocktaking.difference import Change, word_changes
from actionlines_web.stocktaking.models import Entry, Revision

# The note of a revision that the prizes made.
AWARD: Final = "award"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs: its column, and the stretches of its two texts."""

    name: str
    stretches: Sequence[Change]


def revisions_of(entry: Entry) -> list[Revision]:
    """The revisions of an entry, the newest first."""
    return list(Revision.objects.filter(entry=entry).select_related("made_by").order_by("-number"))


def has_history(entry: Entry) -> bool:
    """Whether it ever came through the workflow or was changed by it."""
    return Revision.objects.filter(entry=entry).exists()


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldChange]:
    """The fields (of the library's COLUMNS) that differ, in their order; others, such as a contact's, never."""
    return [
        FieldChange(name, word_changes(before.get(name, ""), after.get(name, "")))
        for name in COLUMNS
        if before.get(name, "") != after.get(name, "")
    ]
