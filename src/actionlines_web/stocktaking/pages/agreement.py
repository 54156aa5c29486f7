"""How people agree with the aligner and among themselves; what they decided, to learn from."""

import json

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionlines.alignment.agreement import Share
from actionlines.formats.tabular import csv_text
from actionlines_web.stocktaking.charts import reliability_chart
from actionlines_web.stocktaking.queries.decisions import Agreement, agreement, training_examples

COLUMNS = (
    *("table", "edition", "basis", "from", "to", "framework", "node"),
    *("accepted", "decided", "share", "low", "high", "expected"),
)


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


@login_required
@require_safe
def agreement_page(request: HttpRequest) -> HttpResponse:
    """Accepted shares by edition and basis, by probability and by node; agreement among reviewers."""
    _require(request, "stocktaking.review_links")
    found = agreement()
    context = {
        "agreement": found,
        "charts": [(item, reliability_chart(item.bands)) for item in found.proposers],
        "may_export": request.user.has_perm("stocktaking.export_decisions"),
    }
    return render(request, "stocktaking/agreement.html", context)


@login_required
@require_safe
def agreement_table(request: HttpRequest) -> HttpResponse:
    """The same figures as a file."""
    _require(request, "stocktaking.review_links")
    return HttpResponse(
        "\ufeff" + csv_text([*COLUMNS], _rows(agreement())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="agreement.csv"'},
    )


def _rows(found: Agreement) -> list[list[str]]:
    rows = []
    for item in found.proposers:
        rows.append(["basis", item.edition, item.basis, "0", "1", "", "", *_figures(item.share), ""])
        for band in item.bands:
            if band.share.decided:
                place = ["band", item.edition, item.basis, f"{band.start:g}", f"{band.end:g}", "", ""]
                rows.append([*place, *_figures(band.share), f"{band.expected:.4f}"])
    for framework, node, share in found.nodes:
        rows.append(["node", "", "", "", "", framework, node, *_figures(share), ""])
    return rows


def _figures(share: Share) -> list[str]:
    whole = share.accepted / share.decided
    return [str(share.accepted), str(share.decided), *(f"{x:.4f}" for x in (whole, share.low, share.high))]


@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponseBase:
    """Every decision as a line of JSON, for `actionlines align learn`; no reviewer's name is in it."""
    _require(request, "stocktaking.export_decisions")
    lines = (json.dumps(item, ensure_ascii=False) + "\n" for item in training_examples())
    return StreamingHttpResponse(
        lines,
        content_type="application/x-ndjson; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="decisions.jsonl"'},
    )
