"""Reads of the outbox."""

import logging
from collections.abc import Iterable, Set
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from actionlines_web.accounts.models import User
from actionlines_web.outbox.models import Message, OwnWording, Refusal
from actionlines_web.outbox.wording import Source, Written, compiled, kinds, write

logger = logging.getLogger(__name__)


def messages(state: str = "") -> QuerySet[Message]:
    """The messages, of one state if wanted, the newest first, without their bodies."""
    found = Message.objects.defer("text", "html").order_by("-pk")
    return found.filter(state=state) if state else found


def overdue_messages(seconds: int) -> int:
    """How many messages should have been tried this long ago and were not."""
    late = timezone.now() - timedelta(seconds=seconds)
    return Message.objects.filter(state=Message.State.QUEUED, due_at__lt=late).count()


def mail_numbers() -> dict[str, int]:
    """How many messages wait, and failed for good within the last day."""
    day = timezone.now() - timedelta(days=1)
    return {
        "waiting": Message.objects.filter(state=Message.State.QUEUED).count(),
        "failed": Message.objects.filter(state=Message.State.FAILED, created_at__gte=day).count(),
    }


def is_secret(message: Message) -> bool:
    """Whether the content is for its reader's eyes only; a kind that is no more counts as one."""
    known = kinds().get(message.kind)
    return known is None or known.secret


def own_source(kind: str, language: str) -> Source | None:
    """The site's own wording; None where there is none, or none that can be used.

    A wording kept by an earlier version may lack a value that a kind has gained since: rather the product's than none.
    """
    kept = OwnWording.objects.filter(kind=kind, language=language).first()
    if kept is None:
        return None
    source = Source(kept.subject, kept.text)
    _, problems = compiled(source, kinds()[kind].examples.keys())
    if problems:
        logger.warning("the site's own wording %s is not used: %s", kept.code, problems[0])
        return None
    return source


def standing_source(kind: str, language: str) -> Source:
    """The wording in use, as it was written; KeyError for an unknown kind or language."""
    return own_source(kind, language) or kinds()[kind].wordings[language].source


def own_languages(kind: str) -> Set[str]:
    """The languages in which the site has its own wording of this kind."""
    return set(OwnWording.objects.filter(kind=kind).values_list("language", flat=True))


def example_of(kind: str, language: str, source: Source | None = None) -> Written:
    """A message with examples for its values, in the wording in use or another one.

    Raises:
        InputError: the other one cannot be used.
    """
    return write(kind, language, kinds()[kind].examples, source or own_source(kind, language))


def written_to(user: User, addresses: Iterable[str]) -> QuerySet[Message]:
    """The messages to a person or to one of these addresses."""
    return Message.objects.filter(Q(recipient=user) | Q(address__in=set(addresses))).order_by("pk")


def held_about(user: User, addresses: Iterable[str]) -> dict[str, Any]:
    """What the outbox holds about a person, as plain data; secret messages without their content."""
    wanted = set(addresses)
    return {
        "messages": [
            {
                "kind": message.kind,
                "address": message.address,
                "language": message.language,
                "subject": message.subject,
                "text": "" if is_secret(message) else message.text,
                "state": message.state,
                "created_at": message.created_at,
                "sent_at": message.sent_at,
            }
            for message in written_to(user, wanted)
        ],
        "unsubscribed": list(Refusal.objects.filter(address__in=wanted).values("address", "kind", "at")),
    }
