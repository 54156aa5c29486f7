"""Taking part in an event."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.events.models import Event, Participant
from actionlines_web.organisations.queries import organisations_of


@transaction.atomic
def join_event(
    actor: Actor,
    slug: str,
    *,
    organisation: int | None = None,
    named: bool = False,
    now: datetime | None = None,
) -> Participant:
    """Take part in an announced event, or change how.

    Args:
        organisation: for which of one's own organisations, or None.
        named: whether others may read one's name among the participants.

    Raises:
        PermissionDenied: nobody is signed in, or the organisation is another's.
        InputError: the event is over or does not take place.
    """
    if not isinstance(actor, User) or not actor.is_active:
        raise PermissionDenied("only people with an account take part")
    if organisation is not None and organisation not in organisations_of(actor):
        raise PermissionDenied("only for members of the organisation")
    found = Event.objects.select_for_update().get(slug=slug)
    if found.state != Event.State.PUBLIC or found.ends < (now or timezone.now()):
        raise InputError([Problem(marked("one cannot take part in this event any more, or not yet."))])
    made, new = Participant.objects.update_or_create(
        event=found, user=actor, defaults={"organisation_id": organisation, "named": named}
    )
    write_record(actor, "join" if new else "change", found, {"named": named})
    return made


@transaction.atomic
def leave_event(actor: Actor, slug: str) -> None:
    """No longer take part; nothing where one does not."""
    if not isinstance(actor, User):
        raise PermissionDenied("only people with an account take part")
    found = Event.objects.select_for_update().get(slug=slug)
    if found.participants.filter(user=actor).delete()[0]:
        write_record(actor, "leave", found)


def erase_participation(user: User) -> int:
    """Take a person off all lists of participants; part of erasing an account. Returns of how many."""
    return Participant.objects.filter(user=user).delete()[0]
