"""The translations of an entry: what there is, and the form to add or change one."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines.text import LANGUAGES
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions.translations import remove_translation, write_translation
from actionlines_web.stocktaking.forms.translations import TranslationForm
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.rules import may_tend


def _tended(request: HttpRequest, identifier: str) -> Entry:
    entry = entry_by_identifier(identifier)
    if entry is None:
        raise Http404
    if not may_tend(cast("User", request.user), entry):
        raise PermissionDenied
    return entry


@login_required
@require_safe
def translations(request: HttpRequest, identifier: str) -> HttpResponse:
    """The six languages, and where each of them stands."""
    entry = _tended(request, identifier)
    known = {item.language: item for item in entry.translations.all()}
    context = {"entry": entry, "languages": [(code, known.get(code)) for code in LANGUAGES]}
    return render(request, "stocktaking/translations.html", context)


@login_required
def translation(request: HttpRequest, identifier: str, code: str) -> HttpResponse:
    """The form for one language, the original beside it."""
    entry = _tended(request, identifier)
    if code not in LANGUAGES or code == entry.language:
        raise Http404
    actor = cast("User", request.user)
    known = next((item for item in entry.translations.all() if item.language == code), None)
    if request.method == "POST" and "remove" in request.POST:
        remove_translation(actor, entry, code)
        messages.success(request, gettext("The translation was taken away."))
        return redirect("stocktaking:translations", identifier)
    if request.method == "POST":
        form = TranslationForm(code, request.POST)
        if form.is_valid() and form.translation is not None:
            write_translation(actor, entry, form.translation)
            messages.success(request, gettext("The translation was saved."))
            return redirect("stocktaking:translations", identifier)
    else:
        stands = {name: getattr(known, name) for name in ("title", "description", "made_by")} if known else {}
        form = TranslationForm(code, initial=stands)
    context = {"entry": entry, "code": code, "known": known, "form": form}
    return render(request, "stocktaking/translation.html", context, status=422 if form.errors else 200)
