"""The coordinators' desk: the funnel, dates, screening, reviewers, nominations, winners, mail to all."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actionlines.problems import InputError
from actionlines_web.prizes import labels
from actionlines_web.prizes.actions import editions as edition_actions
from actionlines_web.prizes.actions import projects as project_actions
from actionlines_web.prizes.actions import review as review_actions
from actionlines_web.prizes.actions import winners as winner_actions
from actionlines_web.prizes.actions.telling import write_to_all
from actionlines_web.prizes.forms import (
    AnnouncementForm,
    DatesForm,
    EditionForm,
    MessageForm,
    ReviewerForm,
    ShortlistForm,
    show_problems,
)
from actionlines_web.prizes.models import Edition, Project, Reviewer
from actionlines_web.prizes.pages.found import context_of, run_edition
from actionlines_web.prizes.queries import results
from actionlines_web.prizes.queries.editions import moves_of, phases_of, rules_of
from actionlines_web.prizes.queries.people import reviewers_of
from actionlines_web.prizes.queries.projects import project_by_code, project_page, steps_of, verdicts
from actionlines_web.prizes.queries.review import review_state
from actionlines_web.ui.problems import sentence

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def new_edition(request: HttpRequest) -> HttpResponse:
    """Make an edition of shipped rules or of a file."""
    if not request.user.has_perm("prizes.run_edition"):
        raise PermissionDenied
    form = EditionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            made = edition_actions.create_edition(
                request.user,  # type: ignore[arg-type]
                slug=given["slug"],
                shipped="" if file else given["shipped"],
                text=file.read() if file else b"",
                file=file.name if file else "",
                name=given["name"],
            )
        except InputError as error:
            show_problems(form, error.problems)
        else:
            messages.success(request, gettext("The edition was made. Please set its dates."))
            return redirect("prizes:dates", made.slug)
    return render(request, "prizes/new_edition.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The funnel by category and region, deadlines, what waits to be done. No number of votes stands here."""
    _, edition = run_edition(request, slug)
    now = timezone.now()
    rows = Project.objects.filter(edition=edition)
    context = context_of(
        request,
        edition,
        phases=[(state, labels.PHASE_STATES[state.state]) for state in phases_of(edition, now)],
        categories=results.funnel(edition, "category"),
        regions=results.funnel(edition, "region"),
        drafts=rows.filter(state=Project.State.DRAFT).count(),
        waiting=rows.filter(state=Project.State.SUBMITTED).count(),
        late=rows.exclude(late_reason="").filter(late=None).count(),
        unassigned=rows.filter(state=Project.State.ACCEPTED, assignments=None).count(),
        unscored=sum(item.reviewers - item.scored for item in review_state(edition).projects),
        over=any(state.kind == "vote" and state.state == "over" for state in phases_of(edition, now)),
        published=results.publications_of(edition),
    )
    return render(request, "prizes/desk.html", context)


