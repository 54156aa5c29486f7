"""An indicator with its figures, and the reports on their way to them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines.text import Text
from actionlines_web.indicators.charts import Line, trend_chart
from actionlines_web.results.actions import reports as actions
from actionlines_web.results.forms import RemarkForm, ReportForm
from actionlines_web.results.models import Indicator, Report
from actionlines_web.results.pages.found import framework_of, indicator_of, kept_framework, told
from actionlines_web.results.queries import chain, reports
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import shown
from actionlines_web.ui.templatetags.actionlines import number


@require_safe
def indicator(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """An indicator: its way from the baseline as a picture and a table, its parts, and what was reported when."""
    found = framework_of(request, code)
    kept = indicator_of(found, indicator)
    figures, targets, approved = chain.figures_of(kept), chain.targets_of(kept), reports.approved_of(kept)
    may_report = request.user.is_authenticated and actions.may_report(request.user, kept)
    on_the_way = reports.open_periods(kept) if may_report else {}
    locks = reports.locks_of(found)
    rows = [
        {
            "period": period,
            "target": targets.get(period),
            "figure": figures.get(period),
            "report": approved.get(period),
            "measures": reports.measure_rows(approved.get(period)),
            "waiting": Report.State(on_the_way[period]).label if period in on_the_way else "",
            "lock": locks.get(period),
        }
        for period in found.periods
    ]
    context = {
        "framework": found,
        "indicator": kept,
        "rows": rows,
        "trend": _trend(kept, rows),
        "history": reports.history_of(kept),
        "may_report": may_report,
        "made_of": list(kept.made_of.order_by("position", "pk")[: chain.PAGE_SIZE]),
    }
    return render(request, "results/indicator.html", context)


def _trend(kept: Indicator, rows: list[dict[str, Any]]) -> str:
    """The picture, for periods that are years."""
    known = [row for row in rows if row["period"].isdecimal()]
    actual = [
        (int(row["period"]), float(row["figure"].value))
        for row in known
        if row["figure"] and row["figure"].value is not None
    ]
    aimed = [(int(row["period"]), float(row["target"])) for row in known if row["target"] is not None]
    if kept.baseline is not None and kept.baseline_period.isdecimal():
        start = (int(kept.baseline_period), float(kept.baseline))
        actual, aimed = [start, *actual], [start, *aimed] if aimed else []
    lines = [
        Line(pgettext("line of a chart", "Reached"), actual),
        Line(pgettext("line of a chart", "Target"), aimed),
    ]
    return trend_chart(lines, Text(kept.title).get(library_language()))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str, indicator: str, period: str) -> HttpResponse:
    """What was measured in a period: entered, handed in, withdrawn by those who report; decided by coordinators."""
    found = framework_of(request, code)
    kept = indicator_of(found, indicator)
    if period not in found.periods:
        raise Http404
    if not actions.may_report(request.user, kept):
        raise PermissionDenied
    current = reports.open_report(kept, period)
    form = _form(kept, period, current)
    remark_form = RemarkForm()
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        what = request.POST.get("do", "save")
        if what in {"save", "submit"}:
            form = ReportForm(request.POST, indicator=kept)
        if what == "return":
            remark_form = RemarkForm(request.POST)
        try:
            done = _steered(request, kept, period, current, what, form, remark_form)
        except InputError as error:
            problems, done = told(error), False
        if done:
            return redirect("results:indicator", found.code, kept.code)
        current = reports.open_report(kept, period)
    context = {
        "framework": found,
        "indicator": kept,
        "period": period,
        "report": current,
        "measures": [(part, row) for part, row in reports.measure_rows(current).items()],
        "form": form,
        "remark_form": remark_form,
        "remarks": [shown(problem) for problem in actions.remarks_on(current)] if current else [],
        "problems": problems,
        "lock": reports.locks_of(found).get(period),
        "target": chain.targets_of(kept).get(period),
        "may_approve": request.user.has_perm("results.approve"),
    }
    return render(request, "results/report.html", context, status=422 if request.method == "POST" else 200)


def _form(kept: Indicator, period: str, current: Report | None) -> ReportForm:
    """The form with the draft in it, else with what counts, so that a change begins there."""
    started = current or reports.approved_of(kept).get(period)
    if started is None:
        return ReportForm(indicator=kept)
    started.indicator = kept
    return ReportForm(indicator=kept, report=started, measures=reports.measure_rows(started))


def _steered(
    request: HttpRequest,
    kept: Indicator,
    period: str,
    current: Report | None,
    what: str,
    form: ReportForm,
    remark_form: RemarkForm,
) -> bool:
    """Do what the button asks; whether it was done."""
    actor: Any = request.user
    if what in {"save", "submit"}:
        if not form.is_valid():
            return False
        saved = actions.save_report(
            actor,
            kept,
            period,
            form.measures(),
            narrative=form.cleaned_data["narrative"],
            language=library_language(),
            evidence=form.cleaned_data["evidence"],
        )
        if what == "submit":
            actions.submit_report(actor, saved)
            messages.success(request, gettext("The report was submitted."))
        else:
            messages.success(request, gettext("The draft was kept."))
        return True
    if current is None:
        return False
    current.indicator = kept
    if what == "withdraw":
        actions.withdraw_report(actor, current)
    elif what == "approve":
        actions.approve_report(actor, current)
        messages.success(request, gettext("The report counts now."))
    elif what == "return":
        if not remark_form.is_valid():
            return False
        actions.return_report(actor, current, remark_form.cleaned_data["remark"])
    else:
        return False
    return True


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The reports on their way that concern the reader."""
    after = request.GET.get("after", "")
    page, following = reports.waiting_for(
        request.user, int(after) if after.isdecimal() and len(after) < 18 else 0
    )
    context = {
        "reports": page,
        "following": following,
        "may_approve": request.user.has_perm("results.approve"),
    }
    return render(request, "results/waiting.html", context)


@login_required
@require_POST
def approve_all(request: HttpRequest, code: str) -> HttpResponse:
    """Approve what was submitted of a framework."""
    found = kept_framework(request, code)
    count = actions.approve_all(request.user, found)  # type: ignore[arg-type]
    said = ngettext("%(shown)s report counts now.", "%(shown)s reports count now.", count)
    messages.success(request, said % {"shown": number(count)})
    return redirect("results:framework", found.code)
