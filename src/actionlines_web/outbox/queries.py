"""Reads of the outbox."""

from django.db.models import QuerySet

from actionlines_web.outbox.models import Message


def messages(state: str = "") -> QuerySet[Message]:
    """The messages, of one state if wanted, the newest first, without their bodies."""
    found = Message.objects.defer("text", "html").order_by("-pk")
    return found.filter(state=state) if state else found
