"""Needs and offers: list, one with what fits it, writing, figures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.formats.tabular import csv_text
from actionlines.problems import InputError
from actionlines.results.partnerships import OFFER, Reason
from actionlines_web.organisations.queries import names_of, organisations_of
from actionlines_web.partnerships import actions, queries
from actionlines_web.partnerships.forms import AskForm, ProposalForm
from actionlines_web.partnerships.models import Proposal
from actionlines_web.partnerships.pages.found import beside, proposal_of
from actionlines_web.partnerships.queries import ProposalQuery
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import filled

MOST_IN_TABLE = 10_000
_FIELDS = (
    "side",
    "kind",
    "language",
    "title",
    "description",
    "amount",
    "currency",
    "contact_name",
    "contact_email",
)


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The needs and offers the reader may see, the newest first."""
    query = ProposalQuery.from_params(request.GET.dict())
    found, following = queries.page_of_proposals(request.user, query)
    context = {
        "query": query,
        "proposals": found,
        "next_address": query.address(before=following) if following else "",
        "table_address": query.address(),
        "sides": Proposal.Side.choices,
        "kinds": Proposal.Kind.choices,
        "may_propose": bool(organisations_of(request.user)),
    }
    return render(request, "partnerships/proposals.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The open needs and offers of the filter as csv, without contacts; the same whoever asks."""
    found = ProposalQuery.from_params(request.GET.dict()).apply(queries.published())
    columns = (
        "id",
        "side",
        "kind",
        "organisation",
        "title",
        "language",
        "lines",
        "targets",
        "countries",
        "amount",
        "currency",
    )
    rows = [
        [
            str(item.pk),
            item.side,
            item.kind,
            item.organisation.name,
            item.title,
            item.language,
            "; ".join(item.line_codes),
            "; ".join(item.target_codes),
            "; ".join(item.country_codes),
            str(item.amount or ""),
            item.currency,
        ]
        for item in found.select_related("organisation")[:MOST_IN_TABLE]
    ]
    return _csv("proposals", columns, rows)


def _csv(name: str, columns: tuple[str, ...], rows: list[list[str]]) -> HttpResponse:
    answer = HttpResponse("\ufeff" + csv_text(list(columns), rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How much is sought, offered, agreed, pledged and paid, by kind and currency."""
    context = {"rows": queries.figures(), "kinds": dict(Proposal.Kind.choices)}
    return render(request, "partnerships/figures.html", context)


@require_safe
def figures_table(request: HttpRequest) -> HttpResponse:
    """The figures as csv: a row for each kind and currency."""
    columns = ("kind", "open needs", "open offers", "agreements", "currency", "pledged", "paid", "left")
    rows = []
    for row in queries.figures():
        counted = [row.kind, str(row.needs), str(row.offers), str(row.agreements)]
        money = [[item.currency, str(item.pledged), str(item.paid), str(item.left)] for item in row.money]
        rows += [[*counted, *item] for item in money or [["", "", "", ""]]]
    return _csv("partnership-figures", columns, rows)


@require_safe
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One need or offer, with what fits it and why."""
    return render(request, "partnerships/proposal.html", page_of(request, proposal_of(request, number)))


def page_of(request: HttpRequest, found: Proposal, **more: Any) -> dict[str, Any]:
    """What the page of a proposal shows to this reader."""
    mine = request.user.has_perm("partnerships.propose", found.organisation_id)
    own = queries.visible(request.user).filter(
        organisation__in=organisations_of(request.user), kind=found.kind, state=Proposal.State.PUBLIC
    )
    others = [
        (item.pk, item.title)
        for item in own.exclude(side=found.side).exclude(organisation=found.organisation_id)
    ]
    return {
        "proposal": found,
        "mine": mine,
        "may_close": request.user.has_perm("partnerships.oversee"),
        "matches": [
            (other, match.score, [_said(reason) for reason in match.reasons])
            for other, match in queries.matches_of(found)
        ],
        "ask_form": AskForm(proposals=others) if others and found.state == Proposal.State.PUBLIC else None,
        **more,
    }


def _said(reason: Reason) -> tuple[str, int]:
    return filled(reason.template, reason.values), reason.points


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_proposal(request: HttpRequest) -> HttpResponse:
    """Write a need or an offer."""
    return _saved(request, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Change a need or an offer."""
    found = proposal_of(request, number)
    if not request.user.has_perm("partnerships.propose", found.organisation_id):
        raise PermissionDenied
    return _saved(request, found)


def _saved(request: HttpRequest, found: Proposal | None) -> HttpResponse:
    mine = names_of({found.organisation_id} if found else organisations_of(request.user))
    if not mine:
        raise PermissionDenied
    form = ProposalForm(request.POST or None, organisations=mine, initial=_initial(request, found))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        organisation = given.pop("organisation")
        actor: Any = request.user
        try:
            made = actions.save_proposal(actor, organisation, found.pk if found else None, **given)
        except InputError as error:
            beside(form, error)
        else:
            messages.success(request, gettext("It was saved."))
            return redirect("partnerships:proposal", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "partnerships/change.html", {"form": form, "proposal": found}, status=status)


def _initial(request: HttpRequest, found: Proposal | None) -> dict[str, Any]:
    if found is None:
        user: Any = request.user
        side = request.GET.get("side", "")
        return {"side": side or OFFER, "language": library_language(), "contact_email": user.email}
    return {
        **{name: getattr(found, name) for name in _FIELDS},
        "organisation": found.organisation_id,
        "lines": ", ".join(found.line_codes),
        "targets": ", ".join(found.target_codes),
        "countries": found.country_codes,
    }


@login_required
@require_POST
def set_state(request: HttpRequest, number: int) -> HttpResponse:
    """Open it to everybody, or close it."""
    proposal_of(request, number)
    actor: Any = request.user
    wanted = (
        Proposal.State.CLOSED if request.POST.get("state") == Proposal.State.CLOSED else Proposal.State.PUBLIC
    )
    actions.set_state(actor, number, wanted)
    return redirect("partnerships:proposal", number)
