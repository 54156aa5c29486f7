"""Reading the whole register again, after the aligner has learnt something."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db import transaction

from actionlines.alignment import Basis
from actionlines.alignment.edition import aligner_edition
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_records
from actionlines_web.stocktaking.actions.entries import Progress, may_import, silent
from actionlines_web.stocktaking.actions.links import link_entries
from actionlines_web.stocktaking.linking import links_of
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.library import links_as_library, to_library
from actionlines_web.stocktaking.queries.links import refused_by_owners

CHUNK: Final = 200


def realign_entries(actor: Actor, progress: Progress = silent) -> int:
    """Read every text again with today's aligner; decisions stand. Returns the number of entries whose links changed.

    A slice of entries at a time, each in a transaction of its own: it may be stopped and begun again.

    Raises:
        PermissionDenied: the actor may not bring in entries.
    """
    may_import(actor)
    total, done, changed = Entry.objects.count(), 0, 0
    for keys in _slices():
        changed += realign(actor, keys)
        done += len(keys)
        progress(done, total)
    return changed


def _slices() -> Iterator[list[int]]:
    last = 0
    while keys := list(Entry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield keys
        last = keys[-1]


def realign(actor: Actor, keys: Sequence[int]) -> int:
    """Read some texts again, by the primary keys of their entries, for an action that has checked who may."""
    # Reading is slow and needs no lock; an entry that changes meanwhile has been aligned by whoever changed it.
    read = {row.pk: (row.changed_at, to_library(row, links_as_library(row))) for row in _loaded(keys)}
    refused = refused_by_owners(keys)
    found = {
        key: [
            link
            for link in links_of(entry)
            if link.basis is Basis.DECLARED or (link.framework, link.node) not in refused.get(key, ())
        ]
        for key, (_, entry) in read.items()
    }
    with transaction.atomic():
        locked = dict(
            Entry.objects.filter(pk__in=keys)
            .order_by("pk")
            .select_for_update(of=("self",))
            .values_list("pk", "changed_at")
        )
        rows = [row for row in _loaded(keys) if row.pk in read and locked.get(row.pk) == read[row.pk][0]]
        stood = _said(rows)
        link_entries((row, read[row.pk][1], found[row.pk]) for row in rows)
        write_postings(row.pk for row in rows)
        now = _said(_loaded([row.pk for row in rows]))
        changed = [row for row in rows if stood[row.pk] != now[row.pk]]
        write_records(actor, "realign", [(row, {"edition": aligner_edition()}) for row in changed])
    return len(changed)


def _loaded(keys: Sequence[int]) -> list[Entry]:
    found = Entry.objects.filter(pk__in=keys).order_by("pk")
    return list(found.select_related("organisation").prefetch_related("links"))


def _said(rows: Iterable[Entry]) -> dict[int, set[tuple[object, ...]]]:
    return {
        row.pk: {
            (link.framework, link.node, link.tier, link.basis, link.probability, str(link.evidence))
            for link in row.links.all()
        }
        for row in rows
    }
