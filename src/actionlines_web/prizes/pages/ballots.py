"""The end of a vote, and decisions about ballots."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actionlines.problems import InputError
from actionlines_web.jobs.queries import status_of
from actionlines_web.prizes import labels
from actionlines_web.prizes.actions import closing, decisions
from actionlines_web.prizes.models import BallotDecision
from actionlines_web.prizes.pages.found import context_of, found_edition, run_edition
from actionlines_web.prizes.queries import results
from actionlines_web.ui.problems import sentence

SIGNS_SHOWN = 100


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballots(request: HttpRequest, slug: str) -> HttpResponse:
    """Odd patterns beside how common they are, decisions and appeals; a form that proposes a decision.

    Only once the vote is frozen: before, a pattern would tell how the votes stand.
    """
    actor, edition = run_edition(request, slug)
    problems: list[str] = []
    if request.method == "POST" and edition.frozen_at is not None:
        lines = [
            int(word) for word in request.POST.get("lines", "").split() if word.isdecimal() and len(word) < 10
        ]
        try:
            decisions.propose_decision(
                actor, edition, request.POST.get("kind", ""), lines, request.POST.get("reason", "")
            )
        except InputError as error:
            problems = [sentence(problem) for problem in error.problems]
        else:
            messages.success(request, gettext("The decision waits for a second officer."))
            return redirect("prizes:ballots", slug)
    frozen = edition.frozen_at is not None
    signs = results.odd_signs(edition)[:SIGNS_SHOWN] if frozen else []
    context = context_of(
        request,
        edition,
        signs=[(labels.SIGNS[sign.kind], sign) for sign in signs],
        decisions=results.decisions_of(edition),
        appeals=results.appeals_of(edition),
        kinds=BallotDecision.Kind.choices,
        problems=problems,
        given=request.POST,
        status=status_of(edition),
        publications=results.publications_of(edition),
    )
    return render(request, "prizes/ballots.html", context, status=422 if problems else 200)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The second officer's word."""
    if not request.user.has_perm("prizes.decide_ballots"):
        raise PermissionDenied
    found = get_object_or_404(BallotDecision, edition=found_edition(slug), pk=number)
    agree = "agree" in request.POST
    actor: Any = request.user
    try:
        decisions.make_decision(actor, found, agree=agree)
    except PermissionDenied:
        messages.error(request, gettext("Whoever proposed a decision cannot be its second officer."))
    except ValueError:
        messages.error(request, gettext("This was decided before."))
    else:
        messages.success(
            request,
            gettext("The decision is made; the voters are told. Publish the result again.")
            if agree
            else gettext("The decision was dropped."),
        )
    return redirect("prizes:ballots", slug)


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze the vote; frozen, have the result counted and published."""
    actor, edition = run_edition(request, slug)
    if "publish" in request.POST and edition.frozen_at is not None:
        closing.order_result(actor, edition)
        messages.success(request, gettext("The result is being counted; load this page again in a moment."))
        return redirect("prizes:ballots", slug)
    try:
        closing.freeze_vote(actor, edition)
    except InputError as error:
        messages.error(request, " ".join(sentence(problem) for problem in error.problems))
    except ValueError:
        messages.error(request, gettext("The vote is closed already."))
    else:
        messages.success(
            request, gettext("The vote is closed. Look at the odd patterns, then publish the result.")
        )
    return redirect("prizes:ballots", slug)
