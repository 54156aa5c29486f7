"""What the prizes say of an entry: its status, which no owner writes."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_record
from actionlines_web.stocktaking.actions.publication import keep_revision, keep_standing
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.models.choices import Status
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.revisions import AWARD
from actionlines_web.webhooks.actions import emit_event

# Later prizes add to earlier ones: who won once is not made a nominee by coming again.
_RANKS: Final[tuple[str, ...]] = (Status.NOMINEE, Status.CHAMPION, Status.WINNER)


@transaction.atomic
def award_entry(actor: Actor, identifier: str, status: str, prize: str) -> bool:
    """Give an entry the status it has from a prize, with a revision in its history; False where nothing changes.

    Nothing changes where it has this status or a higher one, is archived, or is not in the register any more.

    Args:
        status: 'nominee', 'champion' or 'winner'.
        prize: the name of the edition, for the audit trail.

    Raises:
        PermissionDenied: the actor is no coordinator.
        ValueError: another status.
    """
    if not isinstance(actor, System) and not actor.has_perm("stocktaking.import_entries"):
        raise PermissionDenied("only coordinators say what an entry has won")
    rank = _RANKS.index(status)
    locked = Entry.objects.select_for_update(of=("self",)).filter(identifier=identifier).first()
    if (
        locked is None
        or locked.archived_at is not None
        or (locked.status in _RANKS and _RANKS.index(locked.status) >= rank)
    ):
        return False
    keep_standing(locked)
    before, locked.status = locked.status, status
    locked.save(update_fields=["status", "changed_at"])
    keep_revision(locked, note=AWARD)
    write_postings([locked.pk])
    emit_event("entry.changed", [locked.identifier])
    write_record(actor, "change", locked, {"changes": {"status": [before, status]}, "prize": prize})
    return True
