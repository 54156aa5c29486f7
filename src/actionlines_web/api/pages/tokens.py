"""The tokens of a person: make one, see when each was used last, revoke."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.api.actions import make_token, revoke_token
from actionlines_web.api.forms import TokenForm
from actionlines_web.api.models import ApiToken, Scope
from actionlines_web.api.queries import tokens_of
from actionlines_web.ui.problems import shown


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The reader's tokens, and a form for another; its key is shown in the answer and never again."""
    actor = cast("User", request.user)
    form = TokenForm(request.POST or None)
    problems: list[dict[str, Any]] = []
    key, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _, key = make_token(actor, **form.cleaned_data)
            except InputError as error:
                problems = [shown(problem) for problem in error.problems]
            else:
                form, status = TokenForm(), 200
    context = {
        "form": form,
        "problems": problems,
        "key": key,
        "tokens": [_row(token) for token in tokens_of(actor.pk)],
        "may_subscribe": actor.has_perm("webhooks.subscribe"),
    }
    return render(request, "api/tokens.html", context, status=status)


@login_required
@require_POST
def revoke(request: HttpRequest, start: str) -> HttpResponse:
    """Make a token of the reader's own useless."""
    try:
        revoke_token(cast("User", request.user), start)
    except InputError:
        raise Http404 from None
    messages.success(request, gettext("The token was revoked: it opens nothing more."))
    return redirect("tokens:tokens")


def _row(token: ApiToken) -> dict[str, Any]:
    expired = token.expires_at is not None and token.expires_at <= timezone.now()
    return {
        "token": token,
        "scopes": [label for value, label in Scope.choices if value in token.scopes],
        "state": "revoked" if token.revoked_at else "expired" if expired else "valid",
    }
