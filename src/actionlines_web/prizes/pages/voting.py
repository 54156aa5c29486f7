"""The vote: a category, a choice, a second look, a receipt. Plain pages: they work on a slow line and without a script."""

import secrets
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions import decisions, voting
from actionlines_web.prizes.models import BallotDecision, Edition
from actionlines_web.prizes.pages.found import context_of, found_edition
from actionlines_web.prizes.queries.editions import is_open, paper_of, phases_of, rules_of
from actionlines_web.prizes.queries.projects import nominee_page
from actionlines_web.prizes.queries.results import has_result
from actionlines_web.prizes.queries.voting import (
    choices_of,
    in_own_order,
    invalid_decisions,
    missing_categories,
    own_nominees,
    paper_for,
)
from actionlines_web.ui.problems import sentence


def _reader(request: HttpRequest) -> User | None:
    return cast("User", request.user) if request.user.is_authenticated else None


@never_cache
@require_safe
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The ballot paper: every category with the reader's choice in it."""
    edition = found_edition(slug)
    reader = _reader(request)
    papers = paper_for(edition, reader)
    now = timezone.now()
    phase = next(state for state in phases_of(edition, now) if state.kind == "vote")
    context = context_of(
        request,
        edition,
        papers=papers,
        phase=phase,
        missing=missing_categories(edition, papers) if reader else [],
        titles={code: nominee.title for code, nominee in paper_of(edition).items()},
        open=phase.state == "open" and edition.frozen_at is None,
    )
    return render(request, "prizes/vote.html", context)


def _category(slug: str, code: str) -> Edition:
    edition = found_edition(slug)
    if rules_of(edition).category(code) is None:
        raise Http404
    return edition


@never_cache
@require_safe
def choose(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The nominees of a category in the reader's own order."""
    return _paper(request, _category(slug, code), code)


def _paper(request: HttpRequest, edition: Edition, code: str, problem: str = "") -> HttpResponse:
    reader = _reader(request)
    rules = rules_of(edition)
    choices = [choice for choice in choices_of(edition, reader) if choice.category == code] if reader else []
    barred = own_nominees(edition, reader) if reader and not rules.own_project else set()
    context = context_of(
        request,
        edition,
        code=code,
        nominees=in_own_order(edition, reader, code, nominee_page(edition, code)),
        choices=choices,
        chosen={choice.nominee for choice in choices},
        barred=barred,
        rules=rules,
        open=is_open(edition, "vote", timezone.now()) and edition.frozen_at is None,
        changeable=rules.change or not choices,
        problem=problem,
    )
    return render(request, "prizes/choose.html", context, status=422 if problem else 200)


@login_required
@never_cache
@require_http_methods(["POST"])
def confirm(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """First the choice to be looked at once more; confirmed, it is cast and its receipt shown."""
    edition = _category(slug, code)
    nominee = request.POST.get("nominee", "")[:16]
    if not nominee:
        return _paper(request, edition, code, gettext("Please choose a project."))
    found = paper_of(edition).get(nominee)
    if "attempt" not in request.POST and found is not None and found.category == code:
        context = context_of(request, edition, code=code, nominee=found, attempt=secrets.token_hex(16))
        return render(request, "prizes/confirm.html", context)
    actor = cast("User", request.user)
    try:
        cast_ = voting.cast_ballot(
            actor,
            edition,
            code,
            nominee,
            attempt=request.POST.get("attempt", ""),
            device=voting.device_of(edition, _address(request), request.headers.get("User-Agent", "")[:300]),
        )
    except InputError as error:
        return _paper(request, edition, code, " ".join(sentence(problem) for problem in error.problems))
    said = (
        gettext("This choice stands already. Receipt: %(receipt)s")
        if cast_.again
        else gettext("Your choice stands. Receipt: %(receipt)s")
    )
    messages.success(request, said % {"receipt": cast_.receipt})
    return redirect("prizes:vote", slug)


def _address(request: HttpRequest) -> str:
    """The address a request comes from, behind so many proxies of ours; it is hashed and never kept."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    chain = [*told, request.META.get("REMOTE_ADDR", "")]
    return chain[-1 - settings.PROXIES] if len(chain) > settings.PROXIES else chain[0]


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take a choice back."""
    edition = _category(slug, code)
    try:
        gone = voting.withdraw_ballot(
            cast("User", request.user), edition, code, request.POST.get("nominee", "")[:16]
        )
    except InputError as error:
        return _paper(request, edition, code, " ".join(sentence(problem) for problem in error.problems))
    if gone:
        messages.success(request, gettext("Your choice was taken back."))
    return redirect("prizes:my-votes", slug)


@login_required
@never_cache
@require_safe
def my_votes(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's choices with their receipts; decisions about them, and a way to appeal."""
    edition = found_edition(slug)
    actor = cast("User", request.user)
    rules = rules_of(edition)
    papers = paper_for(edition, actor)
    context = context_of(
        request,
        edition,
        choices=[choice for paper in papers for choice in paper.chosen],
        titles={code: nominee.title for code, nominee in paper_of(edition).items()},
        missing=missing_categories(edition, papers),
        open=is_open(edition, "vote", timezone.now()) and edition.frozen_at is None,
        changeable=rules.change,
        published=has_result(edition),
        decisions=invalid_decisions(edition, actor),
    )
    return render(request, "prizes/my_votes.html", context)


@login_required
@require_POST
def appeal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something against a decision about one's own choice."""
    edition = found_edition(slug)
    decision = get_object_or_404(BallotDecision, pk=number, edition=edition)
    try:
        decisions.appeal(cast("User", request.user), decision, request.POST.get("text", ""))
    except PermissionDenied as error:
        raise Http404 from error
    except InputError:
        messages.error(request, gettext("Nothing was written."))
    except ValueError:
        messages.error(request, gettext("You have appealed before."))
    else:
        messages.success(request, gettext("The officers have your appeal."))
    return redirect("prizes:my-votes", slug)
