"""Questionnaires: asking, sharing, answering by workbook or on the page."""

import io
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from actionlines.formats.questionnaire import write_questionnaire
from actionlines.formats.questionnaire.layout import FLAGS
from actionlines.measurement.questionnaire import questions, rates
from actionlines.problems import InputError
from actionlines.text import LANGUAGES
from actionlines_web.accounts.models import User
from actionlines_web.indicators.actions.questionnaires import answer_by_file, answer_by_form, ask, delegate
from actionlines_web.indicators.forms import AskForm
from actionlines_web.indicators.labels import breakdown_label
from actionlines_web.indicators.models import Questionnaire
from actionlines_web.indicators.pages.findings import shown_finding
from actionlines_web.indicators.queries.batches import findings_of
from actionlines_web.indicators.queries.questionnaires import (
    answered,
    asked_people,
    known_before,
    questionnaires_of,
)
from actionlines_web.indicators.rules import answers, reports_for
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import sentence


@login_required
def questionnaires(request: HttpRequest) -> HttpResponse:
    """Those one asks or answers; a coordinator asks here."""
    actor = cast("User", request.user)
    may_ask = actor.has_perm("indicators.ask")
    form, status = AskForm(), 200
    if request.method == "POST":
        if not may_ask:
            raise PermissionDenied
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                made = ask(actor, **form.cleaned_data)
            except InputError as error:
                for problem in error.problems:
                    form.add_error(problem.column or None, sentence(problem))
            else:
                return redirect("indicators:questionnaire", made.pk)
        status = 422
    context = {"rows": questionnaires_of(actor)[:200], "form": form if may_ask else None}
    return render(request, "indicators/questionnaires.html", context, status=status)


def _the(request: HttpRequest, number: int) -> tuple[User, Questionnaire]:
    actor = cast("User", request.user)
    found = get_object_or_404(Questionnaire.objects.select_related("batch"), pk=number)
    if not answers(actor, found):
        raise Http404
    return actor, found


@login_required
def questionnaire(request: HttpRequest, number: int) -> HttpResponse:
    """One questionnaire: its workbook in six languages, and the same questions on the page."""
    actor, found = _the(request, number)
    if request.method == "POST":
        batch = answer_by_form(actor, number, _said(request, found))
        messages.success(
            request, gettext("The answers were kept and checked; see below what the checks ask.")
        )
        if actor.has_perm("indicators.import_observations"):
            return redirect("indicators:import", batch.pk)
        return redirect("indicators:questionnaire", number)
    before, now = known_before(found), answered(found)
    context: dict[str, Any] = {
        "one": found,
        "languages": LANGUAGES,
        "flags": FLAGS,
        "rows": [
            (
                f"{question.series.code}|{question.breakdown}",
                question.series,
                breakdown_label(question.breakdown),
                before.get((question.series.code, question.breakdown)),
                now.get((question.series.code, question.breakdown)),
            )
            for question in questions(found.kind)
        ],
        "rates": [
            (one, breakdown_label(part), row)
            for one, part in rates(found.kind)
            if (row := now.get((one.code, part)))
        ],
        "people": asked_people(found),
        "reports": reports_for(actor, found.economy),
        "findings": [shown_finding(None, one) for one in findings_of(found.batch)] if found.batch else [],
        "problems": found.batch.problems if found.batch else [],
    }
    return render(request, "indicators/questionnaire.html", context)


def _said(request: HttpRequest, found: Questionnaire) -> dict[tuple[str, str], tuple[str, ...]]:
    """The answers of the form, as they were written."""
    return {
        (one.series.code, one.breakdown): tuple(
            request.POST.get(f"{name}|{one.series.code}|{one.breakdown}", "")[:500].replace("\x00", "")
            for name in ("value", "flag", "note", "source")
        )
        for one in questions(found.kind)
    }


@login_required
@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """The workbook in the language asked for."""
    _, found = _the(request, number)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else library_language()
    file = io.BytesIO()
    write_questionnaire(file, found.kind, found.economy, found.year, language, known_before(found))
    name = f"{found.economy}-{found.year}-{found.kind}-{language}.xlsx"
    return HttpResponse(
        file.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_POST
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """Take the filled workbook."""
    actor, found = _the(request, number)
    file = cast("UploadedFile | None", request.FILES.get("file"))
    if getattr(request, "upload_too_large", False) or file is None:
        messages.error(request, gettext("Choose the filled workbook first; it may have 20 MB."))
        return redirect("indicators:questionnaire", found.pk)
    try:
        batch = answer_by_file(actor, number, file.read(), file.name or "")
    except InputError as error:
        messages.error(request, sentence(error.problems[0]))
        return redirect("indicators:questionnaire", found.pk)
    messages.success(request, gettext("The workbook was read and checked; see below what the checks ask."))
    if actor.has_perm("indicators.import_observations"):
        return redirect("indicators:import", batch.pk)
    return redirect("indicators:questionnaire", found.pk)


@login_required
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody else answer as well."""
    actor, found = _the(request, number)
    try:
        person = delegate(actor, number, request.POST.get("address", ""))
    except InputError as error:
        messages.error(request, sentence(error.problems[0]))
    else:
        messages.success(
            request, gettext("%(person)s can answer as well now, and was told.") % {"person": person}
        )
    return redirect("indicators:questionnaire", found.pk)
