"""The staged import of statistics: upload, dry run, mapping, findings, decision."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from actionlines.formats.statistics import Mapping
from actionlines.formats.tabular import Grid
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.rules import scopes
from actionlines_web.indicators.actions import (
    Given,
    answer_finding,
    apply_batch,
    confirm_rule,
    discard_batch,
    map_batch,
    order_download,
    order_mapping,
    order_reading,
    order_storing,
    sign_off,
    stage_batch,
)
from actionlines_web.indicators.actions.ordering import BYTES_AT_ONCE, is_large
from actionlines_web.indicators.forms import AnswerForm, DownloadForm, MappingForm, UploadForm
from actionlines_web.indicators.labels import RULES, breakdown_label
from actionlines_web.indicators.models import Finding, ObservationBatch
from actionlines_web.indicators.pages.findings import shown_finding
from actionlines_web.indicators.queries.batches import batches, findings_of, open_errors
from actionlines_web.indicators.reading import with_years
from actionlines_web.indicators.rules import decides_on, reports_for
from actionlines_web.indicators.sources import known_sources
from actionlines_web.jobs.queries import status_of
from actionlines_web.ui.problems import sentence, shown

ROWS_SHOWN = 200
PHASES = {
    "downloading": _("Downloading the figures"),
    "reading": _("Reading the table"),
    "comparing": _("Comparing with what is known"),
    "checking": _("Checking the values"),
    "storing": _("Storing the values, all or none"),
}
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
            stage = stage_batch if (upload.size or 0) <= BYTES_AT_ONCE else order_reading
            try:
                batch = stage(actor, upload.read(), upload.name or "", said)
            except InputError as error:
                problems, status = [shown(problem) for problem in error.problems], 422
            else:
                return redirect("indicators:import", batch.pk)
        else:
            status = 422
    context = {
        "form": form,
        "problems": problems,
        "batches": batches()[:20],
        "downloads": bool(known_sources()),
    }
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
        **_job(batch),
    }
    return render(request, "indicators/import.html", context)


def _job(batch: ObservationBatch) -> dict[str, Any]:
    """The job that reads or stores the file, for the templates: nothing unless one was ordered."""
    states = ObservationBatch.State
    job = status_of(batch) if batch.state in {states.READING, states.ORDERED} else None
    if job is None:
        return {"job": None}
    return {
        "job": job,
        "words": PHASES.get(job.phase, ""),
        "address": reverse("indicators:import-progress", args=[batch.pk]),
    }


@login_required
@require_safe
def import_progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far the job is, for htmx; once it is over, the page is to be read anew."""
    _importer(request)
    batch = get_object_or_404(batches(), pk=batch_id)
    context = _job(batch)
    response = render(request, "jobs/_progress.html", context)
    if context["job"] is None or not context["job"].unfinished:
        response.headers["HX-Refresh"] = "true"
    return response


@login_required
def download_page(request: HttpRequest) -> HttpResponse:
    """Have figures downloaded from a public source into a file that is staged."""
    actor = _importer(request)
    sources = known_sources()
    if not sources:
        raise Http404
    economies = None if reports_for(actor, "") else sorted(scopes(actor, RoleGrant.Role.STATISTICIAN))
    problems: list[dict[str, Any]] = []
    status = 200
    form = DownloadForm(sources, economies)
    if request.method == "POST":
        form = DownloadForm(sources, economies, request.POST)
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            said = Given(sources[given["source"]].name, given["vintage"])
            try:
                batch = order_download(
                    *(
                        actor,
                        given["source"],
                        given["series"],
                        said,
                        [one for one in [given["economy"]] if one],
                    ),
                    first=given["first"],
                    last=given["last"],
                )
            except InputError as error:
                problems = [shown(problem) for problem in error.problems]
            else:
                return redirect("indicators:import", batch.pk)
    return render(request, "indicators/download.html", {"form": form, "problems": problems}, status=status)


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
            reread = order_mapping if is_large(batch) else map_batch
            reread(actor, batch_id, with_years(form.mapping(), grid))
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
    batch = get_object_or_404(ObservationBatch, pk=batch_id)
    try:
        if is_large(batch) or batch.state == ObservationBatch.State.ORDERED:
            order_storing(actor, batch_id)
            return redirect("indicators:import", batch_id)
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
