"""The staged import: upload, dry run, apply or discard."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from actionlines.formats.tabular import csv_text
from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.jobs.queries import status_of
from actionlines_web.stocktaking.actions import (
    apply_import,
    discard_import,
    order_import,
    stage_import,
)
from actionlines_web.stocktaking.forms import ImportForm
from actionlines_web.stocktaking.models import ImportBatch
from actionlines_web.ui.problems import shown

ROWS_SHOWN = 200
# Longer files are applied by the worker, while the reader looks on or leaves.
ROWS_AT_ONCE = 500
PHASES = {"aligning": _("Reading the texts of the entries"), "storing": _("Storing the entries, all or none")}
EXAMPLE = {
    "id": "my-project-1",
    "title": "Telemedicine for island clinics",
    "description": "Clinics on twelve islands consult doctors in the capital over a satellite link.",
    "organisation": "Ministry of Health",
    "stakeholder_type": "government",
    "partners": "University hospital; Union of nurses",
    "country_iso3": "FJI",
    "countries": "WSM; TON",
    "coverage": "regional",
    "year": "2024",
    "start": "2023-03-01",
    "end": "",
    "stage": "ongoing",
    "action_line": "C7-HEA",
    "sdgs_declared": "3.8; 9.c",
    "language": "en",
    "beneficiaries": "People on islands without a doctor.",
    "results": "Patients no longer travel for a first opinion.",
    "figures": "Clinics connected: 12 (2024); Consultations: 3400 (2024)",
    "technology": "Satellite link, video, shared records.",
    "title_fr": "Télémédecine pour les dispensaires des îles",
    "translation_fr": "human",
}


def _importer(request: HttpRequest) -> User:
    if not request.user.has_perm("stocktaking.import_entries"):
        raise PermissionDenied
    return cast("User", request.user)


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; the imports so far."""
    actor = _importer(request)
    problems: list[dict[str, Any]] = []
    status = 200
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if getattr(request, "upload_too_large", False):
            problems, status = [_too_large()], 413
        elif form.is_valid():
            upload = cast("UploadedFile", form.cleaned_data["file"])
            try:
                batch = stage_import(actor, upload.read(), upload.name or "")
            except InputError as error:
                problems, status = [shown(problem) for problem in error.problems], 422
            else:
                return redirect("stocktaking:import", batch.pk)
        else:
            status = 422
    else:
        form = ImportForm()
    context = {
        "form": form,
        "problems": problems,
        "batches": ImportBatch.objects.select_related("uploaded_by")
        .defer("rows", "problems")
        .order_by("-pk")[:20],
    }
    return render(request, "stocktaking/imports.html", context, status=status)


def _too_large() -> dict[str, Any]:
    message = gettext(
        "This file is larger than 20 MB. Split it, or ask an administrator to load it from the command line."
    )
    return {
        "template": message.replace("%", "%%"),
        "values": {},
        "expected": "",
        "file": "",
        "row": None,
        "column": "",
        "severity": "error",
    }


@login_required
@require_safe
def import_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The dry run's report: what each row would do, what is wrong where."""
    _importer(request)
    batch = get_object_or_404(ImportBatch.objects.select_related("uploaded_by"), pk=batch_id)
    context = {
        "batch": batch,
        "problems": batch.problems[:ROWS_SHOWN],
        "problems_left": max(0, batch.counts.get("problems", 0) - ROWS_SHOWN),
        "rows": batch.rows[:ROWS_SHOWN],
        "rows_left": max(0, len(batch.rows) - ROWS_SHOWN),
        "staged": batch.state == ImportBatch.State.STAGED,
        **_job(batch),
    }
    return render(request, "stocktaking/import.html", context)


def _job(batch: ImportBatch) -> dict[str, Any]:
    """The job that applies the batch, for the templates: nothing unless one was ordered."""
    job = status_of(batch) if batch.state == ImportBatch.State.ORDERED else None
    if job is None:
        return {"job": None}
    return {
        "job": job,
        "words": PHASES.get(job.phase, ""),
        "address": reverse("stocktaking:import-progress", args=[batch.pk]),
    }


@login_required
@require_safe
def import_progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far the job is, for htmx; once it is over, the page is to be read anew."""
    _importer(request)
    batch = get_object_or_404(ImportBatch.objects.defer("rows", "problems"), pk=batch_id)
    context = _job(batch)
    response = render(request, "jobs/_progress.html", context)
    if context["job"] is None or not context["job"].unfinished:
        response.headers["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def apply_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Store the batch's entries: at once, or by the worker where they are many."""
    actor = _importer(request)
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    try:
        if len(batch.rows) > ROWS_AT_ONCE:
            order_import(actor, batch_id)
            return redirect("stocktaking:import", batch_id)
        stored = apply_import(actor, batch_id)
    except ValueError:
        messages.error(request, gettext("This import was already decided; nothing was changed."))
    else:
        number = len(stored.created) + len(stored.changed)
        said = ngettext("%(number)s entry was stored.", "%(number)s entries were stored.", number) % {
            "number": number
        }
        messages.success(request, said)
    return redirect("stocktaking:import", batch_id)


@login_required
@require_POST
def discard_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Give the batch up."""
    actor = _importer(request)
    get_object_or_404(ImportBatch, pk=batch_id)
    try:
        discard_import(actor, batch_id)
    except ValueError:
        messages.error(request, gettext("This import was already decided; nothing was changed."))
    else:
        messages.success(request, gettext("The import was discarded; the register is as it was."))
    return redirect("stocktaking:imports")


@require_safe
def import_example(request: HttpRequest) -> HttpResponse:
    """A small file that imports without a problem, to start from."""
    columns = [*EXAMPLE]
    return HttpResponse(
        "\ufeff" + csv_text(columns, [[EXAMPLE[column] for column in columns]]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="entries-example.csv"'},
    )
