"""The staged import of statistics: upload, dry run, mapping, findings, decision."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from actionlines.formats.statistics import Mapping
from actionlines.formats.tabular import Grid
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.indicators.actions import (
    Given,
    answer_finding,
    apply_batch,
    confirm_rule,
    discard_batch,
    map_batch,
    sign_off,
    stage_batch,
)
from actionlines_web.indicators.actions.batches import with_years
from actionlines_web.indicators.forms import AnswerForm, MappingForm, UploadForm
from actionlines_web.indicators.labels import RULES, breakdown_label
from actionlines_web.indicators.models import Finding, ObservationBatch
from actionlines_web.indicators.pages.findings import shown_finding
from actionlines_web.indicators.queries.batches import batches, findings_of, open_errors
from actionlines_web.indicators.rules import decides_on
from actionlines_web.ui.problems import sentence, shown

ROWS_SHOWN = 200
FINDINGS_SHOWN = 200
PREVIEW = 15


def _importer(request: HttpRequest) -> User:
    if not request.user.has_perm("indicators.import_observations"):
        raise PermissionDenied
    return cast("User", request.user)


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a table; the imports so far."""
    actor = _importer(request)
    problems: list[dict[str, Any]] = []
    status = 200
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if getattr(request, "upload_too_large", False):
            problems = [
                shown(
                    Problem(
                        marked("This file is larger than 20 MB. Split it, or load it from the command line.")
                    )
                )
            ]
            status = 413
        elif form.is_valid():
            given = form.cleaned_data
            upload = cast("UploadedFile", given["file"])
            said = Given(given["source"], given["vintage"], given["population"], given["economy"])
            try:
                batch = stage_batch(actor, upload.read(), upload.name or "", said)
            except InputError as error:
                problems, status = [shown(problem) for problem in error.problems], 422
            else:
                return redirect("indicators:import", batch.pk)
        else:
            status = 422
    context = {"form": form, "problems": problems, "batches": batches()[:20]}
    return render(request, "indicators/imports.html", context, status=status)


@login_required
@require_safe
def import_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The dry run: what would be stored, what could not be read, what the checks ask."""
    actor = _importer(request)
    batch = get_object_or_404(ObservationBatch.objects.select_related("uploaded_by"), pk=batch_id)
    findings = findings_of(batch)
    context = {
        "batch": batch,
        "staged": batch.state == ObservationBatch.State.STAGED,
        "decides": decides_on(actor, batch),
        "problems": batch.problems[:ROWS_SHOWN],
        "problems_left": max(0, batch.counts.get("problems", 0) - ROWS_SHOWN),
        "rows": [(*row[:3], breakdown_label(row[3]), *row[4:]) for row in batch.rows[:ROWS_SHOWN]],
        "rows_left": max(0, len(batch.rows) - ROWS_SHOWN),
        "findings": [shown_finding(actor, one) for one in findings[:FINDINGS_SHOWN]],
        "findings_left": max(0, len(findings) - FINDINGS_SHOWN),
        "together": _together(findings) if batch.state == ObservationBatch.State.STAGED else [],
        "open_errors": open_errors(batch),
    }
    return render(request, "indicators/import.html", context)


def _together(findings: list[Finding]) -> list[tuple[str, object, int]]:
    """Rules with more than one open finding: code, name, how many."""
    counts: dict[str, int] = {}
    for one in findings:
        if one.state == Finding.State.OPEN:
            counts[one.rule] = counts.get(one.rule, 0) + 1
    return [(rule, RULES.get(rule, rule), count) for rule, count in counts.items() if count > 1]


@login_required
def mapping_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Say how the table is to be read."""
    actor = _importer(request)
    batch = get_object_or_404(ObservationBatch, pk=batch_id, state=ObservationBatch.State.STAGED)
    if batch.mapping.get("layout") == "questionnaire":
        raise Http404
    if not decides_on(actor, batch):
        raise PermissionDenied
    grid = Grid(batch.file_name, tuple(tuple(row) for row in batch.cells))
    known = Mapping.from_plain(batch.mapping) if batch.mapping else None
    status = 200
    if request.method == "POST":
        form = MappingForm(grid, request.POST)
        if form.is_valid():
            map_batch(actor, batch_id, with_years(form.mapping(), grid))
            return redirect("indicators:import", batch_id)
        status = 422
    else:
        form = MappingForm.of(grid, known)
    preview = [(number, row) for number, row in enumerate(grid.rows[:PREVIEW], 1)]
    context = {"batch": batch, "form": form, "preview": preview}
    return render(request, "indicators/mapping.html", context, status=status)


@login_required
@require_POST
def apply_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Store the file's observations."""
    actor = _importer(request)
    get_object_or_404(ObservationBatch, pk=batch_id)
    try:
        stored = apply_batch(actor, batch_id)
    except ValueError:
        messages.error(request, gettext("This import was already decided; nothing was changed."))
    except InputError as error:
        messages.error(request, sentence(error.problems[0]))
    else:
        number = stored.first + stored.revised
        said = ngettext("%(number)s value was stored.", "%(number)s values were stored.", number)
        messages.success(request, said % {"number": number})
    return redirect("indicators:import", batch_id)


@login_required
@require_POST
def discard_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Give the file up."""
    actor = _importer(request)
    get_object_or_404(ObservationBatch, pk=batch_id)
    try:
        discard_batch(actor, batch_id)
    except ValueError:
        messages.error(request, gettext("This import was already decided; nothing was changed."))
    else:
        messages.success(request, gettext("The import was discarded; the figures are as they were."))
    return redirect("indicators:imports")


@login_required
@require_POST
def answer_page(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Answer a finding."""
    actor = _importer(request)
    finding = get_object_or_404(Finding, pk=finding_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("The answer could not be read; nothing was changed."))
        return redirect("indicators:import", finding.batch_id)
    given = form.cleaned_data
    try:
        answer_finding(
            actor, finding_id, given["kind"], given["reason"], place=given["place"], value=given["value"]
        )
    except InputError as error:
        messages.error(request, sentence(error.problems[0]))
    except ValueError:
        messages.error(request, gettext("This import was already decided; nothing was changed."))
    else:
        messages.success(request, gettext("The answer was kept."))
    return redirect("indicators:import", finding.batch_id)


@login_required
@require_POST
def confirm_rule_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Confirm all findings of one rule."""
    actor = _importer(request)
    get_object_or_404(ObservationBatch, pk=batch_id)
    try:
        number = confirm_rule(actor, batch_id, request.POST.get("rule", ""), request.POST.get("reason", ""))
    except InputError as error:
        messages.error(request, sentence(error.problems[0]))
    except ValueError:
        messages.error(request, gettext("This import was already decided; nothing was changed."))
    else:
        said = ngettext("%(number)s finding was confirmed.", "%(number)s findings were confirmed.", number)
        messages.success(request, said % {"number": number})
    return redirect("indicators:import", batch_id)


@login_required
@require_POST
def sign_page(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Sign an answer off."""
    actor = _importer(request)
    finding = get_object_or_404(Finding, pk=finding_id)
    try:
        sign_off(actor, finding_id)
    except ValueError:
        messages.error(request, gettext("There is no answer to sign off yet."))
    else:
        messages.success(request, gettext("The answer was signed off."))
    return redirect("indicators:import", finding.batch_id)
