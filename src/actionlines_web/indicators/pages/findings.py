"""How a finding is shown, and those on stored figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionlines.measurement.checks import load_check_rules
from actionlines_web.accounts.models import User
from actionlines_web.indicators.actions import rows_in_question
from actionlines_web.indicators.labels import RULES, SEVERITIES, breakdown_label
from actionlines_web.indicators.models import Finding
from actionlines_web.indicators.queries.batches import published_findings
from actionlines_web.indicators.rules import reports_for
from actionlines_web.ui.problems import filled

SHOWN = 200


def shown_finding(actor: User | None, one: Finding) -> dict[str, Any]:
    """A finding in the reader's words; `mine` says whether the actor may answer it."""
    fires = {rule.name: rule.fires for rule in load_check_rules()}
    said = filled(one.template, one.said)
    return {
        "finding": one,
        "rule": RULES.get(one.rule, one.rule),
        "severity": SEVERITIES.get(one.severity, one.severity),
        "said": said[:1].upper() + said[1:],
        "part": breakdown_label(one.breakdown),
        "fires": fires.get(one.rule, ""),
        "rows": rows_in_question(one) if actor is not None and one.state == Finding.State.OPEN else [],
        "mine": actor is not None and reports_for(actor, one.economy),
    }


@require_safe
def findings_page(request: HttpRequest) -> HttpResponse:
    """What the checks asked of stored figures, and how their owners answered; of one economy or all."""
    economy = request.GET.get("economy", "")[:3]
    rows = published_findings(economy)[:SHOWN]
    context = {"economy": economy, "findings": [shown_finding(None, one) for one in rows]}
    return render(request, "indicators/findings.html", context)
