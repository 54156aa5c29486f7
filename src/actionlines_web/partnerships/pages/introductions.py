"""Introductions: asking for one, answering, stages, pledges and payments."""

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
from actionlines.results.partnerships import AGREED, ASKED, NEED, OFFER, STAGES
from actionlines_web.partnerships import actions, queries
from actionlines_web.partnerships.forms import AskForm, PaymentForm, PledgeForm, StageForm
from actionlines_web.partnerships.models import Introduction
from actionlines_web.partnerships.pages.found import beside, introduction_of, proposal_of, say
from actionlines_web.partnerships.pages.proposals import page_of
from actionlines_web.partnerships.rules import sides_of


@login_required
@require_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the organisation of this proposal for an introduction to one of the reader's."""
    found = proposal_of(request, number)
    form = page_of(request, found)["ask_form"]
    if form is None:
        raise PermissionDenied
    form = AskForm(request.POST, proposals=form.fields["own"].choices)
    actor: Any = request.user
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.ask_for_introduction(actor, given["own"], number, given["message"])
        except InputError as error:
            beside(form, error)
        else:
            messages.success(request, gettext("They were asked."))
            return redirect("partnerships:introduction", made.pk)
    return render(request, "partnerships/proposal.html", page_of(request, found, ask_form=form), status=422)


@login_required
@never_cache
@require_safe
def introductions(request: HttpRequest) -> HttpResponse:
    """The introductions of the reader's organisations."""
    context = {"introductions": queries.introductions_for(request.user)}
    return render(request, "partnerships/introductions.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, number: int) -> HttpResponse:
    """One introduction: how far it is, and for the two sides what comes next."""
    found = introduction_of(request, number)
    if request.method != "POST":
        return render(request, "partnerships/introduction.html", _page_of(request, found))
    actor: Any = request.user
    what = request.POST.get("do", "")
    try:
        if what in {"accept", "decline"}:
            actions.answer_introduction(actor, number, accept=what == "accept")
        elif what in {"count", "no-count"}:
            actions.let_be_counted(actor, number, public=what == "count")
        elif what == "stage":
            note = request.POST.get("note", "")[:2_001]
            actions.move_stage(actor, number, request.POST.get("stage", ""), note)
        else:
            raise Http404
    except InputError as error:
        say(request, error)
    return redirect("partnerships:introduction", number)


def _page_of(request: HttpRequest, found: Introduction, **more: Any) -> dict[str, Any]:
    sides = sides_of(request.user, found)
    following = STAGES[found.stage] if found.stage != ASKED else ()
    counted = {NEED: found.public_by_need, OFFER: found.public_by_offer}
    return {
        "introduction": found,
        "sides": sides,
        "was_asked": bool(sides - {found.asked_by}) and found.stage == ASKED,
        "contacts": queries.contacts_for(request.user, found),
        "steps": list(found.steps.all()),
        "pledges": list(found.pledges.prefetch_related("payments")),
        "money": queries.money_of(found),
        "stage_form": StageForm(stages=following) if sides and following else None,
        "pledge_form": PledgeForm() if OFFER in sides and found.stage == AGREED else None,
        "payment_form": PaymentForm() if sides else None,
        "counted": bool(sides) and all(counted[side] for side in sides),
        **more,
    }


@login_required
@require_POST
def pledge(request: HttpRequest, number: int) -> HttpResponse:
    """Note a pledge."""
    found = introduction_of(request, number)
    if OFFER not in sides_of(request.user, found):
        raise PermissionDenied
    form = PledgeForm(request.POST)
    actor: Any = request.user
    if form.is_valid():
        try:
            actions.add_pledge(actor, number, **form.cleaned_data)
        except InputError as error:
            beside(form, error)
        else:
            return redirect("partnerships:introduction", number)
    context = _page_of(request, found, pledge_form=form)
    return render(request, "partnerships/introduction.html", context, status=422)


@login_required
@require_POST
def payment(request: HttpRequest, number: int, pledge: int) -> HttpResponse:
    """Note a payment of a pledge."""
    found = introduction_of(request, number)
    if not sides_of(request.user, found):
        raise PermissionDenied
    if not any(item.pk == pledge for item in found.pledges.all()):
        raise Http404
    form = PaymentForm(request.POST)
    actor: Any = request.user
    if form.is_valid():
        try:
            actions.add_payment(actor, pledge, **form.cleaned_data)
        except InputError as error:
            beside(form, error)
        else:
            return redirect("partnerships:introduction", number)
    context = _page_of(request, found, payment_form=form, payment_of=pledge)
    return render(request, "partnerships/introduction.html", context, status=422)
