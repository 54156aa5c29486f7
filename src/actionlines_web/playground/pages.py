"""The aligner to try: one page, with and without script."""

import math
import time
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionlines.alignment.review import THRESHOLD
from actionlines.cli.aligned import Aligned, told
from actionlines.problems import InputError, Problem, marked
from actionlines_web.api.actions import report_requests
from actionlines_web.api.limits import Limiter, client_of
from actionlines_web.playground.forms import MOST_CHARACTERS, MOST_MEGABYTES, AlignForm
from actionlines_web.playground.reading import aligned, gathered, read_from_text
from actionlines_web.ui.language import library_language
from actionlines_web.ui.marks import marks
from actionlines_web.ui.problems import shown

PASSAGES_SHOWN = 200
DOWNLOADS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_PASTED = "text.txt"


def _report(client: str, minute: int, requests: int) -> tuple[int, int]:
    """Texts count apart from the requests of the API."""
    return report_requests(f"align {client}", minute, requests)


_limiter = Limiter(_report)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A link of a passage as marks need it: its place, its node and the spans of its evidence."""

    pk: int
    node: str
    evidence: list[tuple[int, int]]


@csrf_exempt  # it changes nothing and keeps nothing, for nobody: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def align(request: HttpRequest) -> HttpResponse:
    """The form; with a text or a file its links, as the page or as a file."""
    if request.method != "POST":
        return render(request, "playground/align.html", {"form": AlignForm()})
    wait = _seconds_to_wait(request)
    try:
        given = request.POST
        too_large = getattr(request, "form_too_large", False)
    except RequestDataTooBig:
        given, too_large = None, True
    if too_large:
        return _refused(request, AlignForm(), [_too_long()], 413)
    form = AlignForm(given, request.FILES)
    if getattr(request, "upload_too_large", False):
        return _refused(request, form, [_file_too_large()], 413)
    if wait:
        problem = Problem(
            marked("too many texts in a short time."),
            {"seconds": wait},
            expected=marked("the same again in %(seconds)s seconds."),
        )
        response = _refused(request, form, [problem], 429)
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        items, notes = aligned(*_data(form), form.cleaned_data["language"])
    except InputError as error:
        return _refused(request, form, error.problems, 422)
    wanted = given.get("as", "")
    return _download(items, wanted) if wanted in DOWNLOADS else _page(request, form, items, notes)


def _seconds_to_wait(request: HttpRequest) -> int:
    most = settings.ALIGN_RATE
    return math.ceil(_limiter.wait(client_of(request), most, time.time())) if most else 0


def _data(form: AlignForm) -> tuple[bytes, str]:
    """The bytes and their name; a file goes before a text.

    Raises:
        InputError: neither is given, or the form is none of ours.
    """
    if not form.is_valid():
        raise InputError(
            [
                Problem(marked("“%(field)s” cannot be used."), {"field": name}, column=name)
                for name in form.errors
            ]
        )
    upload = cast("UploadedFile | None", form.cleaned_data["file"])
    if upload is not None:
        return upload.read(), upload.name or ""
    text = form.cleaned_data["text"]
    if not text.strip():
        raise InputError(
            [Problem(marked("there is nothing to read."), expected=marked("a text, or a file."), column="")]
        )
    return text.encode(), _PASTED


def _too_long() -> Problem:
    values = {"most": f"{MOST_CHARACTERS:,}"}
    return Problem(marked("the text is too long."), values, expected=marked("at most %(most)s characters."))


def _file_too_large() -> Problem:
    values = {"most": MOST_MEGABYTES}
    expected = marked("a file of at most %(most)s MB.")
    return Problem(marked("the file is too large."), values, expected=expected)


def _refused(request: HttpRequest, form: AlignForm, problems: Any, status: int) -> HttpResponse:
    context = {"form": form, "problems": [shown(problem) for problem in problems]}
    return render(request, "playground/align.html", context, status=status)


def _download(items: list[Aligned], wanted: str) -> HttpResponse:
    return HttpResponse(
        ("\ufeff" if wanted == "csv" else "") + told(wanted, items, library_language()),
        content_type=DOWNLOADS[wanted],
        headers={"Content-Disposition": f'attachment; filename="links.{wanted}"'},
    )


def _page(request: HttpRequest, form: AlignForm, items: list[Aligned], notes: Any) -> HttpResponse:
    counted, weak = gathered(items)
    text = "\n\n".join(item.text for item in items)
    again = AlignForm(initial={"text": text, "language": form.cleaned_data["language"]})
    context = {
        "form": again,
        "problems": [shown(problem) for problem in notes],
        "notes": bool(notes),
        "counted": counted,
        "weak": weak,
        "passages": [_passage(number, item) for number, item in enumerate(items[:PASSAGES_SHOWN], 1)],
        "left": max(0, len(items) - PASSAGES_SHOWN),
        "read": len(items),
        "title": gettext("About this file") if notes else "",
    }
    return render(request, "playground/align.html", context)


def _passage(number: int, item: Aligned) -> dict[str, Any]:
    """A passage with the links that would count and their words; the weaker ones would mark half of it."""
    links = [link for link in read_from_text(item.links) if link.probability >= THRESHOLD]
    spans, _ = marks(
        _Shown(place, link.node, [(span.start, span.end) for span in link.evidence])
        for place, link in enumerate(links)
    )
    for span in spans:
        span["id"] = f"passage-{number}-{span['id']}"
    return {
        "number": number,
        "page": item.passage.page if item.passage else None,
        "text": item.text,
        "language": item.language,
        "spans": spans,
        "links": links,
    }
