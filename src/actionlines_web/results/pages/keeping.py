"""What coordinators do with a framework: load it, show it, close its periods, give its results, enter its budgets."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from actionlines.problems import InputError
from actionlines.results.framework import ResultsFramework, read_framework
from actionlines.results.framework import frameworks as shipped_frameworks
from actionlines_web.organisations.queries import organisation_by_name
from actionlines_web.results.actions import frameworks as actions
from actionlines_web.results.forms import LARGEST_TABLE, BudgetForm, LoadForm, LockForm, OrganisationForm
from actionlines_web.results.labels import CHANGES, THINGS
from actionlines_web.results.models import Framework
from actionlines_web.results.pages.found import kept_framework, result_of, told
from actionlines_web.ui.templatetags.actionlines import problem_message

SHOWN = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Show what a framework would bring; bring it when that was confirmed (the same choice is sent again)."""
    if not request.user.has_perm("results.keep_framework"):
        raise PermissionDenied
    form = LoadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        sure = request.POST.get("sure") == "1"
        try:
            wanted = _wanted(form)
            changes = actions.load_framework(request.user, wanted, dry_run=not sure)  # type: ignore[arg-type]
        except InputError as error:
            context["problems"] = told(error)
        else:
            if sure:
                messages.success(request, gettext("The framework was loaded."))
                return redirect("results:framework", wanted.code)
            context |= {
                "wanted": wanted,
                "shipped": form.cleaned_data["shipped"],
                "changes": [(CHANGES[item.kind], THINGS[item.what], item) for item in changes[:SHOWN]],
                "more": max(0, len(changes) - SHOWN),
                "checked": True,
            }
            return render(request, "results/load.html", context)
    return render(request, "results/load.html", context, status=422 if request.method == "POST" else 200)


def _wanted(form: LoadForm) -> ResultsFramework:
    if form.cleaned_data["shipped"]:
        return shipped_frameworks()[form.cleaned_data["shipped"]]
    file = form.cleaned_data["file"]
    data = file.read(LARGEST_TABLE)
    return read_framework(file.name, data.decode("utf-8-sig", "replace"))


def _back(found: Framework, period: str = "") -> HttpResponse:
    address = reverse("results:framework", args=[found.code])
    return redirect(f"{address}?period={period}" if period else address)


def _refuse(request: HttpRequest, error: InputError) -> None:
    for problem in error.problems:
        messages.error(
            request, gettext("Nothing was changed: %(reason)s") % {"reason": problem_message(problem)}
        )


@login_required
@require_POST
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Make a framework public, or a draft again."""
    found = kept_framework(request, code)
    state = request.POST.get("state", "")
    if state in Framework.State.values:
        actions.show_framework(request.user, found, state)  # type: ignore[arg-type]
    return _back(found)


@login_required
@require_POST
def lock(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Close a period with a reason, or open it again."""
    found = kept_framework(request, code)
    actor: Any = request.user
    if request.POST.get("do") == "unlock":
        actions.unlock_period(actor, found, period)
        return _back(found, period)
    form = LockForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Say why the period is closed; nothing was changed."))
        return _back(found, period)
    try:
        actions.lock_period(actor, found, period, form.cleaned_data["reason"])
    except InputError as error:
        _refuse(request, error)
    return _back(found, period)


@login_required
@require_POST
def budget(request: HttpRequest, code: str, result: str, period: str) -> HttpResponse:
    """Enter what was planned and spent."""
    found = kept_framework(request, code)
    kept = result_of(found, result)
    form = BudgetForm({**request.POST.dict(), "currency": request.POST.get("currency", "").strip().upper()})
    if form.is_valid():
        try:
            actions.save_budget(request.user, kept, period=period, **form.cleaned_data)  # type: ignore[arg-type]
        except InputError as error:
            _refuse(request, error)
    else:
        messages.error(
            request, gettext("Nothing was changed: a currency of three letters and amounts were expected.")
        )
    return redirect(f"{reverse('results:result', args=[found.code, kept.code])}?period={period}")


@login_required
@require_POST
def give(request: HttpRequest, code: str, result: str) -> HttpResponse:
    """Say which organisation reports."""
    found = kept_framework(request, code)
    kept = result_of(found, result)
    form = OrganisationForm(request.POST)
    name = form.cleaned_data["organisation"].strip() if form.is_valid() else ""
    organisation = organisation_by_name(name) if name else None
    if name and organisation is None:
        messages.error(request, gettext("There is no organisation of this name."))
    else:
        actions.give_result(request.user, kept, organisation.pk if organisation else None)  # type: ignore[arg-type]
    return redirect("results:result", found.code, kept.code)
