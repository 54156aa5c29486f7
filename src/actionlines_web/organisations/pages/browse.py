"""The list of organisations, the page of one, entering and changing one."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.organisations import queries
from actionlines_web.organisations.actions.editing import change_organisation, create_organisation
from actionlines_web.organisations.forms import InvitationForm, JoinForm, OrganisationForm
from actionlines_web.organisations.models import Organisation
from actionlines_web.ui.language import country_name
from actionlines_web.ui.templatetags.actionlines import problem_message


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations by name, searched and filtered."""
    wanted = {name: request.GET.get(name, "")[:300] for name in ("q", "type", "country", "after")}
    found, following = queries.found_organisations(*wanted.values())
    context = {
        "found": found,
        "following": following,
        "wanted": wanted,
        "unanswered": queries.unanswered_requests()
        if request.user.has_perm("organisations.merge_organisations")
        else [],
        "types": queries.stakeholder_labels().items(),
        "countries": sorted(
            ((code, country_name(code)) for code in queries.countries()), key=lambda pair: pair[1]
        ),
    }
    return render(request, "organisations/organisations.html", context)


@require_safe
def organisation(request: HttpRequest, number: int) -> HttpResponse:
    """One organisation; its members for those who may see them, its management for those who may manage."""
    found = get_object_or_404(Organisation, pk=number)
    return render(request, "organisations/organisation.html", page_of(request, found))


def page_of(request: HttpRequest, found: Organisation, **forms_: forms.Form) -> dict[str, Any]:
    """What the page of an organisation shows to this reader."""
    user = request.user
    members = queries.members_of(found)
    mine = next((item for item in members if item.user_id == user.pk), None)
    manages = user.has_perm("organisations.manage_organisation", found)
    return {
        "organisation": found,
        "type": queries.stakeholder_labels().get(found.stakeholder_type, ""),
        "aliases": list(found.aliases.order_by("name")),
        "members": members if user.has_perm("organisations.see_members", found) else None,
        "mine": mine,
        "manages": manages,
        "merges": user.has_perm("organisations.merge_organisations"),
        "requests": list(found.requests.select_related("user").order_by("pk")) if manages else [],
        "invitations": list(found.invitations.order_by("pk")) if manages else [],
        "asked": user.is_authenticated and found.requests.filter(user_id=user.pk).exists(),
        "invitation_form": InvitationForm(),
        "join_form": JoinForm(),
        **forms_,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Enter an organisation and become its manager."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_organisation(cast("User", request.user), **form.cleaned_data)
        except InputError as error:
            _show(form, error)
        else:
            messages.success(request, gettext("The organisation was entered; you are its manager."))
            return redirect("organisations:organisation", made.pk)
    context = {"form": form, "organisation": None}
    return render(request, "organisations/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change an organisation."""
    found = get_object_or_404(Organisation, pk=number)
    if not request.user.has_perm("organisations.manage_organisation", found):
        raise PermissionDenied
    known = {"name": found.name, "stakeholder_type": found.stakeholder_type, "country": found.country}
    form = OrganisationForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(cast("User", request.user), number, **form.cleaned_data)
        except InputError as error:
            _show(form, error)
        else:
            messages.success(request, gettext("The organisation was changed."))
            return redirect("organisations:organisation", number)
    context = {"form": form, "organisation": found}
    return render(request, "organisations/edit.html", context, status=422 if form.errors else 200)


def _show(form: forms.Form, error: InputError) -> None:
    for problem in error.problems:
        form.add_error(problem.column or None, problem_message(problem))
