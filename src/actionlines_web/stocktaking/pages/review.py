"""One submission before its moderators: what it says, what it resembles, what was said, what can be done."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from actionlines.problems import InputError
from actionlines.stocktaking.contact import CONTACT_COLUMNS
from actionlines.stocktaking.workflow import MODERATOR, steps_from
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import add_comment, take_step
from actionlines_web.stocktaking.actions.bulk import language_of
from actionlines_web.stocktaking.labels import STEP_BUTTONS
from actionlines_web.stocktaking.models import Submission
from actionlines_web.stocktaking.pages.duplicates import twins_of_submission
from actionlines_web.stocktaking.pages.queue import moderator, reply_choices
from actionlines_web.stocktaking.pages.submissions import found_submission
from actionlines_web.stocktaking.queries.attachments import attachments_of
from actionlines_web.stocktaking.queries.proposals import proposals, refused_nodes
from actionlines_web.stocktaking.queries.replies import replies
from actionlines_web.stocktaking.queries.revisions import changes_between
from actionlines_web.stocktaking.queries.submissions import (
    OWN_FIELDS,
    altered,
    read_submission,
    thread_of,
    words_of,
)
from actionlines_web.stocktaking.rules import may_publish
from actionlines_web.ui.language import language_name
from actionlines_web.ui.problems import shown


@login_required
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Everything a moderator needs to decide; a comment is posted here. `?reply=` fills in a canned reply."""
    moderator(request)
    found, _ = found_submission(request, number, MODERATOR)
    if found.state in {Submission.State.DRAFT, Submission.State.WITHDRAWN}:
        raise Http404
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        internal = request.POST.get("internal") == "1"
        try:
            add_comment(cast("User", request.user), found, request.POST.get("comment", ""), internal=internal)
        except InputError as error:
            problems = [shown(problem) for problem in error.problems]
        else:
            said = gettext("Noted among moderators.") if internal else gettext("Your comment was sent.")
            messages.success(request, said)
            return redirect("stocktaking:review", number)
    return _page(request, found, problems)


@login_required
@require_POST
def review_step(request: HttpRequest, number: int) -> HttpResponse:
    """Take, release, publish, return or refuse it."""
    actor = moderator(request)
    found, _ = found_submission(request, number, MODERATOR)
    step = request.POST.get("step", "")
    if step not in STEP_BUTTONS:
        raise Http404
    try:
        take_step(actor, found, step, request.POST.get("comment", ""))
    except InputError as error:
        return _page(
            request, found, [shown(problem) for problem in error.problems], request.POST.get("comment", "")
        )
    except PermissionDenied:
        messages.error(
            request, gettext("Your own entry is for somebody else to publish; nothing was changed.")
        )
    except ValueError:
        messages.error(request, gettext("Somebody has moved this entry on meanwhile; nothing was changed."))
    else:
        messages.success(request, _said(step))
    return redirect("stocktaking:review", number)


def _said(step: str) -> str:
    return {
        "take": gettext("You have taken this entry; others see that."),
        "release": gettext("The entry waits for anybody again."),
        "publish": gettext("The entry stands in the register. Its submitter was told."),
        "return": gettext("The entry was returned. Its submitter was told what to mend."),
        "refuse": gettext("The entry was refused. Its submitter was told why."),
    }[step]


def _page(
    request: HttpRequest, submission: Submission, problems: list[dict[str, Any]], comment: str = ""
) -> HttpResponse:
    actor = cast("User", request.user)
    offered = [step for step in steps_from(submission.state, {MODERATOR}) if step.name in STEP_BUTTONS]
    language = language_of(submission)
    reply = replies().get(request.GET.get("reply", ""))
    context = {
        "submission": submission,
        **_content(submission),
        "words": words_of(submission),
        "faults": [shown(problem) for problem in read_submission(submission)[2]],
        "proposals": proposals(submission),
        "refused": refused_nodes(submission),
        "attachments": attachments_of(submission),
        "twins": twins_of_submission(submission),
        "thread": thread_of(submission, internal=True),
        "steps": [(step.name, STEP_BUTTONS[step.name]) for step in offered if not step.comment],
        "answers": [(step.name, STEP_BUTTONS[step.name]) for step in offered if step.comment],
        "may_publish": may_publish(actor, submission),
        "replies": reply_choices(),
        "reply": request.GET.get("reply", ""),
        "comment": comment or (reply.text.get(language) if reply else ""),
        "answer_language": language,
        "answer_language_name": language_name(language),
        "problems": problems,
    }
    return render(request, "stocktaking/review.html", context, status=422 if problems else 200)


def _content(submission: Submission) -> dict[str, Any]:
    """What it says: all fields of a new entry, of a change what differs from how the entry stood when it began."""
    if submission.entry is None or not submission.base:
        return {
            "fields": [(name, submission.fields[name]) for name in OWN_FIELDS if submission.fields.get(name)]
        }
    changed = altered(submission)
    return {
        "changes": changes_between({name: submission.base.get(name, "") for name in changed}, changed),
        "fields": [(name, text) for name, text in changed.items() if name in CONTACT_COLUMNS],
    }
