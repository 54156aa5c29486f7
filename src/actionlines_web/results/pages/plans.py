"""Plans and what they cover, one alone, beside others, and a country's beside its entries."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actionlines.frameworks import area, catalogue
from actionlines.results.cover import Cover
from actionlines_web.jobs.queries import status_of
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.results.models import Plan
from actionlines_web.results.pages.found import plan_of
from actionlines_web.results.queries import plans as queries

PHASES = {"reading": _("Reading the passages of the plan")}
# Passages shown of each node; the interface for programs gives all that are kept.
SHOWN = 3


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the reader may see, of all countries or of one."""
    country, before = request.GET.get("country", ""), request.GET.get("before", "")
    page, following = queries.plan_page(
        request.user, country, int(before) if before.isdecimal() and len(before) < 18 else 0
    )
    context = {
        "plans": page,
        "following": following,
        "country": country,
        "countries": queries.countries_for(request.user),
        "may_add": may_add(request),
    }
    return render(request, "results/plans.html", context)


def may_add(request: HttpRequest) -> bool:
    """Whether the reader brings plans: a coordinator, or a member of any organisation."""
    return request.user.has_perm("results.add_plan") or bool(organisations_of(request.user))


@require_safe
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """A plan: how far it is read; then where it addresses what, where it is silent, and beside which others it stands."""
    found = plan_of(request, number)
    return render(request, "results/plan.html", _context(request, found))


def _context(request: HttpRequest, found: Plan) -> dict[str, Any]:
    cover = queries.cover_of(found)
    others = _others(request, found)
    compared = [found, *others] if cover and others else []
    return {
        "plan": found,
        "may_keep": request.user.has_perm("results.add_plan", found.organisation_id),
        "cover": cover,
        "goals": _rows(cover, "goal") if cover else [],
        "targets": _rows(cover, "target") if cover else [],
        "lines": _rows(cover, "line") if cover else [],
        "silent": _silent(cover) if cover else [],
        "opportunities": _opportunities(cover) if cover else [],
        "compared": compared,
        "comparison": queries.compared(compared) if compared else [],
        "choices": queries.plans_for(request.user)
        .filter(state=Plan.State.READ)
        .exclude(pk=found.pk)
        .order_by("-pk")[: queries.PAGE_SIZE]
        if cover
        else [],
        "chosen": [item.pk for item in others],
        **_job(found),
    }


def _job(found: Plan) -> dict[str, Any]:
    job = status_of(found) if found.state == Plan.State.WAITING else None
    return {
        "job": job,
        "words": PHASES.get(job.phase, "") if job else "",
        "address": reverse("results:plan-progress", args=[found.pk]),
    }


def _others(request: HttpRequest, found: Plan) -> list[Plan]:
    numbers = [int(said) for said in request.GET.getlist("with") if said.isdecimal() and len(said) < 18]
    wanted = [number for number in dict.fromkeys(numbers) if number != found.pk][: queries.COMPARED - 1]
    rows = queries.plans_for(request.user).defer(None).filter(state=Plan.State.READ).in_bulk(wanted)
    return [rows[number] for number in wanted if number in rows]


def _rows(cover: Cover, kind: str) -> list[dict[str, Any]]:
    known = catalogue().frameworks
    return [
        {"node": known[one.framework][one.node], "one": one, "mentions": one.mentions[:SHOWN]}
        for one in cover.addressed
        if kind == ("line" if one.framework == "wsis" else "target" if "." in one.node else "goal")
    ]


def _silent(cover: Cover) -> list[dict[str, Any]]:
    known = catalogue().frameworks
    return [
        {"framework": framework, "nodes": [known[framework][code] for code in codes]}
        for framework, codes in cover.silent.items()
        if codes
    ]


def _opportunities(cover: Cover) -> list[dict[str, Any]]:
    known = catalogue().frameworks
    return [
        {"node": known["sdg"][one.node], "lines": [known["wsis"][code] for code in one.lines]}
        for one in cover.opportunities
    ]


@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """How far the reading of a plan is, for htmx; once it is over, the page is to be read anew."""
    found = plan_of(request, number)
    context = _job(found)
    response = render(request, "jobs/_progress.html", context) if context["job"] else HttpResponse(status=200)
    if context["job"] is None or not context["job"].unfinished:
        response.headers["HX-Refresh"] = "true"
    return response


@require_safe
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """'Delivering as one': a country's plans beside what agencies and others register there."""
    try:
        found = area(iso3)
    except KeyError as error:
        raise Http404 from error
    context = {
        "iso3": iso3,
        "name": found.names,
        "country": queries.country_of(request.user, iso3),
        "address": f"{reverse('stocktaking:entries')}?country={iso3}&stakeholder={queries.AGENCIES}",
    }
    return render(request, "results/country.html", context)
