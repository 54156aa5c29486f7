"""The site with a register that breaks after its second chunk; served by a real gunicorn in a test."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "actionlines_web.settings.test"

from actionlines_web.wsgi import application

# isort: split
from actionlines_web.stocktaking import exports
from actionlines_web.stocktaking.queries import ExportedEntry

__all__ = ["application"]

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_EMPTY = dict.fromkeys(ExportedEntry._fields, "")
_ENTRY = ExportedEntry(
    **{**_EMPTY, "identifier": "a", "title": "Title", "description": "Text" * 1_000, "status": "entry"}
    | {"key": 1, "year": 0, "created_at": _MOMENT, "changed_at": _MOMENT, "links": [], "translations": ()}
)


def _breaking(query: object, **wanted: object) -> Iterator[list[ExportedEntry]]:
    yield [_ENTRY] * 50
    yield [_ENTRY] * 50
    raise RuntimeError("the database is gone")


exports.exported = _breaking
