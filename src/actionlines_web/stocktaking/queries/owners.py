"""Who answers for an entry."""

from collections.abc import Sequence

from django.db.models import Q

from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import people_of
from actionlines_web.stocktaking.models import Entry, Submission


def owners_of(entry: Entry) -> Sequence[User]:
    """Whoever brought the entry in, and the managers of its organisation (its members where it has no manager)."""
    brought = Submission.objects.filter(entry=entry, base={}, state=Submission.State.PUBLISHED)
    people = people_of(entry.organisation_id) if entry.organisation_id else set()
    found = User.objects.filter(Q(pk__in=brought.values("submitter_id")) | Q(pk__in=people), is_active=True)
    return list(found.order_by("pk"))
