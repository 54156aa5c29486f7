"""Reports that begin anew by themselves."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actionlines.problems import InputError
from actionlines_web.publishing import actions
from actionlines_web.publishing.forms import ScheduleForm
from actionlines_web.publishing.labels import KINDS
from actionlines_web.publishing.models import Schedule
from actionlines_web.publishing.pages.found import chosen, told
from actionlines_web.publishing.queries import reports as queries


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def schedules(request: HttpRequest) -> HttpResponse:
    """The schedules, and the form for another."""
    if not request.user.has_perm("publishing.approve_report"):
        raise PermissionDenied
    form = ScheduleForm(request.POST if request.method == "POST" else None)
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.schedule_report(request.user, form.asked(), said["every"], said["first_on"])
        except InputError as error:
            problems = told(error)
        else:
            return redirect("publishing:schedules")
    context = {
        "form": form,
        "problems": problems,
        "kinds": KINDS,
        "schedules": [(item, chosen(item)) for item in queries.schedules()],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "publishing/schedules.html", context, status=status)


@login_required
@require_POST
def set_schedule(request: HttpRequest, number: int) -> HttpResponse:
    """Pause, resume or delete a schedule."""
    do = request.POST.get("do", "")
    if not request.user.has_perm("publishing.approve_report"):
        raise PermissionDenied
    if do not in {"pause", "resume", "delete"}:
        raise Http404
    try:
        actions.set_schedule(request.user, number, do)
    except Schedule.DoesNotExist as error:
        raise Http404 from error
    return redirect("publishing:schedules")
