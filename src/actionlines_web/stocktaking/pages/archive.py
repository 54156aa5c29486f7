"""Taking an entry out of the register, putting it back, and what stands at its address meanwhile."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import archive_entry, restore_entry
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries import archived_entry, entry_by_identifier
from actionlines_web.stocktaking.rules import moderates_entry


def archived_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """What stands at the address of an entry that is archived; one that was merged leads to the other for good.

    Its moderators stay on the page of a merged one with `?stay`, to put it back.
    """
    found = archived_entry(identifier)
    if found is None:
        raise Http404
    moderated = moderates_entry(request.user, found)
    if found.merged_into is not None and not (moderated and "stay" in request.GET):
        return redirect("stocktaking:entry", found.merged_into.identifier, permanent=True)
    context = {"entry": found, "moderated": moderated}
    return render(request, "stocktaking/archived.html", context, status=410)


@login_required
@require_POST
def archive(request: HttpRequest, identifier: str) -> HttpResponse:
    """Archive the entry for the reason given."""
    found = entry_by_identifier(identifier) or archived_entry(identifier)
    actor = _moderator(request, found)
    try:
        archive_entry(actor, cast("Entry", found), request.POST.get("reason", ""))
    except InputError:
        messages.error(request, gettext("Say in a few words why the entry is archived; nothing was changed."))
    except ValueError:
        messages.error(request, gettext("This entry is archived already; nothing was changed."))
    else:
        messages.success(
            request, gettext("The entry was archived. It stands in no list and no count any more.")
        )
    return redirect("stocktaking:entry", identifier)


@login_required
@require_POST
def restore(request: HttpRequest, identifier: str) -> HttpResponse:
    """Put the archived entry back."""
    found = archived_entry(identifier) or entry_by_identifier(identifier)
    actor = _moderator(request, found)
    try:
        restore_entry(actor, cast("Entry", found))
    except ValueError:
        messages.error(request, gettext("This entry is not archived; nothing was changed."))
    else:
        messages.success(request, gettext("The entry stands in the register again."))
    return redirect("stocktaking:entry", identifier)


def _moderator(request: HttpRequest, entry: Entry | None) -> User:
    if entry is None:
        raise Http404
    if not moderates_entry(request.user, entry):
        raise PermissionDenied
    return cast("User", request.user)
