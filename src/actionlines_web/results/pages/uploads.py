"""Bringing a plan, showing it or not, having it read again, taking it away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from actionlines.problems import InputError
from actionlines_web.organisations.queries import names_of, organisations_of
from actionlines_web.results.actions import plans as actions
from actionlines_web.results.forms import PlanForm
from actionlines_web.results.pages.found import plan_of, told
from actionlines_web.results.pages.plans import may_add


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """Upload a plan."""
    if not may_add(request):
        raise PermissionDenied
    form = PlanForm(
        request.POST or None,
        request.FILES or None,
        organisations=names_of(organisations_of(request.user)),
        open_to_none=request.user.has_perm("results.add_plan"),
        initial={"country": request.GET.get("country", "")},
    )
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        try:
            made = actions.add_plan(
                request.user,  # type: ignore[arg-type]
                name=file.name,
                size=file.size,
                read=file.read,
                **given,
            )
        except InputError as error:
            problems = told(error)
        else:
            messages.success(request, gettext("The plan was taken in and is being read."))
            return redirect("results:plan", made.pk)
    context = {"form": form, "problems": problems}
    return render(request, "results/new_plan.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def change_plan(request: HttpRequest, number: int) -> HttpResponse:
    """Do what the button asks: show, hide, read again, delete."""
    found = plan_of(request, number)
    actor: Any = request.user
    if not actor.has_perm("results.add_plan", found.organisation_id):
        raise PermissionDenied
    what = request.POST.get("do")
    if what == "delete":
        actions.delete_plan(actor, found)
        messages.success(request, gettext("The plan was deleted."))
        return redirect("results:plans")
    if what in {"show", "hide"}:
        actions.show_plan(actor, found, public=what == "show")
    elif what == "read":
        actions.read_again(actor, found)
    return redirect("results:plan", number)
