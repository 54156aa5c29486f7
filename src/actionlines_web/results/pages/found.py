"""What an address names, or 404; and refusals as pages show them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from actionlines.problems import InputError
from actionlines_web.results.models import Framework, Indicator, Plan, Result
from actionlines_web.results.queries.chain import framework_for
from actionlines_web.results.queries.plans import plan_for
from actionlines_web.ui.problems import shown


def framework_of(request: HttpRequest, code: str) -> Framework:
    """The framework, if the reader may see it."""
    found = framework_for(request.user, code)
    if found is None:
        raise Http404
    return found


def kept_framework(request: HttpRequest, code: str) -> Framework:
    """The framework, for those who keep it."""
    found = framework_of(request, code)
    if not request.user.has_perm("results.keep_framework"):
        raise PermissionDenied
    return found


def result_of(framework: Framework, code: str) -> Result:
    """A result of the framework."""
    found = Result.objects.filter(framework=framework, code=code).select_related("framework").first()
    if found is None:
        raise Http404
    return found


def indicator_of(framework: Framework, code: str) -> Indicator:
    """An indicator of the framework."""
    found = (
        Indicator.objects.filter(framework=framework, code=code)
        .select_related("framework", "result", "part_of")
        .first()
    )
    if found is None:
        raise Http404
    return found


def plan_of(request: HttpRequest, number: int) -> Plan:
    """The plan, if the reader may see it."""
    found = plan_for(request.user, number)
    if found is None:
        raise Http404
    return found


def period_of(request: HttpRequest, framework: Framework) -> str:
    """The period asked for; else the last that has ended or runs, else the first."""
    asked = request.GET.get("period", "")
    if asked in framework.periods:
        return asked
    year = str(timezone.localdate().year)
    begun = [period for period in framework.periods if period[:4] <= year]
    return str((begun or framework.periods)[-1] if begun else framework.periods[0])


def told(error: InputError) -> list[dict[str, Any]]:
    """The problems as templates show them."""
    return [shown(problem) for problem in error.problems]
