"""Frameworks and their trees, a branch at a time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionlines.results.progress import RatingRules
from actionlines_web.organisations.queries import names_of
from actionlines_web.results.forms import BudgetForm, LockForm, OrganisationForm
from actionlines_web.results.labels import RATINGS
from actionlines_web.results.pages.found import framework_of, period_of
from actionlines_web.results.queries import chain, reports


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    """Every cycle that the reader may see."""
    context = {
        "frameworks": list(chain.frameworks_for(request.user)),
        "may_keep": request.user.has_perm("results.keep_framework"),
        "signed_in": request.user.is_authenticated,
    }
    return render(request, "results/frameworks.html", context)


@require_safe
def framework(request: HttpRequest, code: str) -> HttpResponse:
    """A cycle: its results at the top with their indicators by rating, what was planned and spent, closed periods."""
    found = framework_of(request, code)
    period = period_of(request, found)
    tree = chain.tree_of(found, period)
    may_keep = request.user.has_perm("results.keep_framework")
    locks = reports.locks_of(found)
    context = {
        "framework": found,
        "period": period,
        "branches": tree.roots,
        "ratings": RATINGS,
        "rules": RatingRules(),
        "money": chain.money_of(tree.by_key, period),
        "lock": locks.get(period),
        "may_keep": may_keep,
        "may_report": bool(
            may_keep or (request.user.is_authenticated and reports.results_of_member(request.user, tree))
        ),
        "lock_form": LockForm() if may_keep else None,
    }
    return render(request, "results/framework.html", context)


@require_safe
def result(request: HttpRequest, code: str, result: str) -> HttpResponse:
    """A result: what stands below it, and its own indicators page by page."""
    found = framework_of(request, code)
    period = period_of(request, found)
    tree = chain.tree_of(found, period)
    branch = tree.find(result)
    if branch is None:
        raise Http404
    rows, following = chain.indicators_of(
        branch.result, period, chain.parsed_cursor(request.GET.get("after", ""))
    )
    organisation = tree.organisation_of(branch.result.pk)
    names = names_of([organisation]) if organisation is not None else []
    may_keep = request.user.has_perm("results.keep_framework")
    context = {
        "framework": found,
        "period": period,
        "branch": branch,
        "above": tree.above(branch),
        "ratings": RATINGS,
        "rows": rows,
        "following": following,
        "money": chain.money_of(chain.below(branch), period),
        "organisation": names[0] if names else None,
        "may_keep": may_keep,
        "budget_form": BudgetForm() if may_keep else None,
        "organisation_form": OrganisationForm(
            initial={"organisation": names[0][1] if names and branch.result.organisation_id else ""}
        )
        if may_keep
        else None,
    }
    return render(request, "results/result.html", context)
