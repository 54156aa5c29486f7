"""The person to ask about an entry."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.stocktaking import Contact
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.stocktaking.models import Entry, EntryContact
from actionlines_web.stocktaking.rules import may_tend


@transaction.atomic
def write_contact(actor: Actor, entry: Entry, contact: Contact) -> None:
    """Keep whom to ask about an entry; an empty contact takes it away.

    The audit trail learns that it changed and not to whom, for nothing can be erased there.

    Raises:
        PermissionDenied: the actor neither owns nor moderates the entry.
    """
    if not may_tend(actor, entry):
        raise PermissionDenied("only its owner or a moderator says whom to ask")
    known = EntryContact.objects.filter(entry=entry).first()
    if contact == (Contact(known.name, known.email) if known else Contact()):
        return
    if contact:
        EntryContact.objects.update_or_create(
            entry=entry, defaults={"name": contact.name, "email": contact.email}
        )
    else:
        EntryContact.objects.filter(entry=entry).delete()
    write_record(actor, "change contact", entry)
