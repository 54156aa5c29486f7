"""Saying that an entry is still true: signed in, or by the link of a reminder."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import confirm_entry
from actionlines_web.stocktaking.actions.confirming import read_token
from actionlines_web.stocktaking.queries import entry_by_identifier


@login_required
@require_POST
def confirm(request: HttpRequest, identifier: str) -> HttpResponse:
    """Note that the entry is still true."""
    found = entry_by_identifier(identifier)
    if found is None:
        raise Http404
    confirm_entry(cast("User", request.user), found)
    messages.success(request, gettext("Thank you: noted that the entry is still true today."))
    return redirect("stocktaking:entry", identifier)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on POST note it; the signed token is the authority, for one entry and nothing else."""
    meant = read_token(token)
    if meant is None:
        return render(request, "stocktaking/confirm_expired.html", status=404)
    owner, entry = meant
    if request.method == "POST":
        entry = confirm_entry(owner, entry)
    context = {"entry": entry, "done": request.method == "POST"}
    return render(request, "stocktaking/confirm.html", context)
