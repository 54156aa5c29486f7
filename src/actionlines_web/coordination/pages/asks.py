"""Asks and what organisations answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines.results.followup import Ask, AskSet
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.forms import (
    AnswerForm,
    AskedForm,
    AskSetForm,
)
from actionlines_web.coordination.labels import ANSWER_STATES
from actionlines_web.coordination.pages.found import today, told
from actionlines_web.organisations.queries import (
    names_of,
    organisations_of,
)
from actionlines_web.ui.problems import sentence


@require_safe
def follow_up(request: HttpRequest) -> HttpResponse:
    """The sets of asks, and for a member what its organisations have not answered."""
    mine = names_of(organisations_of(request.user))
    context = {
        "sets": [(item, queries.asked(request.user, item)) for item in queries.sets()],
        "mine": [(name, queries.open_asks(number)) for number, name in mine],
        "may_load": request.user.has_perm("coordination.load_asks"),
    }
    return render(request, "coordination/follow_up.html", context)


@require_safe
def ask_set(request: HttpRequest, code: str) -> HttpResponse:
    """One set: each paragraph with what came of it."""
    found = _set(code)
    context = {"set": found, "asked": queries.asked(request.user, found), "states": ANSWER_STATES}
    return render(request, "coordination/ask_set.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One paragraph with its answers, and a form for the reader's organisations."""
    found = _set(code)
    wanted = _ask(found, number)
    mine = names_of(organisations_of(request.user))
    if request.method == "POST" and not request.user.is_authenticated:
        raise PermissionDenied
    form = AnswerForm(request.POST or None, organisations=mine) if mine else None
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            given = dict(form.cleaned_data)
            organisation = given.pop("organisation")
            try:
                actions.save_answer(request.user, organisation, ask_set=code, number=number, **given)  # type: ignore[arg-type]
            except InputError as error:
                problems = told(error)
            else:
                messages.success(request, gettext("The answer was saved."))
                return redirect("coordination:ask", code, number)
    elif form is not None and len(mine) == 1:
        form = _with_answer(found, number, mine)
    (asked,) = queries.asked(request.user, found, [wanted])
    may_load = request.user.has_perm("coordination.load_asks")
    context = {
        "set": found,
        "asked": asked,
        "states": ANSWER_STATES,
        "form": form,
        "problems": problems,
        "addressees": queries.addressees(found, number),
        "asked_form": AskedForm() if may_load else None,
    }
    return render(request, "coordination/ask.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How all asks stand: by who is asked, by line, by organisation."""
    context = {"overview": queries.overview(request.user, today())}
    return render(request, "coordination/overview.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def load_asks(request: HttpRequest) -> HttpResponse:
    """Load a set of asks: shown first, kept when the same file is sent again."""
    if not request.user.has_perm("coordination.load_asks"):
        raise PermissionDenied
    form = AskSetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "problems": []}
    if request.method == "POST" and form.is_valid():
        sure = request.POST.get("sure") == "1"
        try:
            found = form.ask_set()
            changes = actions.load_ask_set(request.user, found, dry_run=not sure)  # type: ignore[arg-type]
        except InputError as error:
            context["problems"] = told(error)
        else:
            if sure:
                messages.success(request, gettext("The set was loaded."))
                return redirect("coordination:ask-set", found.code)
            context |= {"set": found, "changes": changes}
            return render(request, "coordination/load_asks.html", context)
    status = 422 if request.method == "POST" else 200
    return render(request, "coordination/load_asks.html", context, status=status)


@login_required
@require_POST
def ask_organisation(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Put an ask to an organisation, or take it off."""
    found = _set(code)
    _ask(found, number)
    actor: Any = request.user
    off = request.POST.get("off", "")
    if off:
        if not off.isdecimal() or not queries.addressees(found, number).filter(pk=int(off)).exists():
            raise Http404
        actions.stop_asking(actor, int(off))
        return redirect("coordination:ask", code, number)
    try:
        actions.ask_organisation(
            actor, ask_set=code, number=number, name=request.POST.get("name", "").strip()
        )
    except InputError as error:
        for problem in error.problems:
            messages.error(request, sentence(problem))
    return redirect("coordination:ask", code, number)


def _with_answer(found: AskSet, number: str, mine: list[tuple[int, str]]) -> AnswerForm:
    answer = queries.answer_of(found, number, mine[0][0])
    if answer is None:
        return AnswerForm(organisations=mine)
    initial = {
        "organisation": mine[0][0],
        "state": answer.state,
        "text": answer.text,
        "public": answer.public,
    }
    return AnswerForm(organisations=mine, initial={**initial, "entries": ", ".join(answer.entries)})


def _set(code: str) -> AskSet:
    found = queries.known_sets().get(code)
    if found is None:
        raise Http404
    return found


def _ask(found: AskSet, number: str) -> Ask:
    for item in found.asks:
        if item.number == number:
            return item
    raise Http404
