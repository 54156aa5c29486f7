"""All figures of one database, in the order of the page."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path

from figure import Figure

from scale.asked import Asked, ask, requests
from scale.serving import Server, served
from scale.store import Register, entries_wanted, register
from scale.writing import Export, export_all, send_entries, signed_in, stage_activities

EACH = int(os.environ.get("ACTIONLINES_SCALE_REQUESTS", "200"))
STAGED = 20_000
OURS = ("actionlines_web.cli", "serve", "--port", "PORT", "--workers", "2", "--no-worker")
WSGI = "django.core.wsgi:get_wsgi_application()"
PEER = ("gunicorn", "--bind", "127.0.0.1:PORT", "--workers", "2", "--threads", "4", WSGI)
COMPARED = ("list without a filter", "list with one filter", "list with three filters", "search, common word")


def figures(vendor: str) -> list[Figure]:
    """Build or reuse the register of this database, ask it, write to it."""
    kept = os.environ.get("ACTIONLINES_SCALE_DIR")
    with (
        nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder,
        register(vendor, entries_wanted(), Path(folder)) as made,
    ):
        found = []
        for figure in _figures(made):
            print(f"{figure.what}: {figure.measured}", file=sys.stderr, flush=True)
            found.append(figure)
        return found


def _figures(made: Register) -> Iterator[Figure]:
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[made.vendor]
    size = f"{made.entries:,} entries, {name}"
    yield from _built(made, size)
    with served(made, OURS) as server:
        asked = {kind: _asked(server, addresses) for kind, addresses in requests(made.entries, EACH).items()}
        for kind, found in asked.items():
            wanted = "p95 < 30 ms" if kind == "entry" else "p95 < 100 ms"
            yield Figure(f"{kind}, {size}", str(found), wanted, _how())
        yield Figure(f"memory of a worker, {size}", f"{server.peak():.0f} MB", "—", "peak while it was asked")
        seconds = send_entries(server, signed_in(made.environment))
        sent = Asked(tuple(seconds), 0)
        yield Figure(
            f"sending an entry, {size}",
            f"p50 {1000 * sent.at(50):.0f} ms, p95 {1000 * sent.at(95):.0f} ms",
            "p95 < 150 ms",
            f"{len(seconds)} of them one after the other, draft to queue",
        )
        yield _exported(export_all(server), size)
    yield from _peer(made, asked, size)
    took, cpu = stage_activities(made.environment, made.folder, STAGED)
    yield Figure(
        f"IATI: stage {STAGED:,} activities, {size}",
        f"{STAGED / took:,.0f} activities/s ({STAGED / cpu:,.0f} of CPU)",
        "≥ 2,000 activities/s",
        "from the bytes to the batch somebody decides about",
    )


def _how() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{EACH} requests, 4 clients, 2 workers; load after {load}"


def _asked(server: Server, addresses: list[str]) -> Asked:
    ask(server, addresses[:8])
    return ask(server, addresses)


def _built(made: Register, size: str) -> Iterator[Figure]:
    for step, what, wanted in (
        ("fill", "writing the rows", "—"),
        ("postings", "postings written anew", "—"),
        ("index", "full reindex", "< 10 minutes"),
    ):
        took, cpu = made.built[step], made.built[f"{step}_cpu"]
        yield Figure(f"{what}, {size}", f"{took:.0f} s, {cpu:.0f} s of CPU of ours", wanted, "one process")


def _exported(export: Export, size: str) -> Figure:
    return Figure(
        f"csv export of all, {size}",
        f"{export.rows / export.seconds:,.0f} rows/s, {export.rows / export.cpu:,.0f} of CPU",
        "≥ 20,000 rows/s, constant memory",
        f"{export.rows:,} rows over HTTP; peak of a worker {export.peak:.0f} MB,"
        f" {export.peak - export.peak_half:.1f} MB more than for half of them",
    )


def _peer(made: Register, ours: dict[str, Asked], size: str) -> Iterator[Figure]:
    if find_spec("rest_framework") is None or find_spec("django_filters") is None:
        yield Figure(f"peer, {size}", "not installed", "—", "pip install djangorestframework django-filter")
        return
    asked = requests(made.entries, EACH)
    with served(made, PEER, {"DJANGO_SETTINGS_MODULE": "scale.peer"}) as server:
        for kind in COMPARED:
            # The peer is slow enough for a tenth of the requests to tell; it knows no freshness.
            addresses = [item.replace("?q=", "?search=") for item in asked[kind][: max(8, EACH // 10)]]
            found = ask(server, addresses, {"Accept": "application/json"})
            ratio = found.cpu / ours[kind].cpu
            yield Figure(
                f"{kind}, Django REST framework, {size}",
                str(found),
                "—",
                f"{ratio:.1f} times our CPU a request, {found.at(50) / ours[kind].at(50):.1f} times our median,"
                " without facets and without a page around it",
            )
