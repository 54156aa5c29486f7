"""Reads of the outbox."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from actionlines_web.accounts.models import User
from actionlines_web.outbox.models import Message, Refusal
from actionlines_web.outbox.wording import kinds


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
