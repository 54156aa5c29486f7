"""Making one entry of two: the better fields of both, the declared links of both, one address that leads to the other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem
from actionlines.stocktaking import COLUMNS, entry_from_row, row_of
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.stocktaking.actions.archive import locked_entry, take_out
from actionlines_web.stocktaking.actions.entries import store_permitted
from actionlines_web.stocktaking.actions.realigning import realign
from actionlines_web.stocktaking.models import (
    Entry,
    EntryAttachment,
    EntryContact,
    LinkDecision,
    Submission,
)
from actionlines_web.stocktaking.queries.library import (
    links_as_library,
    narrowest,
    to_library,
    translations_of,
)
from actionlines_web.stocktaking.rules import moderates_entry
from actionlines_web.webhooks.actions import emit_event

# Fields of which one of the two is chosen; the links are united, and the identifier is the kept entry's.
CHOSEN: Final = tuple(name for name in COLUMNS if name not in {"id", "lines", "targets"})
KEPT: Final = "kept"
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging would make.

    Attributes:
        kept, other: both entries as they stand, column to text.
        result: the kept entry as it would stand.
        entry: the same as the library's entry, None where `problems` stop it.
        problems: of the chosen fields together, such as an end before the start.
        decisions: how many decisions of reviewers about links of the other come along.
    """

    kept: Mapping[str, str]
    other: Mapping[str, str]
    result: Mapping[str, str]
    entry: LibraryEntry | None
    problems: tuple[Problem, ...]
    decisions: int = 0

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields there is something to choose in."""
        return tuple(name for name in CHOSEN if self.kept.get(name, "") != self.other.get(name, ""))


def plan_merge(actor: Actor, kept: Entry, other: Entry, choices: Mapping[str, str]) -> Merged:
    """What `merge_entries` would make; changes nothing.

    Args:
        choices: column to KEPT or OTHER; without a choice the kept entry's text stays, where it has one.

    Raises:
        PermissionDenied: the actor does not moderate both.
        ValueError: they are one entry, or one is archived.
    """
    if not (moderates_entry(actor, kept) and moderates_entry(actor, other)):
        raise PermissionDenied("only who moderates both entries merges them")
    if kept.pk == other.pk or kept.archived_at is not None or other.archived_at is not None:
        raise ValueError("two entries of the register are needed")
    stands, goes = (to_library(row, list(links_as_library(row))) for row in (kept, other))
    rows = (row_of(stands), row_of(goes))
    result = {name: rows[_side(name, rows, choices)].get(name, "") for name in CHOSEN}
    result |= {
        "id": kept.identifier,
        "lines": "; ".join(narrowest("wsis", (*stands.lines, *goes.lines))),
        "targets": "; ".join(narrowest("sdg", (*stands.targets, *goes.targets))),
    }
    entry, problems = entry_from_row(result)
    if entry is not None:
        entry = replace(entry, translations=_united_translations(kept, other, entry.language))
    return Merged(*rows, result, entry, tuple(problems), len(_decisions_to_carry(goes=other, stands=kept)))


def _side(name: str, rows: tuple[Mapping[str, str], Mapping[str, str]], choices: Mapping[str, str]) -> int:
    chosen = choices.get(name)
    if chosen in {KEPT, OTHER}:
        return int(chosen == OTHER)
    return int(not rows[0].get(name) and bool(rows[1].get(name)))


def _decisions_to_carry(goes: Entry, stands: Entry) -> list[LinkDecision]:
    """What reviewers said of the one entry's links, where nobody said anything of the same link of the other."""
    decided = set(LinkDecision.objects.filter(entry=stands).values_list("framework", "node"))
    said = LinkDecision.objects.filter(entry=goes)
    return [item for item in said if (item.framework, item.node) not in decided]


def _carry_decisions(goes: Entry, stands: Entry) -> int:
    """Repeat them about the entry that stands; the other keeps its own, for the day it is restored."""
    carried = _decisions_to_carry(goes, stands)
    for item in carried:
        item.copy_of_id = item.copy_of_id or item.pk
        item.pk, item.entry = None, stands
        item._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
    LinkDecision.objects.bulk_create(carried)
    return len(carried)


def _united_translations(kept: Entry, other: Entry, language: str) -> tuple[object, ...]:
    found = {item.language: item for item in (*translations_of(other), *translations_of(kept))}
    return tuple(item for code, item in sorted(found.items()) if code != language)


@transaction.atomic
def merge_entries(actor: Actor, kept: Entry, other: Entry, choices: Mapping[str, str]) -> Entry:
    """Put the chosen fields and the declared links of both into `kept`, and archive `other`, whose address leads there.

    Whoever brought `other` in owns `kept` too; its files move, its contact where `kept` has none; a change of `other` that
    is on its way stays unpublished. What reviewers said of its links is repeated about `kept`, where they had said nothing
    of the same link.

    Raises:
        PermissionDenied, ValueError: as `plan_merge`.
        InputError: the chosen fields do not go together.
    """
    first, second = sorted((kept, other), key=lambda row: row.pk)
    locked = {row.pk: locked_entry(actor, row) for row in (first, second)}
    stands, goes = locked[kept.pk], locked[other.pk]
    plan = plan_merge(actor, stands, goes, choices)
    if plan.entry is None:
        raise InputError(plan.problems)
    # The other goes first, so that no count ever holds both.
    take_out(goes, merged_into=stands)
    carried = _carry_decisions(goes, stands)
    store_permitted(actor, [plan.entry], demonstration=stands.demonstration, note={"merged": goes.identifier})
    Submission.objects.filter(entry=goes, state=Submission.State.PUBLISHED).update(entry=stands)
    EntryAttachment.objects.filter(entry=goes).update(entry=stands)
    Entry.objects.filter(merged_into=goes).update(merged_into=stands)
    if not EntryContact.objects.filter(entry=stands).exists():
        EntryContact.objects.filter(entry=goes).update(entry=stands)
    if carried:
        realign(actor, [stands.pk])
    emit_event("entry.archived", [goes.identifier])
    write_record(actor, "merge", goes, {"into": stands.identifier})
    stands.refresh_from_db()
    return stands
