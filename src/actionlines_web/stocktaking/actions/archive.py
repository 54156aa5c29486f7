"""Taking an entry out of the register and putting it back; its address and its history stay."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.search.actions import remove_entries
from actionlines_web.stocktaking.actions.translations import index_rows
from actionlines_web.stocktaking.models import ARCHIVED_TIER, Entry, EntryLink
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.library import to_library
from actionlines_web.stocktaking.rules import moderates_entry
from actionlines_web.webhooks.actions import emit_event


@transaction.atomic
def archive_entry(actor: Actor, entry: Entry, reason: str) -> Entry:
    """Take an entry out of every list, count, search, export and report; `reason` stands in the audit trail.

    Raises:
        PermissionDenied: the actor does not moderate it.
        InputError: there is no reason.
        ValueError: it is archived already.
    """
    locked = locked_entry(actor, entry)
    if not reason.strip():
        fault = Problem(
            marked("the reason is missing."), {}, column="reason", expected=marked("a few words.")
        )
        raise InputError([fault])
    if locked.archived_at is not None:
        raise ValueError(f"entry {locked.identifier} is archived already")
    take_out(locked)
    emit_event("entry.archived", [locked.identifier])
    write_record(actor, "archive", locked, {"reason": reason.strip()})
    return locked


@transaction.atomic
def restore_entry(actor: Actor, entry: Entry) -> Entry:
    """Put an archived entry back, with the links it had; one that was merged stands by itself again.

    Raises:
        PermissionDenied: the actor does not moderate it.
        ValueError: it is not archived.
    """
    locked = locked_entry(actor, entry)
    if locked.archived_at is None:
        raise ValueError(f"entry {locked.identifier} is not archived")
    locked.archived_at = locked.merged_into = None
    locked.save(update_fields=["archived_at", "merged_into"])
    EntryLink.objects.filter(entry=locked).update(tier=F("tier") - ARCHIVED_TIER)
    index_rows([(locked, to_library(locked, []))])
    write_postings([locked.pk])
    emit_event("entry.restored", [locked.identifier])
    write_record(actor, "restore", locked)
    return locked


def locked_entry(actor: Actor, entry: Entry) -> Entry:
    """The entry, locked in the caller's transaction; PermissionDenied where the actor does not moderate it."""
    found = Entry.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=entry.pk)
    if not moderates_entry(actor, found):
        raise PermissionDenied("only its moderators take an entry out of the register or put it back")
    return found


def take_out(locked: Entry, merged_into: Entry | None = None) -> None:
    """What archiving does to a locked entry, its links, the matrix and the search, in the caller's transaction."""
    locked.archived_at, locked.merged_into = timezone.now(), merged_into
    locked.save(update_fields=["archived_at", "merged_into"])
    EntryLink.objects.filter(entry=locked).update(tier=F("tier") + ARCHIVED_TIER)
    remove_entries([locked.pk])
    write_postings([locked.pk])
