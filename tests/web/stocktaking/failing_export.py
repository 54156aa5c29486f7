"""The site with a register that breaks after its second chunk; served by a real gunicorn in a test."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "actionlines_web.settings.test"

from actionlines_web.wsgi import application

# isort: split
from actionlines_web.stocktaking.pages import exports
from actionlines_web.stocktaking.queries import ExportedEntry

__all__ = ["application"]

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_ENTRY = ExportedEntry(
    *(1, "a", "Title", "Text" * 1_000, None, "", "", "", 0, None, None, "entry", "", "", "", False),
    *(_MOMENT, _MOMENT, []),
)


def _breaking(query: object) -> Iterator[list[ExportedEntry]]:
    yield [_ENTRY] * 50
    yield [_ENTRY] * 50
    raise RuntimeError("the database is gone")


exports.exported = _breaking
