"""The public sources this site may download statistics from, and the client that asks them."""

from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings

from actionlines.connectors import SOURCES, Client, Source


def known_sources() -> dict[str, Source]:
    """Sources by code, those switched off left out, each with the address it is asked at."""
    addresses: dict[str, str | None] = settings.STATISTICS_SOURCES
    return {
        code: replace(source, address=addresses[code]) if addresses[code] else source
        for code, source in SOURCES.items()
        if addresses.get(code) is not None
    }


def client_of(source: Source) -> Client:
    """A client that asks this source alone; what it downloads is kept for a few days in the data folder."""
    parts = urlsplit(source.address)
    return Client([f"{parts.scheme}://{parts.netloc}"], settings.DOWNLOADS_DIR, most_bytes=200_000_000)
