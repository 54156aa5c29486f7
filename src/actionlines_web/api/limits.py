"""How often one client may ask: a bucket of requests that fills again as time passes.

The buckets are in the process, so with several workers a client may ask as many times as there are workers more often.
They keep one client from filling the site's only queue; against many clients a proxy in front must help.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

_CLIENTS_KEPT = 10_000


@dataclass(slots=True)
class Bucket:
    """Requests left, and when that was counted (seconds of the monotonic clock)."""

    left: float
    at: float


class Limiter:
    """Buckets of `most` requests a minute, the clients seen longest ago forgotten first."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str, most: int, now: float) -> float:
        """0 and one request taken, or the seconds until the client may ask again."""
        with self._lock:
            bucket = self._buckets.pop(client, None) or Bucket(most, now)
            bucket.left = min(most, bucket.left + (now - bucket.at) * most / 60)
            bucket.at = now
            self._buckets[client] = bucket
            if len(self._buckets) > _CLIENTS_KEPT:
                self._buckets.popitem(last=False)
            if bucket.left < 1:
                return (1 - bucket.left) * 60 / most
            bucket.left -= 1
            return 0.0


_limiter = Limiter()


def seconds_to_wait(request: HttpRequest) -> float:
    """0, or how long this client must wait (ACTIONLINES_API_RATE requests a minute; 0 sets no limit)."""
    most = settings.API_RATE
    return _limiter.wait(client_of(request), most, time.monotonic()) if most else 0.0


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
