"""How often one client may ask: a sliding minute, counted by all workers together.

Each worker counts for itself and reports to the database whenever a client has used up another twentieth of what it
may: readers who ask now and then cost no write, and one who asks too much is seen by all. With n workers a client may
so ask by n twentieths more often than the limit says. Against many clients a proxy in front must help.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from actionlines_web.api.actions import report_requests

logger = logging.getLogger(__name__)
_CLIENTS_KEPT = 10_000
_REPORTS = 20
_MINUTE = 60.0

# Adds requests of a client to a minute's; gives what all workers reported for that minute and for the one before.
Report = Callable[[str, int, int], tuple[int, int]]


@dataclass(slots=True)
class Count:
    """Requests of one client in a minute: reported by all workers, not yet reported by this one, and the minute before."""

    minute: int
    reported: int = 0
    own: int = 0
    before: int = 0

    @property
    def number(self) -> int:
        """Of this minute, as far as this worker knows."""
        return self.reported + self.own


class Limiter:
    """Counts of one worker; the clients seen longest ago are forgotten first."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._counts: OrderedDict[str, Count] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str, most: int, now: float) -> float:
        """0 and one request counted, or the seconds until the client may ask again.

        The minute before counts by the share of it that lies within the last 60 seconds.
        """
        minute = int(now // _MINUTE)
        elapsed = now % _MINUTE
        with self._lock:
            count = self._count(client, minute)
            used = count.before * (1 - elapsed / _MINUTE) + count.number
            if used + 1 > most:
                return _until(count, most, elapsed)
            count.own += 1
            due = count.own if count.own >= max(1, most // _REPORTS) else 0
        if due:
            self._exchange(client, minute, due)
        return 0.0

    def _count(self, client: str, minute: int) -> Count:
        known = self._counts.pop(client, None)
        if known is None or known.minute != minute:
            before = known.number if known is not None and known.minute == minute - 1 else 0
            known = Count(minute, before=before)
        self._counts[client] = known
        if len(self._counts) > _CLIENTS_KEPT:
            self._counts.popitem(last=False)
        return known

    def _exchange(self, client: str, minute: int, due: int) -> None:
        """Report, and learn what the others have reported; without the database each worker counts alone."""
        try:
            reported, before = self._report(client, minute, due)
        except DatabaseError as error:
            logger.warning("requests of a client could not be reported: %s", error)
            return
        with self._lock:
            count = self._count(client, minute)
            count.own = max(0, count.own - due)
            count.reported = reported
            count.before = max(count.before, before)


def _until(count: Count, most: int, elapsed: float) -> float:
    """Seconds until one more request fits."""
    room = max(0, most - 1)
    if count.number <= room and count.before:
        return _MINUTE * (1 - (room - count.number) / count.before) - elapsed
    return _MINUTE - elapsed + _MINUTE * (1 - room / count.number)


_limiter = Limiter(report_requests)


def seconds_to_wait(request: HttpRequest) -> float:
    """0, or how long this client must wait (ACTIONLINES_API_RATE requests a minute; 0 sets no limit)."""
    most = settings.API_RATE
    return _limiter.wait(client_of(request), most, time.time()) if most else 0.0


def client_of(request: HttpRequest) -> str:
    """Who asks: the address as the outermost trusted proxy saw it; of IPv6 the network, for a client has all of it."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        address = forwarded[-settings.PROXIES]
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    return str(IPv6Address(int(found) >> 64 << 64)) if isinstance(found, IPv6Address) else str(found)
