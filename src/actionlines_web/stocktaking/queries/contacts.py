"""Whom to ask about an entry. Nothing public may call this: only pages that have checked `may_tend`."""

from actionlines.stocktaking import Contact
from actionlines_web.stocktaking.models import Entry, EntryContact


def contact_of(entry: Entry) -> Contact:
    """The contact of an entry; an empty one where nobody was named."""
    found = EntryContact.objects.filter(entry=entry).first()
    return Contact(found.name, found.email) if found else Contact()
