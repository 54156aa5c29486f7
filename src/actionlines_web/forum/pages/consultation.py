"""The Open Consultation Process: its dates, what was said, one's own contribution, nominations."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.formats.tabular import csv_parts
from actionlines.problems import InputError
from actionlines.programme.consultation import Answers
from actionlines_web.accounts.models import User
from actionlines_web.forum import labels
from actionlines_web.forum.actions import consultation as actions
from actionlines_web.forum.forms import show_problems
from actionlines_web.forum.forms.consultation import ContributionForm, NominationForm, contribution_initial
from actionlines_web.forum.models import Contribution, Edition
from actionlines_web.forum.pages.editions import periods_of
from actionlines_web.forum.pages.found import METHODS, context_of, found_edition, run_edition, told
from actionlines_web.forum.queries import consultation as queries
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.rules import may_run, wrote
from actionlines_web.organisations.queries import member_organisations
from actionlines_web.ui.language import library_language


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """The phases, who took part, what was said; filtered by stakeholder type, region or line."""
    edition = found_edition(slug)
    wanted = {name: request.GET.get(name, "")[:32] for name in ("stakeholder_type", "region", "line")}
    said = request.GET.get("after", "")
    page, following = queries.contribution_page(
        edition, **wanted, after=int(said[:9]) if said.isdecimal() else 0
    )
    left = request.GET.copy()
    left["after"] = str(following)
    data = edition_of(edition)
    context = context_of(
        request,
        edition,
        periods=periods_of(data),
        open=data.takes("contributions", timezone.now()),
        nominating=data.takes("nominations", timezone.now()),
        statistics=queries.consultation_statistics(edition),
        contributions=page,
        next_address=f"?{left.urlencode()}" if following else "",
        wanted=wanted,
        own=queries.own_contributions(cast("User", request.user), edition),
        facilitators=queries.chosen_facilitators(edition),
    )
    return render(request, "forum/consultation.html", context)


@require_safe
def consultation_table(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The public record as csv: no person stands in it."""
    edition = found_edition(slug)
    text = csv_parts(queries.COLUMNS, [queries.contribution_rows(edition)])
    return StreamingHttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="consultation-{edition.slug}.csv"'},
    )


def _seen(request: HttpRequest, slug: str, number: int) -> tuple[User, Edition, Contribution]:
    """What was sent everybody sees; a draft and what was taken back those who wrote it alone."""
    edition = found_edition(slug)
    found = queries.contribution_by_number(edition, number)
    actor = cast("User", request.user)
    if found is None or (found.state != Contribution.State.SENT and not wrote(actor, found)):
        raise Http404
    return actor, edition, found


@require_safe
def contribution(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One contribution."""
    actor, edition, found = _seen(request, slug, number)
    context = context_of(
        request,
        edition,
        contribution=found,
        answers=[
            (label, found.fields[name]) for name, label in labels.QUESTIONS.items() if found.fields.get(name)
        ],
        topics=list(found.topics.items()),
        wrote=wrote(actor, found),
        runs=may_run(actor),
    )
    return render(request, "forum/contribution.html", context)


@login_required
@require_http_methods(METHODS)
def new_contribution(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a contribution."""
    edition = found_edition(slug)
    mine = member_organisations(cast("User", request.user))
    begin = Answers("", "", "", {}, {})
    if mine:
        begin = Answers(mine[0].name, mine[0].stakeholder_type, mine[0].country, {}, {})
    return _form(request, edition, None, begin)


@login_required
@require_http_methods(METHODS)
def write_contribution(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Go on with a draft."""
    actor, edition, found = _seen(request, slug, number)
    if not wrote(actor, found):
        raise Http404
    if found.state != Contribution.State.DRAFT:
        return redirect("forum:contribution", slug, number)
    return _form(request, edition, found, queries.contribution_answers(found))


def _form(request: HttpRequest, edition: Edition, found: Contribution | None, begin: Answers) -> HttpResponse:
    actor = cast("User", request.user)
    form = ContributionForm(request.POST or None, initial=contribution_initial(begin))
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.save_contribution(
                actor, edition, form.answers(), contribution=found, language=library_language()
            )
            if "send" in request.POST:
                actions.send_contribution(actor, found)
        except InputError as error:
            show_problems(form, error.problems)
        except ValueError:
            messages.error(request, gettext("This is not possible any more; nothing was changed."))
            return redirect("forum:consultation", edition.slug)
        else:
            sent = found is not None and "send" in request.POST
            messages.success(
                request, gettext("Your contribution is public.") if sent else gettext("The draft was saved.")
            )
            return redirect("forum:contribution", edition.slug, found.number)
    context = context_of(request, edition, form=form, contribution=found)
    return render(request, "forum/contribute.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def contribution_step(request: HttpRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Send a contribution, or take it back."""
    edition = found_edition(slug)
    found = queries.contribution_by_number(edition, number)
    actor = cast("User", request.user)
    if found is None or step not in {"send", "withdraw"} or not (wrote(actor, found) or may_run(actor)):
        raise Http404
    try:
        if step == "send":
            actions.send_contribution(actor, found)
            messages.success(request, gettext("Your contribution is public."))
        else:
            actions.withdraw_contribution(actor, found)
            messages.success(request, gettext("The contribution was taken back."))
    except InputError as error:
        form = ContributionForm(initial=contribution_initial(queries.contribution_answers(found)))
        context = context_of(request, edition, form=form, contribution=found, problems=told(error))
        return render(request, "forum/contribute.html", context, status=422)
    except (ValueError, PermissionDenied):
        messages.error(request, gettext("This is not possible any more; nothing was changed."))
    return redirect("forum:consultation", slug)


@login_required
@require_http_methods(METHODS)
def nominations(request: HttpRequest, slug: str) -> HttpResponse:
    """Nominate a facilitator of the high-level track."""
    edition = found_edition(slug)
    form = NominationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.nominate(cast("User", request.user), edition, form.nominated())
        except InputError as error:
            show_problems(form, error.problems)
        else:
            messages.success(request, gettext("The nomination was received."))
            return redirect("forum:consultation", slug)
    context = context_of(
        request, edition, form=form, open=edition_of(edition).takes("nominations", timezone.now())
    )
    return render(request, "forum/nominate.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def facilitators(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is nominated, whom a balanced choice would take, and the choice itself."""
    actor, edition = run_edition(request, slug)
    rows = queries.nominations_of(edition)
    said = request.GET.get("seats", "")
    seats = min(int(said[:3]), len(rows)) if said.isdecimal() else 0
    problems = []
    if request.method == "POST":
        chosen = {int(key[:18]) for key in request.POST.getlist("chosen") if key.isdecimal()}
        try:
            actions.choose_facilitators(actor, edition, chosen, request.POST.get("reason", ""))
        except InputError as error:
            problems = told(error)
        else:
            messages.success(request, gettext("The choice was kept; it is public."))
            return redirect("forum:facilitators", slug)
    proposed = {int(key) for key in queries.balanced_choice(rows, seats).chosen} if seats else set()
    context = context_of(
        request,
        edition,
        nominations=[(row, row.pk in proposed or (not seats and row.state == "chosen")) for row in rows],
        seats=seats or 6,
        problems=problems,
        reason=request.POST.get("reason", ""),
    )
    return render(request, "forum/facilitators.html", context, status=422 if problems else 200)
