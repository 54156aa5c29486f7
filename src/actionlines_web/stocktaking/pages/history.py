"""The history of an entry: its revisions and what changed from one to another."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import holds
from actionlines_web.stocktaking.models import Entry, Revision
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.queries.revisions import AWARD, changes_between, revisions_of
from actionlines_web.stocktaking.rules import owns_entry


@require_safe
def history(request: HttpRequest, identifier: str) -> HttpResponse:
    """The revisions, and two of them side by side: the last two, or `?from=1&to=3`."""
    entry = entry_by_identifier(identifier)
    if entry is None or entry.archived_at is not None:
        raise Http404
    revisions = revisions_of(entry)
    if not revisions:
        raise Http404
    numbered = {item.number: item for item in revisions}
    newest = revisions[0].number
    later = numbered.get(_number(request, "to"), revisions[0])
    earlier = numbered.get(_number(request, "from"), numbered.get(max(later.number - 1, 1)))
    if earlier is None or earlier.number > later.number:
        earlier, later = later, earlier or later
    context: dict[str, Any] = {
        "entry": entry,
        "revisions": [{"revision": item, "maker": maker_of(item, entry)} for item in revisions],
        "earlier": earlier,
        "later": later,
        "newest": newest,
        "changes": changes_between(earlier.fields, later.fields),
        "written_in": later.fields.get("language", ""),
    }
    return render(request, "stocktaking/history.html", context)


def _number(request: HttpRequest, name: str) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def maker_of(revision: Revision, entry: Entry) -> str:
    """Who made a revision, by what the person is to the entry: people are not named in public."""
    maker = revision.made_by
    if revision.note == AWARD:
        return gettext("the prizes")
    if maker is None:
        return gettext("an import, the interface for programs, or a person whose account is gone")
    if owns_entry(maker, entry):
        return gettext("its owner")
    roles = RoleGrant.Role
    if holds(maker, roles.MODERATOR, roles.COORDINATOR, roles.ADMINISTRATOR):
        return gettext("a moderator")
    return gettext("an earlier owner")
