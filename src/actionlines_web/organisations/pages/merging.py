"""Merging two organisations, and moving entries: first what it would do, then done."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.organisations.actions.merging import merge_organisations, plan_merge, transfer_entries
from actionlines_web.organisations.forms import OtherForm, TransferForm
from actionlines_web.organisations.models import Organisation
from actionlines_web.organisations.queries import names_like
from actionlines_web.ui.templatetags.actionlines import number as written
from actionlines_web.ui.templatetags.actionlines import problem_message


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a merge would move; on the second button, move it."""
    actor, source = _coordinator(request, number)
    form = OtherForm(request.POST or None)
    plan = None
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        try:
            if request.POST.get("step") == "merge":
                merge_organisations(actor, source.pk, target.pk)
                messages.success(request, gettext("The two are one organisation now."))
                return redirect("organisations:organisation", target.pk)
            plan = plan_merge(actor, source.pk, target.pk)
        except InputError as error:
            form.add_error("target", [problem_message(problem) for problem in error.problems])
    context = {"organisation": source, "form": form, "plan": plan, "names": names_like(source.name[:12])}
    return render(request, "organisations/merge.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, number: int) -> HttpResponse:
    """Move entries to another organisation."""
    actor, source = _coordinator(request, number)
    form = TransferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        try:
            moved = transfer_entries(actor, source.pk, target.pk, form.cleaned_data["entries"])
        except InputError as error:
            for problem in error.problems:
                form.add_error(problem.column, problem_message(problem))
        else:
            messages.success(request, gettext("Entries moved: %(number)s.") % {"number": written(moved)})
            return redirect("organisations:organisation", target.pk)
    context = {"organisation": source, "form": form, "names": []}
    return render(request, "organisations/transfer.html", context, status=422 if form.errors else 200)


def _coordinator(request: HttpRequest, number: int) -> tuple[User, Organisation]:
    if not request.user.has_perm("organisations.merge_organisations"):
        raise PermissionDenied
    return cast("User", request.user), get_object_or_404(Organisation, pk=number)
