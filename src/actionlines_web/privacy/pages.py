"""Downloading one's data; erasing one's account, after a page that says what would happen."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actionlines_web.accounts.models import User
from actionlines_web.privacy import actions
from actionlines_web.privacy.queries import plan_erasure


@never_cache
@login_required
@require_safe
@reauthentication_required
def download(request: HttpRequest) -> HttpResponse:
    """Everything the site holds about the person, as a zip of JSON files."""
    archive = actions.download_data(cast("User", request.user))
    return HttpResponse(
        archive,
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="my-data.zip"'},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponse:
    """Say what would happen; on the button, let it happen."""
    user = cast("User", request.user)
    if request.method == "POST":
        actions.erase_account(user)
        logout(request)
        messages.success(request, gettext("Your account was erased."))
        return redirect("stocktaking:matrix")
    return render(request, "privacy/erase.html", {"plan": plan_erasure(user)})
