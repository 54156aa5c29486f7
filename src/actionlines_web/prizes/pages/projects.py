"""A project of one's own: written, held against the rules, sent, taken back."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.prizes import labels
from actionlines_web.prizes.actions import projects as actions
from actionlines_web.prizes.forms import ProjectForm
from actionlines_web.prizes.models import Edition, Project
from actionlines_web.prizes.pages.found import context_of, found_edition
from actionlines_web.prizes.queries.editions import is_open, rules_of
from actionlines_web.prizes.queries.projects import (
    is_late,
    own_projects,
    project_by_code,
    steps_of,
    verdicts,
    word_total,
)
from actionlines_web.prizes.rules import owns
from actionlines_web.stocktaking.queries.submissions import own_submissions
from actionlines_web.ui.problems import shown

ENTRIES_OFFERED = 50


def _own(request: HttpRequest, slug: str, code: str) -> tuple[User, Edition, Project]:
    """The reader, the edition, and the project, which is the reader's; for anybody else there is none."""
    edition = found_edition(slug)
    project = project_by_code(edition, code)
    actor = cast("User", request.user)
    if project is None or not owns(actor, project):
        raise Http404
    return actor, edition, project


@login_required
@require_safe
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's projects in this edition, and the entries of the register they could send in."""
    edition = found_edition(slug)
    actor = cast("User", request.user)
    entries = {
        item.entry.identifier: item.entry
        for item in own_submissions(actor)[:200]
        if item.entry is not None and item.entry.archived_at is None
    }
    context = context_of(
        request,
        edition,
        projects=list(own_projects(actor, edition)),
        entries=list(entries.values())[:ENTRIES_OFFERED],
        open=is_open(edition, "submission", timezone.now()),
    )
    return render(request, "prizes/own.html", context)


@login_required
@require_POST
def new_project(request: HttpRequest, slug: str) -> HttpResponse:
    """A new draft, of an entry of the register if one is named."""
    edition = found_edition(slug)
    try:
        made = actions.start_project(
            cast("User", request.user), edition, entry=request.POST.get("entry", "").strip()[:64]
        )
    except InputError as error:
        context = context_of(request, edition, problems=[shown(problem) for problem in error.problems])
        context |= {"projects": list(own_projects(cast("User", request.user), edition)), "entries": []}
        return render(request, "prizes/own.html", context, status=422)
    return redirect("prizes:write", slug, made.code)


@login_required
@require_safe
def project(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Where a project stands, what happened to it, what its owner may do now."""
    _, edition, found = _own(request, slug, code)
    return render(request, "prizes/project.html", _project_context(request, edition, found))


def _project_context(request: HttpRequest, edition: Edition, found: Project, **more: Any) -> dict[str, Any]:
    now = timezone.now()
    draft = found.state == Project.State.DRAFT
    return context_of(
        request,
        edition,
        project=found,
        steps=[(labels.STEPS.get(step.action, step.action), step) for step in steps_of(found)],
        verdicts=_verdicts(found) if draft else [],
        late=draft and is_late(found, now),
        withdrawable=found.state in {Project.State.DRAFT, Project.State.SUBMITTED, Project.State.ACCEPTED},
        **more,
    )


def _verdicts(project: Project) -> list[tuple[Any, Any]]:
    return [(labels.VERDICTS[verdict.rule], verdict) for verdict in verdicts(project, timezone.now())]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The form of a draft, with what each rule says of it; saved, it is read again."""
    actor, edition, found = _own(request, slug, code)
    if found.state != Project.State.DRAFT:
        return redirect("prizes:project", slug, code)
    rules = rules_of(edition)
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        form = ProjectForm(rules, request.POST)
        try:
            found = actions.save_project(
                actor,
                found,
                form.said(),
                category=request.POST.get("category", ""),
                language=request.POST.get("language", ""),
            )
        except InputError as error:
            problems = [shown(problem) for problem in error.problems]
        else:
            if "send" in request.POST:
                return _send(request, actor, edition, found)
            messages.success(request, gettext("The draft was saved."))
            return redirect("prizes:write", slug, code)
    else:
        form = ProjectForm(
            rules, initial={**found.fields, "category": found.category, "language": found.language}
        )
    context = context_of(
        request,
        edition,
        project=found,
        form=form,
        problems=problems,
        verdicts=_verdicts(found),
        words=word_total(found),
        rules=rules,
    )
    return render(request, "prizes/write.html", context, status=422 if problems else 200)


def _send(request: HttpRequest, actor: User, edition: Edition, found: Project) -> HttpResponse:
    try:
        sent = actions.submit_project(actor, found)
    except InputError as error:
        problems = [shown(problem) for problem in error.problems]
        context = _project_context(request, edition, found, problems=problems)
        return render(request, "prizes/project.html", context, status=422)
    except ValueError:
        messages.error(request, gettext("It has been sent before."))
    else:
        messages.success(
            request, gettext("The project was sent. Your receipt: %(receipt)s") % {"receipt": sent.receipt}
        )
    return redirect("prizes:project", edition.slug, found.code)


@login_required
@require_POST
def check(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What each rule says of what stands in the form now; nothing is saved."""
    _, edition, found = _own(request, slug, code)
    form = ProjectForm(rules_of(edition), request.POST)
    found.fields = {name: text for name, text in form.said().items() if text.strip()}
    found.category, found.language = request.POST.get("category", ""), request.POST.get("language", "")
    context = {"verdicts": _verdicts(found), "words": word_total(found), "rules": rules_of(edition)}
    return render(request, "prizes/_verdicts.html", context)


@login_required
@require_POST
def project_step(request: HttpRequest, slug: str, code: str, step: str) -> HttpResponse:
    """Send a project, take it back, ask to be let in late."""
    actor, edition, found = _own(request, slug, code)
    if step == "send":
        return _send(request, actor, edition, found)
    if step not in {"withdraw", "late"}:
        raise Http404
    try:
        if step == "withdraw":
            actions.withdraw_project(actor, found)
            messages.success(request, gettext("The project was withdrawn."))
        else:
            actions.ask_late(actor, found, request.POST.get("reason", ""))
            messages.success(request, gettext("The coordinators have your request and will answer by mail."))
    except InputError as error:
        problems = [shown(problem) for problem in error.problems]
        context = _project_context(request, edition, found, problems=problems)
        return render(request, "prizes/project.html", context, status=422)
    except (ValueError, PermissionDenied):
        messages.error(request, gettext("This is not possible any more; nothing was changed."))
    return redirect("prizes:project", slug, code)
