"""Counting requests of a client for all workers."""

from django.db import IntegrityError, transaction
from django.db.models import F

from actionlines_web.api.models import RateWindow


def report_requests(client: str, minute: int, number: int) -> tuple[int, int]:
    """Add requests of a client to a minute; returns what all workers reported for that minute and for the one before.

    Minutes that no longer count are deleted when a new one begins.
    """
    window = RateWindow.objects.filter(client=client, minute=minute)
    if not window.update(requests=F("requests") + number):
        try:
            with transaction.atomic():
                RateWindow.objects.filter(minute__lt=minute - 1).delete()
                RateWindow.objects.create(client=client, minute=minute, requests=number)
        except IntegrityError:  # another worker began the minute just now
            window.update(requests=F("requests") + number)
    found = dict(
        RateWindow.objects.filter(client=client, minute__in=(minute - 1, minute)).values_list(
            "minute", "requests"
        )
    )
    return found.get(minute, number), found.get(minute - 1, 0)
