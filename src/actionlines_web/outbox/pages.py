"""Outgoing mail: what waits, what left, what failed; unsubscribing."""

from typing import cast

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.text import LANGUAGES, direction
from actionlines_web.accounts.models import User
from actionlines_web.outbox import actions, labels
from actionlines_web.outbox.forms import WordingForm
from actionlines_web.outbox.models import Message
from actionlines_web.outbox.queries import (
    example_of,
    is_secret,
    messages,
    own_languages,
    standing_source,
)
from actionlines_web.outbox.unsubscribing import read_token
from actionlines_web.outbox.wording import kinds

PAGE_SIZE = 50


def _manager(request: HttpRequest) -> User:
    if not request.user.has_perm("outbox.manage_messages"):
        raise PermissionDenied
    return cast("User", request.user)


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages, of one state if wanted; the kinds to preview."""
    _manager(request)
    state = request.GET.get("state", "")
    context = {
        "found": [(item, labels.KINDS.get(item.kind, item.kind)) for item in messages(state)[:PAGE_SIZE]],
        "states": Message.State.choices,
        "state": state,
        "kinds": [(code, labels.KINDS.get(code, code)) for code in kinds()],
    }
    return render(request, "outbox/outbox.html", context)


@login_required
@require_safe
def message(request: HttpRequest, number: int) -> HttpResponse:
    """One message as it goes out, and what can be done with it."""
    _manager(request)
    found = get_object_or_404(Message, pk=number)
    context = {
        "message": found,
        "kind": labels.KINDS.get(found.kind, found.kind),
        "written_direction": direction(found.language),
        "secret": is_secret(found),
        "may_cancel": found.state == Message.State.QUEUED,
        "may_retry": found.state in {Message.State.FAILED, Message.State.CANCELLED},
    }
    return render(request, "outbox/message_page.html", context)


@login_required
@require_safe
def preview(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """A kind of message with examples for its values."""
    _manager(request)
    if kind not in kinds() or language not in LANGUAGES:
        raise Http404
    context = {
        "kind_code": kind,
        "kind": labels.KINDS.get(kind, kind),
        "written": example_of(kind, language),
        "own": language in own_languages(kind),
        "may_word": request.user.has_perm("outbox.change_wording"),
        "written_language": language,
        "written_direction": direction(language),
        "languages": LANGUAGES,
    }
    return render(request, "outbox/preview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """The wording of a kind of message in one language: shown, tried, saved, given up."""
    if not request.user.has_perm("outbox.change_wording"):
        raise PermissionDenied
    if kind not in kinds() or language not in LANGUAGES:
        raise Http404
    actor, asked = cast("User", request.user), request.POST
    if "reset" in asked:
        if actions.reset_wording(actor, kind, language):
            notices.success(request, gettext("The wording of the product holds again."))
        return redirect("outbox:wording", kind, language)
    standing = standing_source(kind, language)
    stands = {"subject": standing.subject, "text": standing.text, "seen": standing.fingerprint}
    examples = kinds()[kind].examples
    form = WordingForm(language, examples.keys(), asked or None, initial=stands)
    shown = standing
    if asked and form.is_valid() and form.source is not None:
        if "preview" not in asked and _saved(request, actor, kind, language, form):
            return redirect("outbox:wording", kind, language)
        shown = form.source
    context = {
        "form": form,
        "kind_code": kind,
        "kind": labels.KINDS.get(kind, kind),
        "values": examples.items(),
        "written": example_of(kind, language, shown),
        "tried": shown != standing,
        "own": language in own_languages(kind),
        "written_language": language,
        "written_direction": direction(language),
        "languages": LANGUAGES,
    }
    return render(request, "outbox/wording.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, actor: User, kind: str, language: str, form: WordingForm) -> bool:
    if form.source is None:
        return False
    try:
        actions.change_wording(actor, kind, language, form.source, seen=form.cleaned_data["seen"])
    except ValueError:
        said = gettext(
            "Somebody else has changed this wording meanwhile; yours was not saved. Open the page anew and compare."
        )
        form.add_error(None, said)
        return False
    notices.success(request, gettext("The wording was saved. Messages that wait already stay as they are."))
    return True


@login_required
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a waiting message from being sent."""
    actor = _manager(request)
    get_object_or_404(Message, pk=number)
    try:
        actions.cancel_message(actor, number)
    except ValueError:
        notices.error(request, gettext("This message no longer waits; nothing was changed."))
    return redirect("outbox:message", number)


@login_required
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Queue a failed or cancelled message again."""
    actor = _manager(request)
    get_object_or_404(Message, pk=number)
    try:
        actions.retry_message(actor, number)
    except ValueError:
        notices.error(request, gettext("This message waits or was sent; nothing was changed."))
    return redirect("outbox:message", number)


@csrf_exempt  # the signed token is the authority: mail programs post here on their own (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on POST stop this kind of message to this address."""
    meant = read_token(token)
    if meant is None:
        raise Http404
    done = request.method == "POST" and actions.unsubscribe(token)
    address, kind = meant
    context = {"address": address, "kind": labels.KINDS.get(kind, kind), "done": done}
    return render(request, "outbox/unsubscribe.html", context)
