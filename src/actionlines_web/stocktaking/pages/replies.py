"""Canned replies: what moderators are offered, and the page on which a coordinator words them."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions.replies import change_reply, reset_reply
from actionlines_web.stocktaking.forms.replies import ReplyForm
from actionlines_web.stocktaking.queries.replies import own_kinds, replies
from actionlines_web.stocktaking.replies import replies_of_files
from actionlines_web.ui.language import library_language


def _writer(request: HttpRequest) -> User:
    if not request.user.has_perm("stocktaking.change_replies"):
        raise PermissionDenied
    return cast("User", request.user)


@login_required
@require_safe
def reply_list(request: HttpRequest) -> HttpResponse:
    """Every reply in the reader's language, and whether the site has worded it."""
    _writer(request)
    language, own = library_language(), own_kinds()
    found = [
        {
            "kind": kind,
            "title": reply.title.get(language),
            "text": reply.text.get(language),
            "own": kind in own,
        }
        for kind, reply in replies().items()
    ]
    return render(request, "stocktaking/replies.html", {"found": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply_page(request: HttpRequest, kind: str = "") -> HttpResponse:
    """A reply in the six languages: shown, saved, given up; without a kind a new one."""
    actor, standing = _writer(request), replies().get(kind)
    if kind and standing is None:
        raise Http404
    if "reset" in request.POST and kind:
        if reset_reply(actor, kind):
            messages.success(request, gettext("The reply of this site was given up."))
        return redirect("stocktaking:replies")
    form = ReplyForm(kind, standing, request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, actor, form):
        return redirect("stocktaking:replies")
    context = {
        "form": form,
        "kind": kind,
        "title": standing.title.get(library_language()) if standing else "",
        "own": kind in own_kinds(),
        "shipped": kind in replies_of_files(),
    }
    return render(request, "stocktaking/reply.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, actor: User, form: ReplyForm) -> bool:
    if form.reply is None:
        return False
    try:
        change_reply(actor, form.reply, seen=form.cleaned_data["seen"])
    except ValueError:
        if "code" in form.fields:
            form.add_error("code", gettext("There is a reply with this code already."))
        else:
            said = gettext(
                "Somebody else has changed this reply meanwhile; yours was not saved. Open the page anew and compare."
            )
            form.add_error(None, said)
        return False
    messages.success(request, gettext("The reply was saved."))
    return True
