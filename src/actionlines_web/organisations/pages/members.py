"""Asking, inviting, answering, managing, leaving."""

from typing import cast

from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from actionlines_web.accounts.models import User
from actionlines_web.organisations.actions import members
from actionlines_web.organisations.forms import InvitationForm, JoinForm
from actionlines_web.organisations.models import Invitation, Organisation
from actionlines_web.organisations.pages.browse import page_of
from actionlines_web.ui.templatetags.actionlines import number as written


@login_required
@require_POST
def join(request: HttpRequest, number: int) -> HttpResponse:
    """Ask to be taken in."""
    get_object_or_404(Organisation, pk=number)
    if not consume(request, action="ask_to_join"):
        return respond_429(request)
    form = JoinForm(request.POST)
    message = form.cleaned_data["message"] if form.is_valid() else ""
    if members.ask_to_join(cast("User", request.user), number, message):
        messages.success(request, gettext("Its managers were asked."))
    else:
        messages.info(request, gettext("You are a member or have asked already; nothing was changed."))
    return redirect("organisations:organisation", number)


@login_required
@require_POST
def answer_request(request: HttpRequest, number: int, request_number: int) -> HttpResponse:
    """Take somebody in who asked, or not."""
    actor = _manager(request, number)
    accept = _accepts(request)
    try:
        members.answer_request(actor, number, request_number, accept=accept)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    messages.success(
        request, gettext("The person is a member now.") if accept else gettext("The request was declined.")
    )
    return redirect("organisations:organisation", number)


@login_required
@require_POST
def answer_requests(request: HttpRequest, number: int) -> HttpResponse:
    """Take all in who were chosen, or none of them."""
    actor = _manager(request, number)
    chosen = [int(said) for said in request.POST.getlist("request") if said.isdecimal() and len(said) < 19]
    accept = _accepts(request)
    answered = members.answer_requests(actor, number, chosen, accept=accept)
    if not answered:
        messages.info(request, gettext("Nobody was chosen; nothing was changed."))
        return redirect("organisations:organisation", number)
    said = (
        ngettext("%(number)s person is a member now.", "%(number)s people are members now.", answered)
        if accept
        else ngettext("%(number)s request was declined.", "%(number)s requests were declined.", answered)
    )
    messages.success(request, said % {"number": written(answered)})
    return redirect("organisations:organisation", number)


@login_required
@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Invite somebody by e-mail."""
    actor = _manager(request, number)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        found = get_object_or_404(Organisation, pk=number)
        context = page_of(request, found, invitation_form=form)
        return render(request, "organisations/organisation.html", context, status=422)
    if not consume(request, action="invite"):
        return respond_429(request)
    if members.invite(actor, number, **form.cleaned_data):
        messages.success(request, gettext("The invitation was sent."))
    else:
        messages.info(request, gettext("This person is a member already; nothing was changed."))
    return redirect("organisations:organisation", number)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: int, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    members.withdraw_invitation(_manager(request, number), number, invitation)
    messages.success(request, gettext("The invitation was withdrawn."))
    return redirect("organisations:organisation", number)


@login_required
@require_POST
def answer_invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Accept or decline."""
    accept = _accepts(request)
    try:
        found = members.answer_invitation(cast("User", request.user), number, accept=accept)
    except Invitation.DoesNotExist as error:
        raise Http404 from error
    if not accept:
        messages.success(request, gettext("The invitation was declined."))
        return redirect("accounts:account")
    messages.success(request, gettext("You are a member now."))
    return redirect("organisations:organisation", found.pk)


@login_required
@require_POST
def member(request: HttpRequest, number: int, person: int) -> HttpResponse:
    """Change what a member is, or take them out; everybody may take themselves out."""
    actor = cast("User", request.user)
    wanted = request.POST.get("role", "")
    if person != actor.pk:
        _manager(request, number)
    try:
        if wanted in members.Role.values:
            members.set_member_role(actor, number, person, wanted)
        else:
            members.remove_member(actor, number, person)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except members.LastManagerError:
        messages.error(request, gettext("An organisation keeps a manager: make somebody else manager first."))
    else:
        messages.success(request, gettext("The membership was changed."))
    return redirect("organisations:organisation", number)


def _accepts(request: HttpRequest) -> bool:
    return request.POST.get("answer") == "accept"


def _manager(request: HttpRequest, number: int) -> User:
    found = get_object_or_404(Organisation, pk=number)
    if not request.user.has_perm("organisations.manage_organisation", found):
        raise PermissionDenied
    return cast("User", request.user)
