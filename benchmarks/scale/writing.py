"""What is measured besides reading: sending an entry, exporting all of them, staging a file of activities."""

import http.client
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from scale.serving import Server

SENT = 20
TEXT = (
    "Village kiosks connect {number} market women with buyers in the next town and teach them to keep accounts on a"
    " telephone. The ministry pays for the masts, a cooperative keeps them, and a school lends its rooms in the"
    " evening."
)


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person: the cookies of a browser and the token its forms carry."""

    session: str
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        """What such a browser sends along."""
        return {
            "Cookie": f"sessionid={self.session}; csrftoken={self.csrf}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.csrf,
        }


def signed_in(environment: dict[str, str]) -> Person:
    """A person with a verified address, signed in past the door (a password costs what it is meant to cost)."""
    os.environ |= environment
    import django

    django.setup()
    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.test import Client

    from actionlines_web.accounts.models import User

    settings.ALLOWED_HOSTS.append("testserver")
    address = "benchmark@example.org"
    user = User.objects.filter(email=address).first() or User.objects.create_superuser(address)
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/submissions/new/")
    return Person(client.cookies["sessionid"].value, client.cookies["csrftoken"].value)


def send_entries(server: Server, person: Person) -> list[float]:
    """Seconds of sending each of SENT entries: the button of the form, from draft to the moderators' queue."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    seconds = []
    for number in range(SENT):
        place = _post(connection, person, "/submissions/new/", {"organisation": ""})
        page = _get(connection, person, place)
        version = re.search(r'id="version" value="(\d+)"', page)
        sent = {
            "version": version.group(1) if version else "1",
            "title": f"Kiosks of the village number {number}",
            "description": TEXT.format(number=number + 100),
            "language": "en",
            "country": "KEN",
            "year": "2026",
            "lines": "C7-BUS",
            "submit": "1",
        }
        started = time.perf_counter()
        _post(connection, person, place, sent)
        seconds.append(time.perf_counter() - started)
    return seconds


def _get(connection: http.client.HTTPConnection, person: Person, address: str) -> str:
    connection.request("GET", address, headers=person.headers)
    return connection.getresponse().read().decode()


def _post(connection: http.client.HTTPConnection, person: Person, address: str, said: dict[str, str]) -> str:
    """Where the answer leads."""
    connection.request("POST", address, urlencode(said), person.headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 302:
        raise SystemExit(f"{address} was answered with {answer.status}: {content[:2000]!r}")
    return answer.headers["Location"]


@dataclass(frozen=True, slots=True)
class Export:
    """An export of everything: rows, seconds on the clock, processor seconds, peaks of memory in MB."""

    rows: int
    seconds: float
    cpu: float
    peak_half: float
    peak: float


def export_all(server: Server) -> Export:
    """Load the whole register as csv through the server, and count its lines as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=3_600)
    _drain(connection, "/entries/export.csv?language=fr")
    server.forget_peak()
    started, before = time.perf_counter(), server.cpu()
    _drain(connection, "/entries/export.csv?language=en")
    half = server.peak()
    started, before = time.perf_counter(), server.cpu()
    rows = _drain(connection, "/entries/export.csv")
    return Export(rows, time.perf_counter() - started, server.cpu() - before, half, server.peak())


def _drain(connection: http.client.HTTPConnection, address: str) -> int:
    """Read an answer to its end; how many entries it names."""
    connection.request("GET", address)
    answer = connection.getresponse()
    found = 0
    while part := answer.read(1 << 20):
        found += part.count(b"/entries/scale-")
    return found


def stage_activities(environment: dict[str, str], folder: Path, number: int) -> tuple[float, float]:
    """Seconds and processor seconds of staging an IATI file of so many activities, from the bytes to the batch."""
    os.environ |= environment
    from iati import write

    from actionlines_web.accounts.models import User
    from actionlines_web.stocktaking.actions import stage_import

    path = folder / "activities.xml"
    write(path, number)
    data = path.read_bytes()
    path.unlink()
    person = User.objects.get(email="benchmark@example.org")
    started, worked = time.perf_counter(), time.process_time()
    batch = stage_import(person, data, path.name)
    took = time.perf_counter() - started, time.process_time() - worked
    batch.delete()
    return took