@login_required
@require_http_methods(METHODS)
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """The phases, and a form that moves one."""
    actor, edition = run_edition(request, slug)
    form = DatesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            edition_actions.move_phase(actor, edition, **form.cleaned_data)
        except InputError as error:
            show_problems(form, error.problems)
        else:
            messages.success(request, gettext("The dates were changed; everybody who takes part is told."))
            return redirect("prizes:dates", slug)
    now = timezone.now()
    context = context_of(
        request,
        edition,
        form=form,
        phases=[(state, labels.PHASE_STATES[state.state]) for state in phases_of(edition, now)],
        moves=moves_of(edition),
    )
    return render(request, "prizes/dates.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_safe
def screening(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects that were sent, filtered by state and category."""
    _, edition = run_edition(request, slug)
    wanted = {"state": request.GET.get("state", "")[:16], "category": request.GET.get("category", "")[:32]}
    late = request.GET.get("late") == "1"
    context = context_of(
        request,
        edition,
        projects=project_page(edition, **wanted, late=late),
        states=Project.State.choices,
        wanted=wanted,
        late=late,
    )
    return render(request, "prizes/screening.html", context)


@login_required
@never_cache
@require_http_methods(METHODS)
def screen(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One project with what the rules say of it; admit it, refuse it, answer a late request, nominate it or not."""
    actor, edition = run_edition(request, slug)
    project = project_by_code(edition, code)
    if project is None:
        raise Http404
    problems: list[str] = []
    if request.method == "POST":
        try:
            _screened(request, actor, project)
        except InputError as error:
            problems = [sentence(problem) for problem in error.problems]
        except ValueError:
            messages.error(request, gettext("This is not possible any more; nothing was changed."))
            return redirect("prizes:screen", slug, code)
        else:
            messages.success(request, gettext("The decision was kept, and its owner is told."))
            return redirect("prizes:screen", slug, code)
    reviews = project.assignments.exclude(overall=None).select_related("reviewer__user")
    context = context_of(
        request,
        edition,
        project=project,
        fields=[
            (labels.FIELDS[name][0], text) for name, text in project.fields.items() if name in labels.FIELDS
        ],
        verdicts=[(labels.VERDICTS[item.rule], item) for item in verdicts(project, timezone.now())],
        steps=[(labels.STEPS.get(step.action, step.action), step) for step in steps_of(project)],
        reviews=list(reviews.order_by("pk")),
        remarks=list(project.remarks.select_related("author")),
        problems=problems,
        reason=request.POST.get("reason", ""),
    )
    return render(request, "prizes/screen.html", context, status=422 if problems else 200)


def _screened(request: HttpRequest, actor: Any, project: Project) -> None:
    reason = request.POST.get("reason", "")
    match request.POST.get("decision", ""):
        case "accept" | "refuse" as said:
            project_actions.screen_project(actor, project, accept=said == "accept", reason=reason)
        case "let-in" | "turn-away" as said:
            project_actions.answer_late(actor, project, accept=said == "let-in", reason=reason)
        case "nominate" | "pass-over" as said:
            review_actions.nominate(actor, project, wanted=said == "nominate", reason=reason)
        case _:
            raise Http404


@login_required
@never_cache
@require_http_methods(METHODS)
def reviewers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who judges; add one, take one off, deal the projects out."""
    actor, edition = run_edition(request, slug)
    form = ReviewerForm(request.POST if "email" in request.POST else None)
    if request.method == "POST":
        if "assign" in request.POST:
            return _assigned(request, actor, edition)
        if "remove" in request.POST:
            return _removed(request, actor, edition)
        if form.is_valid():
            given = form.cleaned_data
            try:
                review_actions.add_reviewer(
                    actor,
                    edition,
                    given["email"],
                    lines=given["lines"].replace(",", " ").replace(";", " ").split(),
                    languages=given["languages"],
                    country=given["country"],
                    most=given["most"],
                )
            except InputError as error:
                show_problems(form, error.problems)
            else:
                messages.success(request, gettext("The reviewer was added."))
                return redirect("prizes:reviewers", slug)
    context = context_of(request, edition, form=form, **_review_context(edition))
    return render(request, "prizes/reviewers.html", context, status=422 if form.errors else 200)


def _review_context(edition: Edition) -> dict[str, Any]:
    state = review_state(edition)
    return {
        "reviewers": [
            (
                item,
                item.assignments.count(),
                item.assignments.exclude(overall=None).count(),
                state.normalised.severity.get(str(item.pk)),
            )
            for item in reviewers_of(edition)
        ],
        "state": state,
        "wanted": rules_of(edition).reviewers,
    }


def _assigned(request: HttpRequest, actor: Any, edition: Edition) -> HttpResponse:
    try:
        dealt = review_actions.assign_projects(actor, edition)
    except ValueError:
        messages.error(request, gettext("The nominations are made; nothing was changed."))
    else:
        short = sum(dealt.short.values())
        if short:
            messages.warning(
                request,
                gettext("The projects were dealt out. Reviews still missing: %(number)s") % {"number": short},
            )
        else:
            messages.success(request, gettext("The projects were dealt out; the reviewers are told."))
    return redirect("prizes:reviewers", edition.slug)


def _removed(request: HttpRequest, actor: Any, edition: Edition) -> HttpResponse:
    said = request.POST["remove"]
    found = get_object_or_404(Reviewer, edition=edition, pk=int(said) if said.isdecimal() else 0)
    try:
        review_actions.remove_reviewer(actor, found)
    except ValueError:
        messages.error(request, gettext("This reviewer has scored projects and stays."))
    else:
        messages.success(request, gettext("The reviewer was taken off."))
    return redirect("prizes:reviewers", edition.slug)


@login_required
@never_cache
@require_http_methods(METHODS)
def shortlist(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects by their scores; first who would be nominated, confirmed, who is."""
    actor, edition = run_edition(request, slug)
    form = ShortlistForm(request.POST or None)
    plan = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        plan = review_actions.plan_shortlist(edition, given["most"])
        if "confirm" in request.POST:
            try:
                review_actions.make_shortlist(actor, edition, given["most"], given["reason"])
            except InputError as error:
                show_problems(form, error.problems)
            except ValueError:
                form.add_error(None, gettext("The vote has begun; the nominations stay as they are."))
            else:
                messages.success(request, gettext("The nominations are made, and the owners are told."))
                return redirect("prizes:shortlist", slug)
    context = context_of(request, edition, form=form, plan=plan, **_review_context(edition))
    return render(request, "prizes/shortlist.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def winners(request: HttpRequest, slug: str) -> HttpResponse:
    """The champions; choose the winner of each category with its motive, and announce them all."""
    actor, edition = run_edition(request, slug)
    form = AnnouncementForm(request.POST if "announce" in request.POST else None)
    problems: list[str] = []
    if request.method == "POST":
        try:
            if "announce" not in request.POST:
                project = project_by_code(edition, request.POST.get("code", ""))
                if project is None:
                    raise Http404
                winner_actions.choose_winner(actor, project, request.POST.get("motive", ""))
            elif form.is_valid():
                winner_actions.announce(actor, edition, form.cleaned_data["at"])
        except InputError as error:
            problems = [sentence(problem) for problem in error.problems]
        except ValueError:
            messages.error(request, gettext("This is not possible any more; nothing was changed."))
        if not problems and not form.errors:
            return redirect("prizes:winners", slug)
    context = context_of(
        request,
        edition,
        form=form,
        problems=problems,
        standings=results.standings_of(edition).items(),
        open=results.has_result(edition) and edition.announced_at is None,
        announced=results.is_announced(edition, timezone.now()),
        entries=results.entries_of(edition),
        champions=rules_of(edition).champions,
    )
    return render(request, "prizes/winners.html", context, status=422 if problems or form.errors else 200)


@login_required
@require_http_methods(METHODS)
def message(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to everybody, or to some of them."""
    actor, edition = run_edition(request, slug)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_to_all(actor, edition, **form.cleaned_data)
        messages.success(request, gettext("The messages will leave in a moment."))
        return redirect("prizes:desk", slug)
    context = context_of(request, edition, form=form)
    return render(request, "prizes/message.html", context, status=422 if form.errors else 200)
