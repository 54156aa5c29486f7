"""The desk of a report: its parts, what people write and say, its versions, its way to publication."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.publishing import actions
from actionlines_web.publishing.files import generated_part
from actionlines_web.publishing.forms import AssigneeForm, CommentForm, DraftForm, PassageForm
from actionlines_web.publishing.labels import KINDS, PHASES
from actionlines_web.publishing.models import Comment, Part, Report
from actionlines_web.publishing.pages.found import chosen, language_of, part_of, part_title, report_of, told
from actionlines_web.publishing.queries import reports as queries


@login_required
@never_cache
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The reports the reader works on."""
    before = request.GET.get("before", "")
    found = list(
        queries.reports_of(request.user, int(before) if before.isdecimal() and len(before) < 12 else None)
    )
    context = {
        "reports": found[: queries.PAGE],
        "next": found[queries.PAGE - 1].pk if len(found) > queries.PAGE else None,
        "kinds": KINDS,
        "may_start": request.user.has_perm("publishing.start_report"),
        "may_schedule": request.user.has_perm("publishing.approve_report"),
    }
    return render(request, "publishing/drafts.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a report; the filter of a list of entries may come in the address."""
    if not request.user.has_perm("publishing.start_report"):
        raise PermissionDenied
    form = (
        DraftForm(request.POST)
        if request.method == "POST"
        else DraftForm(initial={"filter": request.GET.urlencode()})
    )
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_report(request.user, form.asked())
        except InputError as error:
            problems = told(error)
        else:
            return redirect("publishing:draft", made.key)
    status = 422 if request.method == "POST" else 200
    return render(request, "publishing/new.html", {"form": form, "problems": problems}, status=status)


@login_required
@never_cache
@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The desk of a report."""
    return render(request, "publishing/draft.html", _desk(request, report_of(request, key)))


def _desk(
    request: HttpRequest, found: Report, problems: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    standing = queries.standing_of(found)
    parts = [
        {
            "part": part,
            "title": part_title(part),
            "written": [passage.language for passage in part.passages.all() if passage.text],
        }
        for part in standing.parts
    ]
    return {
        "report": found,
        "kind": KINDS[found.kind],
        "chosen": chosen(found),
        "parts": parts,
        "standing": standing,
        "newest": standing.versions[0] if standing.versions else None,
        "job": standing.job,
        "words": PHASES.get(standing.job.phase, "") if standing.job else "",
        "address": reverse("publishing:progress", args=[found.key]),
        "unfinished": standing.job is not None and standing.job.unfinished,
        "keeps": request.user.has_perm("publishing.keep_report", found),
        "approves": request.user.has_perm("publishing.approve_report"),
        "problems": problems or [],
    }


@login_required
@never_cache
@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the newest version is, for htmx; once it is over, the page is to be read anew."""
    context = _desk(request, report_of(request, key))
    if not context["unfinished"]:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    return render(request, "jobs/_progress.html", context)


_STEPS: Final = {
    "version": actions.order_version,
    "lock": actions.lock_report,
    "open": actions.open_report,
    "approve": actions.approve_report,
    "publish": actions.publish_report,
}


@login_required
@require_POST
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Do what the button asks."""
    found = report_of(request, key)
    act = _STEPS.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    try:
        act(request.user, found)
    except InputError as error:
        found.refresh_from_db()
        return render(request, "publishing/draft.html", _desk(request, found, told(error)), status=422)
    return redirect("publishing:draft", found.key)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A part: what people write in it beside what is counted, comments, who writes it."""
    found = part_of(request, key, name)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            if _steered(request, found, context):
                address = reverse("publishing:part", args=[key, name])
                return redirect(f"{address}?language={language_of(request, found.report)}")
        except InputError as error:
            context["problems"] = told(error)
        except actions.ChangedMeanwhileError as conflict:
            context["conflict"] = conflict.passage
        except Comment.DoesNotExist as error:
            raise Http404 from error
        found = part_of(request, key, name)
    status = 409 if "conflict" in context else 422 if request.method == "POST" else 200
    return render(request, "publishing/part.html", _part_context(request, found) | context, status=status)


def _steered(request: HttpRequest, found: Part, context: dict[str, Any]) -> bool:
    """Do what the button asks; False where a form is to be shown again."""
    actor: Any = request.user
    match request.POST.get("do", ""):
        case "write":
            form = PassageForm(request.POST)
            context["form"] = form
            if not form.is_valid():
                return False
            said = form.cleaned_data
            language = language_of(request, found.report)
            actions.save_passage(actor, found, language, said["text"], seen=said["seen"])
            messages.success(request, gettext("The text was saved."))
        case "assign":
            assignee = AssigneeForm(request.POST)
            context["assignee_form"] = assignee
            if not assignee.is_valid():
                return False
            actions.assign_part(actor, found, assignee.cleaned_data["assignee"])
        case "comment":
            comment = CommentForm(request.POST)
            context["comment_form"] = comment
            if not comment.is_valid():
                return False
            actions.comment_on(actor, found, comment.cleaned_data["text"])
        case "settle":
            number = request.POST.get("comment", "")
            actions.settle_comment(
                actor, found, int(number) if number.isdecimal() and len(number) < 12 else 0
            )
        case "finished" | "unfinished" as said:
            actions.finish_part(actor, found, finished=said == "finished")
        case _:
            raise Http404
    return True


def _part_context(request: HttpRequest, found: Part) -> dict[str, Any]:
    report = found.report
    language = language_of(request, report)
    passage = queries.passage_of(found, language)
    current = queries.newest_made(report)
    others = [item for item in found.passages.all() if item.language != language and item.text]
    writing = report.state == Report.State.WRITING
    return {
        "report": report,
        "part": found,
        "title": part_title(found),
        "language": language,
        "passage": passage,
        "others": others,
        "generated": generated_part(current, language, found.name) if current else "",
        "current": current,
        "comments": list(queries.comments_on(found)),
        "form": PassageForm(initial={"text": passage.text, "seen": passage.number}),
        "comment_form": CommentForm(),
        "assignee_form": AssigneeForm(initial={"assignee": found.assignee.email if found.assignee else ""}),
        "may_write": writing and request.user.has_perm("publishing.write_part", found),
        "may_assign": writing and request.user.has_perm("publishing.keep_report", report),
    }
