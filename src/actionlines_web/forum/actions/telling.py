"""Mail of the Forum."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from babel.dates import format_date

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_id
from actionlines_web.forum.models import Appearance, Session, SessionStep
from actionlines_web.organisations.queries import people_of
from actionlines_web.outbox.actions import page_address, queue_message, reading_language

FORUM: Final = System("forum")
_LOCALES: Final = {"en": "en_GB", "zh": "zh_Hans"}
_KINDS: Final = {
    "submit": "forum-received",
    "accept": "forum-accepted",
    "refuse": "forum-refused",
    "merge": "forum-merged",
    "merged": "forum-joined",
    "cancel": "forum-cancelled",
}


def readers_of(session: Session) -> list[User]:
    """Who is written to about a session: who asked for it, and who answers for its organisations; each once."""
    keys = {session.submitter_id} if session.submitter_id else set()
    for organiser in session.organisers.all():
        if organiser.organisation_id is not None:
            keys |= people_of(organiser.organisation_id)
    found = (user_by_id(key) for key in sorted(keys))
    return [user for user in found if user is not None and user.is_active]


def tell_of_step(session: Session, step: SessionStep) -> None:
    """The organisers of what became of their session; steps that are nobody's mail are passed over."""
    kind = _KINDS.get(step.action)
    if kind is None:
        return
    more: dict[str, str] = {}
    if step.action in {"refuse", "merge", "cancel"}:
        more["reason"] = step.reason
    if step.action == "merge" and session.merged_into is not None:
        more["other"] = session.merged_into.title
    # Of what was sent, only the sender is told; of a decision all who answer for it.
    readers = [
        reader for reader in readers_of(session) if step.action != "submit" or reader.pk == step.actor_id
    ]
    tell(session, readers, kind, more)


def tell(
    session: Session,
    readers: Iterable[User],
    kind: str,
    more: Mapping[str, str] | None = None,
    due: date | None = None,
) -> int:
    """A message about a session to these readers, with a day where one is due; returns to how many it goes."""
    sent = 0
    for reader in readers:
        values = {
            "title": session.title,
            "edition": session.edition.name,
            "address": page_address(reader, "forum:request", session.edition.slug, session.number),
            **(more or {}),
        }
        if due is not None:
            language = reading_language(reader)
            values["due"] = format_date(due, "long", locale=_LOCALES.get(language, language))
        sent += queue_message(FORUM, reader, kind, values) is not None
    return sent


def tell_speaker(item: Appearance, token: str) -> None:
    """A speaker that they are invited, in the language of the session."""
    person, session = item.person, item.session
    values = {
        "name": person.name,
        "title": session.title,
        "edition": session.edition.name,
        "address": page_address(None, "forum:invitation", token, language=person.language),
    }
    queue_message(FORUM, None, "forum-invitation", values, address=person.email, language=person.language)
