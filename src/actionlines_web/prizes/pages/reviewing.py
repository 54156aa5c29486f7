"""What a reviewer sees and does."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.prizes import labels
from actionlines_web.prizes.actions import review as actions
from actionlines_web.prizes.models import Assignment, Edition
from actionlines_web.prizes.pages.found import context_of, found_edition
from actionlines_web.prizes.queries.editions import rules_of
from actionlines_web.prizes.queries.people import reviewer_of
from actionlines_web.prizes.queries.review import assignment_for, assignments_of, is_decided, sheet_of
from actionlines_web.ui.problems import shown


@login_required
@never_cache
@require_safe
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects that were given to the reader."""
    edition = found_edition(slug)
    reviewer = reviewer_of(edition, cast("User", request.user))
    if reviewer is None:
        raise PermissionDenied
    rules = rules_of(edition)
    found = [(item, sheet_of(item.project, rules)) for item in assignments_of(reviewer)]
    context = context_of(
        request,
        edition,
        assignments=found,
        left=sum(item.overall is None for item, _ in found),
        decided=is_decided(edition),
        blind=rules.blind,
    )
    return render(request, "prizes/reviews.html", context)


def _given(request: HttpRequest, slug: str, code: str) -> tuple[User, Edition, Assignment]:
    """The reader, the edition and the assignment; a project given to others is not there."""
    edition = found_edition(slug)
    actor = cast("User", request.user)
    if reviewer_of(edition, actor) is None:
        raise PermissionDenied
    found = assignment_for(actor, edition, code)
    if found is None:
        raise Http404
    return actor, edition, found


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A project, the form for its scores, and what the others who judge it said."""
    actor, edition, found = _given(request, slug, code)
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        try:
            actions.score_project(actor, found, _scores(request, edition), request.POST.get("comment", ""))
        except InputError as error:
            problems = [shown(problem) for problem in error.problems]
        except ValueError:
            messages.error(request, gettext("The nominations are made; scores can no longer be changed."))
            return redirect("prizes:reviews", slug)
        else:
            messages.success(request, gettext("Your scores were kept."))
            return redirect("prizes:reviews", slug)
    return render(
        request,
        "prizes/review.html",
        _context(request, edition, found, problems),
        status=422 if problems else 200,
    )


def _scores(request: HttpRequest, edition: Edition) -> dict[str, int]:
    said = {item.code: request.POST.get(f"score-{item.code}", "") for item in rules_of(edition).criteria}
    return {code: int(text) for code, text in said.items() if text.isdecimal() and len(text) < 5}


def _context(
    request: HttpRequest, edition: Edition, found: Assignment, problems: list[dict[str, Any]]
) -> dict[str, Any]:
    rules = rules_of(edition)
    sheet = sheet_of(found.project, rules)
    said = _scores(request, edition) if request.method == "POST" else found.scores
    remarks = [(remark, remark.author_id == found.reviewer.user_id) for remark in found.project.remarks.all()]
    return context_of(
        request,
        edition,
        sheet=sheet,
        fields=[
            (labels.FIELDS[name][0], text) for name, text in sheet.fields.items() if name in labels.FIELDS
        ],
        assignment=found,
        criteria=[
            (item, labels.CRITERIA.get(item.code, item.code), said.get(item.code)) for item in rules.criteria
        ],
        remarks=remarks,
        decided=is_decided(edition),
        blind=rules.blind,
        problems=problems,
    )


@login_required
@require_POST
def review_step(request: HttpRequest, slug: str, code: str, step: str) -> HttpResponse:
    """Declare a conflict of interest, or say something to the others."""
    actor, _, found = _given(request, slug, code)
    if step not in {"conflict", "remark"}:
        raise Http404
    try:
        if step == "conflict":
            actions.declare_conflict(actor, found)
            messages.success(request, gettext("The project was taken from you and goes to somebody else."))
            return redirect("prizes:reviews", slug)
        actions.add_remark(actor, found.project, request.POST.get("text", ""))
    except InputError:
        messages.error(request, gettext("Nothing was written."))
    except ValueError:
        messages.error(request, gettext("This is not possible any more; nothing was changed."))
    return redirect("prizes:review", slug, code)
