"""What somebody has on its way to the register: the list of it, and where each one stands."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from actionlines.problems import InputError
from actionlines.stocktaking.workflow import DELETABLE, EDITABLE, MODERATOR, OWNER, steps_from
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import add_comment, delete_submission, take_step
from actionlines_web.stocktaking.models import Submission
from actionlines_web.stocktaking.queries.attachments import attachments_of
from actionlines_web.stocktaking.queries.revisions import changes_between
from actionlines_web.stocktaking.queries.submissions import (
    OWN_FIELDS,
    own_submissions,
    submission_by_id,
    thread_of,
)
from actionlines_web.stocktaking.rules import parts_of
from actionlines_web.ui.problems import shown

LISTED = 200


def found_submission(request: HttpRequest, number: int, *parts: str) -> tuple[Submission, frozenset[str]]:
    """The submission and the reader's parts in it; PermissionDenied without one of `parts`."""
    submission = submission_by_id(number)
    if submission is None:
        raise Http404
    held = parts_of(cast("User", request.user), submission)
    if held.isdisjoint(parts or (OWNER, MODERATOR)):
        raise PermissionDenied
    return submission, held


@login_required
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """What the reader has on its way and in the register."""
    found = list(own_submissions(cast("User", request.user))[:LISTED])
    states = Submission.State
    entries = {item.entry_id: item for item in reversed(found) if item.state == states.PUBLISHED}
    context = {
        "open": [item for item in found if item.state in {*EDITABLE}],
        "waiting": [item for item in found if item.state in {states.SUBMITTED, states.UNDER_REVIEW}],
        "published": sorted(entries.values(), key=lambda item: -item.pk),
        "ended": [item for item in found if item.state in {states.WITHDRAWN, states.REFUSED}],
    }
    return render(request, "stocktaking/submissions.html", context)


@login_required
def submission(request: HttpRequest, number: int) -> HttpResponse:
    """Where it stands, what was said, and what the reader may do now; a comment is posted here."""
    found, parts = found_submission(request, number)
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        try:
            add_comment(cast("User", request.user), found, request.POST.get("comment", ""), internal=False)
        except InputError as error:
            problems = [shown(problem) for problem in error.problems]
        else:
            messages.success(request, gettext("Your comment was sent."))
            return redirect("stocktaking:submission", number)
    context = {
        "submission": found,
        "steps": [step.name for step in steps_from(found.state, parts & {OWNER})],
        "deletable": found.state in DELETABLE and OWNER in parts,
        "editable": found.state in EDITABLE and OWNER in parts,
        "thread": thread_of(found, internal=MODERATOR in parts),
        "attachments": attachments_of(found),
        "fields": [(name, found.fields[name]) for name in OWN_FIELDS if name in found.fields],
        "changes": changes_between(found.base, found.fields) if found.base else [],
        "problems": problems,
    }
    return render(request, "stocktaking/submission.html", context, status=422 if problems else 200)


@login_required
@require_POST
def submission_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Withdraw it, take it up again, or delete it for good."""
    found, _ = found_submission(request, number, OWNER)
    if step not in {"withdraw", "reopen", "delete"}:
        raise Http404
    try:
        if step == "delete":
            delete_submission(cast("User", request.user), found)
            messages.success(request, gettext("It was deleted for good, with its files."))
            return redirect("stocktaking:submissions")
        take_step(cast("User", request.user), found, step)
    except ValueError:
        messages.error(request, gettext("Somebody has moved this entry on meanwhile; nothing was changed."))
    else:
        said = {
            "withdraw": gettext("The entry was withdrawn. You can take it up again."),
            "reopen": gettext("The entry is a draft again."),
        }
        messages.success(request, said[step])
    return redirect("stocktaking:submission", number)
