"""What organisers file after their session is accepted."""

from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.programme.request import LONGEST_TEXT
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.actions.editions import note_change
from actionlines_web.forum.models import Session
from actionlines_web.forum.rules import ensure, may_keep


@transaction.atomic
def file_description(actor: Actor, session: Session, text: str) -> Session:
    """The description as it will be printed; filed again, the last one stands.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: the session is not accepted.
        InputError: no text, or one that is too long.
    """
    locked = _accepted(actor, session)
    said = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not said or len(said) > LONGEST_TEXT:
        told = {"found": len(said), "most": LONGEST_TEXT}
        expected = marked("at most %(most)d characters, and one at least.")
        raise InputError(
            [Problem(marked("the text has %(found)d characters."), told, column="text", expected=expected)]
        )
    locked.final_description, locked.final_at = said, timezone.now()
    locked.save(update_fields=["final_description", "final_at", "changed_at"])
    note_change(locked.edition_id)
    write_record(actor, "file description", locked)
    return locked


@transaction.atomic
def settle_panellists(actor: Actor, session: Session) -> Session:
    """The organisers say that the speakers of their session are settled.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: the session is not accepted.
        InputError: it has no speaker.
    """
    locked = _accepted(actor, session)
    if not locked.appearances.exists():
        raise InputError([Problem(marked("the session has no speaker yet."))])
    locked.panellists_at = timezone.now()
    locked.save(update_fields=["panellists_at", "changed_at"])
    write_record(actor, "settle panellists", locked)
    return locked


def _accepted(actor: Actor, session: Session) -> Session:
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    ensure(may_keep(actor, locked), "only its organisers file what a session owes")
    if locked.state != Session.State.ACCEPTED:
        raise ValueError(f"session {locked.number} is {locked.state}")
    return locked
