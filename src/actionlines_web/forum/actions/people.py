"""The people of sessions: named by organisers, invited by mail, confirmed with the link in it."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actionlines.programme.request import Speaker
from actionlines.text import fold
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.actions.editions import note_change
from actionlines_web.forum.actions.telling import tell_speaker
from actionlines_web.forum.models import Appearance, Person, Session
from actionlines_web.forum.rules import ensure, may_keep

_SALT: Final = "forum.speaker"
_TOKEN_SECONDS: Final = 400 * 24 * 3600
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
State = Appearance.State


def name_speakers(session: Session, speakers: Iterable[Speaker]) -> None:
    """Let the speakers of a session be these, in this order, in the caller's transaction; who stays keeps their answer."""
    kept = []
    for position, speaker in enumerate(speakers):
        person = _person(session, speaker)
        item, _ = Appearance.objects.update_or_create(
            session=session,
            person=person,
            defaults={"role": speaker.role, "remote": speaker.remote, "position": position},
        )
        kept.append(item.pk)
    session.appearances.exclude(pk__in=kept).delete()


def _person(session: Session, speaker: Speaker) -> Person:
    """The person of the edition who is meant: of this address, or without one of this name and organisation.

    Somebody already named in the session without an address may be given one.
    """
    email = speaker.email.lower()
    found = None
    if email:
        found = Person.objects.filter(edition_id=session.edition_id, email=email).first()
    if found is None:
        unknown = Person.objects.filter(edition_id=session.edition_id, email="")
        same = Q(appearances__session=session)
        if not email:
            same |= Q(organisation=speaker.organisation.strip())
        there = unknown.filter(same).distinct()
        found = next((item for item in there if fold(item.name) == fold(speaker.name)), None)
    if found is None:
        found = Person(edition_id=session.edition_id, code=_free_code(session.edition_id))
        found.language = session.language
    elif found.appearances.exclude(session=session).exists() or found.user_id is not None:
        return found  # others named them too: nobody writes over what they said
    found.name, found.email, found.title = speaker.name.strip(), email, speaker.title.strip()
    found.organisation, found.country = speaker.organisation.strip(), speaker.country
    found.save()
    return found


def _free_code(edition: int) -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(8))
        if not Person.objects.filter(edition_id=edition, code=code).exists():
            return code


def take_speakers_over(kept: Session, other: Session) -> None:
    """The speakers of the other session also speak in this one, in the caller's transaction."""
    there = set(kept.appearances.values_list("person_id", flat=True))
    for item in other.appearances.exclude(person_id__in=there):
        item.pk, item.session = None, kept
        item.save(force_insert=True)


@transaction.atomic
def invite_speakers(actor: Actor, session: Session) -> int:
    """Write to each speaker with an address who was not invited yet; returns how many.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: the session is not accepted.
    """
    locked = Session.objects.select_for_update(of=("self",)).select_related("edition").get(pk=session.pk)
    ensure(may_keep(actor, locked), "only its organisers invite the speakers of a session")
    if locked.state != Session.State.ACCEPTED:
        raise ValueError(f"session {locked.number} is {locked.state}")
    waiting = locked.appearances.filter(state=State.NAMED).exclude(person__email="").select_related("person")
    number = 0
    for item in waiting.order_by("position", "pk"):
        item.state, item.invited_at = State.INVITED, timezone.now()
        item.save(update_fields=["state", "invited_at"])
        tell_speaker(item, token_of(item))
        number += 1
    if number:
        write_record(actor, "invite speakers", locked, {"number": number})
    return number


def token_of(item: Appearance) -> str:
    """What the link in an invitation carries."""
    return signing.dumps([item.pk, item.person_id], salt=_SALT)


def read_token(token: str) -> Appearance | None:
    """The appearance a link is about; None for a link that is not ours, too old, or about somebody no longer named."""
    try:
        key, person = signing.loads(token, salt=_SALT, max_age=_TOKEN_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Appearance.objects.select_related("session__edition", "person")
    return rows.filter(pk=key, person_id=person).first()


@transaction.atomic
def answer_invitation(token: str, *, accept: bool) -> Appearance:
    """A speaker comes, or does not; said again, the last word stands.

    Raises:
        ValueError: the link is about nothing, or the session is not held.
    """
    found = read_token(token)
    if found is None or found.session.state != Session.State.ACCEPTED:
        raise ValueError("nobody is invited by this link")
    item = (
        Appearance.objects.select_for_update(of=("self",))
        .select_related("session", "person")
        .get(pk=found.pk)
    )
    state = State.CONFIRMED if accept else State.DECLINED
    if item.state != state:
        item.state, item.answered_at = state, timezone.now()
        item.save(update_fields=["state", "answered_at"])
        note_change(item.session.edition_id)
        write_record(System("speaker"), "answer invitation", item.session, {"state": state})
    return item


@transaction.atomic
def set_away(actor: Actor, session: Session, code: str, slots: Sequence[str]) -> Person:
    """Note in which slots a speaker of the session cannot come.

    Raises:
        PermissionDenied: it is not the actor's.
        Person.DoesNotExist: no such speaker.
    """
    ensure(may_keep(actor, session), "only its organisers say when speakers cannot come")
    person = Person.objects.select_for_update(of=("self",)).get(appearances__session=session, code=code)
    if person.away != list(slots):
        person.away = list(slots)
        person.save(update_fields=["away"])
        write_record(actor, "set absence", session, {"number": len(slots)})
    return person
