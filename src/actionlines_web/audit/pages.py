"""The trail of one object, and the recent changes."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines_web.audit import labels
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import PAGE_SIZE, actor_names, recent_records, records_about

# A record of a large import names thousands of identifiers; a reader needs the first few and the number.
ITEMS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One record as a page shows it: `changes` as (field, before, after), `facts` as (field, value)."""

    record: Record
    who: str
    verb: labels.Label
    kind: labels.Label
    changes: list[tuple[labels.Label, str, str]]
    facts: list[tuple[labels.Label, str]]


@login_required
@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """The newest changes anywhere, by type and verb if wanted."""
    _reader(request)
    kind, verb = request.GET.get("type", ""), request.GET.get("verb", "")
    found = recent_records(object_type=kind, verb=verb, before=_before(request))
    context = {"types": labels.TYPES, "verbs": labels.VERBS, "type": kind, "verb": verb, **_page(found)}
    return render(request, "audit/recent.html", context)


@login_required
@require_safe
def of_object(request: HttpRequest, object_type: str, object_id: str) -> HttpResponse:
    """Everything that was done to one object."""
    _reader(request)
    found = records_about(object_type, object_id)
    if not found.exists():
        raise Http404
    before = _before(request)
    context = {
        "kind": labels.TYPES.get(object_type, object_type),
        "object_id": object_id,
        **_page(found if before is None else found.filter(sequence__lt=before)),
    }
    return render(request, "audit/object.html", context)


def _reader(request: HttpRequest) -> None:
    if not request.user.has_perm("audit.read_records"):
        raise PermissionDenied


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("before", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None


def _page(found: QuerySet[Record]) -> dict[str, Any]:
    records = list(found[: PAGE_SIZE + 1])
    names = actor_names(records)
    shown = records[:PAGE_SIZE]
    older = shown[-1].sequence if len(records) > PAGE_SIZE else None
    return {"lines": [_line(record, names) for record in shown], "older": older}


def _line(record: Record, names: Any) -> Line:
    detail = dict(record.detail)
    changes = detail.pop("changes", {})
    who = record.actor_label or names.get(record.actor_id) or gettext("an account that was erased")
    return Line(
        record,
        who,
        labels.VERBS.get(record.verb, record.verb),
        labels.TYPES.get(record.object_type, record.object_type),
        [(labels.FIELDS.get(name, name), _said(old), _said(new)) for name, (old, new) in changes.items()],
        [
            (labels.FIELDS.get(name, name), _said(value))
            for name, value in detail.items()
            if value not in ("", [])
        ],
    )


def _said(value: Any) -> str:
    """A value in words; long lists by their beginning and their length."""
    if value is None:
        return ""
    if isinstance(value, list):
        said = "; ".join(_said(item) for item in value[:ITEMS_SHOWN])
        return said if len(value) <= ITEMS_SHOWN else f"{said} … ({len(value)})"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_said(item)}" for name, item in value.items())
    return str(value)
