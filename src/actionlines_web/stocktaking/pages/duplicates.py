"""Is it there already? Entries that may be the same project, for who writes one and for who moderates; merging two."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines.problems import InputError
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions.merging import OTHER, Merged, merge_entries, plan_merge
from actionlines_web.stocktaking.models import Entry, Submission
from actionlines_web.stocktaking.pages.submissions import found_submission
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.queries.duplicates import Twin, twins_of
from actionlines_web.stocktaking.queries.library import to_library
from actionlines_web.stocktaking.rules import moderates_entry
from actionlines_web.ui.partial import render_page
from actionlines_web.ui.problems import shown


def twins_of_submission(submission: Submission) -> list[Twin]:
    """The entries a submission may repeat, as far as it is written; a change repeats its own entry, which is left out."""
    fields = submission.fields
    written = LibraryEntry(
        id=submission.identifier,
        title=fields.get("title", ""),
        description=fields.get("description", ""),
        language=fields.get("language", ""),
        organisation=fields.get("organisation", ""),
        country=submission.country,
        website=fields.get("website", ""),
    )
    return twins_of(written) if written.title else []


@login_required
@require_safe
def similar(request: HttpRequest, number: int) -> HttpResponse:
    """The entries that a submission may repeat, as a page and as a part of the form."""
    submission, _ = found_submission(request, number)
    context = {"submission": submission, "twins": twins_of_submission(submission)}
    return render_page(request, "stocktaking/similar.html", "stocktaking/_similar.html", context)


@login_required
@require_safe
def duplicates(request: HttpRequest, identifier: str) -> HttpResponse:
    """The entries that may be the same project as this one, for its moderators."""
    entry = _moderated(request, identifier)
    context = {"entry": entry, "twins": twins_of(to_library(entry, []))}
    return render(request, "stocktaking/duplicates.html", context)


@login_required
def merge(request: HttpRequest, identifier: str, other: str) -> HttpResponse:
    """Choose field by field, see what would come of it, then merge."""
    actor = cast("User", request.user)
    kept, goes = _moderated(request, identifier), _moderated(request, other)
    if kept.pk == goes.pk:
        raise Http404
    choices = {
        name.removeprefix("take-"): value for name, value in request.POST.items() if name.startswith("take-")
    }
    plan = plan_merge(actor, kept, goes, choices)
    problems: list[dict[str, Any]] = [
        shown(problem) for problem in plan.problems if problem.severity == "error"
    ]
    if request.method == "POST" and "confirm" in request.POST and not problems:
        try:
            merge_entries(actor, kept, goes, choices)
        except (InputError, ValueError):
            messages.error(request, gettext("One of the two has changed meanwhile; nothing was merged."))
        else:
            messages.success(request, gettext("The two entries are one now; the other address leads here."))
        return redirect("stocktaking:entry", kept.identifier)
    context = {
        "kept": kept,
        "other": goes,
        "rows": _rows(plan, choices),
        "plan": plan,
        "choices": choices,
        "tried": request.method == "POST",
        "problems": problems,
    }
    return render(request, "stocktaking/merge.html", context, status=422 if problems else 200)


def _rows(plan: Merged, choices: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "kept": plan.kept.get(name, ""),
            "other": plan.other.get(name, ""),
            "takes_other": choices.get(name) == OTHER
            or (name not in choices and plan.result[name] == plan.other.get(name, "")),
        }
        for name in plan.differing
    ]


def _moderated(request: HttpRequest, identifier: str) -> Entry:
    entry = entry_by_identifier(identifier)
    if entry is None:
        raise Http404
    if not moderates_entry(request.user, entry):
        raise PermissionDenied
    return entry
