"""Reminders of what organisers owe."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from actionlines.programme.edition import Edition as LibraryEdition
from actionlines.programme.reminders import owed
from actionlines_web.forum.actions.telling import readers_of, tell
from actionlines_web.forum.models import Edition, Reminder, Session
from actionlines_web.forum.queries.editions import edition_of

# The message of each duty.
KINDS: Final = {
    "final_description": "forum-owes-description",
    "panellists": "forum-owes-panellists",
    "outcomes": "forum-owes-outcomes",
}


def remind_organisers(now: datetime | None = None) -> int:
    """Tell the organisers of placed sessions what they owe soon; returns how many messages.

    A session is one transaction and remembers what was sent: a second run, or one cut off, tells nobody twice.
    """
    moment = now or timezone.now()
    sent = 0
    for row in Edition.objects.all():
        edition = edition_of(row)
        today = moment.astimezone(edition.clock).date()
        waiting = Session.objects.filter(
            edition=row, state=Session.State.ACCEPTED, placement__slot__in=list(edition.slot_by_id)
        )
        if edition.days and (edition.days[0].on - today).days < 120:
            for key in list(waiting.values_list("pk", flat=True)):
                sent += _remind(key, edition, today)
    return sent


@transaction.atomic
def _remind(key: int, edition: LibraryEdition, today: date) -> int:
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("edition", "placement").get(pk=key)
    )
    slot = edition.slot_by_id.get(session.placement.slot)
    if slot is None:
        return 0
    done = {
        duty
        for duty, at in (
            ("final_description", session.final_at),
            ("panellists", session.panellists_at),
            ("outcomes", session.outcomes_at),
        )
        if at is not None
    }
    reminded = set(session.reminders.values_list("duty", "due", "ahead"))
    sent = 0
    for item in owed(edition, slot.day, today, done, reminded):
        if item.ahead is not None:
            Reminder.objects.create(session=session, duty=item.duty, due=item.due, ahead=item.ahead)
            sent += tell(session, readers_of(session), KINDS[item.duty], due=item.due)
    return sent
