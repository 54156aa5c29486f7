"""A contribution: read, begun, written, sent in, its files and its cover page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines.reports import render as render_report
from actionlines.reports.paper_cover import build
from actionlines.text import LANGUAGES
from actionlines_web.meetings import actions, queries
from actionlines_web.meetings.forms import PaperFileForm, StartForm, WordsForm, languages
from actionlines_web.meetings.models import Contribution, PaperFile
from actionlines_web.meetings.pages.found import (
    beside,
    contribution_of,
    meeting_of,
    own_contribution,
    told,
)
from actionlines_web.organisations.queries import names_of, organisations_of
from actionlines_web.ui.language import language_name, library_language
from actionlines_web.ui.problems import sentence

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@login_required
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a contribution for one of the reader's organisations."""
    found = meeting_of(request, slug)
    form = StartForm(request.POST, organisations=names_of(organisations_of(request.user)))
    if not form.is_valid():
        raise PermissionDenied
    actor: Any = request.user
    try:
        made = actions.start_contribution(actor, found, form.cleaned_data["organisation"])
    except InputError as error:
        for problem in error.problems:
            messages.error(request, sentence(problem))
        return redirect("meetings:meeting", slug)
    return redirect("meetings:write", made.pk, library_language())


@require_safe
def contribution(request: HttpRequest, number: int) -> HttpResponse:
    """One contribution in the languages it has."""
    return render(request, "meetings/contribution.html", _page_of(request, contribution_of(request, number)))


def _page_of(request: HttpRequest, found: Contribution, **more: Any) -> dict[str, Any]:
    written = {item.language for item in found.words.all()}
    wanted = request.GET.get("language", "")
    words = queries.words_in(found, wanted if wanted in written else library_language())
    may_write = request.user.is_authenticated and request.user.has_perm(
        "meetings.contribute", found.organisation_id
    )
    return {
        "contribution": found,
        "words": words,
        "written": [(code, language_name(code)) for code in LANGUAGES if code in written],
        "unwritten": [(code, name) for code, name in languages() if code not in written],
        "revisions": list(found.revisions.all()),
        "may_write": may_write,
        "file_form": PaperFileForm(initial={"language": words.language if words else library_language()}),
        "open": timezone.localdate() <= found.meeting.last_day,
        **more,
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """Write the texts in one language."""
    found = own_contribution(request, number)
    if language not in LANGUAGES:
        raise Http404
    here = library_language()
    items = [
        (item.number, f"{item.number} {item.title.get(here)}") for item in queries.agenda_of(found.meeting)
    ]
    stood = next((item for item in found.words.all() if item.language == language), None)
    initial = {name: getattr(stood, name) for name in actions.WORD_FIELDS} if stood else {}
    initial |= {"item": found.item.number if found.item else "", "restricted": found.restricted}
    form = WordsForm(request.POST or None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        options = {"item": given.pop("item"), "restricted": given.pop("restricted")}
        actor: Any = request.user
        try:
            actions.save_words(actor, number, language, given, **options)
        except InputError as error:
            beside(form, error)
        else:
            messages.success(request, gettext("The texts were saved."))
            return redirect("meetings:contribution", number)
    context = {
        "contribution": found,
        "form": form,
        "language": language,
        "language_name": language_name(language),
    }
    return render(request, "meetings/write.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Send a contribution in, or take it back."""
    found = own_contribution(request, number)
    actor: Any = request.user
    what = request.POST.get("do")
    try:
        if what == "submit":
            made = actions.submit_contribution(actor, number)
            messages.success(request, gettext("It was sent in as %(number)s.") % {"number": made.code})
        elif what == "withdraw":
            actions.withdraw_contribution(actor, number)
            messages.success(request, gettext("The contribution was withdrawn."))
            return redirect("meetings:meeting", found.meeting.slug)
        else:
            raise Http404
    except InputError as error:
        context = _page_of(request, found, problems=told(error))
        return render(request, "meetings/contribution.html", context, status=422)
    return redirect("meetings:contribution", number)


@login_required
@require_POST
def add_file(request: HttpRequest, number: int) -> HttpResponse:
    """Add a file, or take one of a draft away."""
    found = own_contribution(request, number)
    actor: Any = request.user
    gone = request.POST.get("remove", "")
    if gone:
        try:
            actions.remove_paper_file(actor, number, int(gone) if gone.isdecimal() and len(gone) < 16 else 0)
        except PaperFile.DoesNotExist as error:
            raise Http404 from error
        except InputError as error:
            context = _page_of(request, found, problems=told(error))
            return render(request, "meetings/contribution.html", context, status=422)
        return redirect("meetings:contribution", number)
    form = PaperFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_paper_file(
                actor, number, form.cleaned_data["language"], file.name, file.size, file.read
            )
        except InputError as error:
            beside(form, error)
        else:
            return redirect("meetings:contribution", number)
    return render(request, "meetings/contribution.html", _page_of(request, found, file_form=form), status=422)


@require_safe
def cover(request: HttpRequest, number: int, language: str, format: str) -> HttpResponseBase:  # noqa: A002
    """The cover page in one of the languages the contribution has."""
    found = contribution_of(request, number)
    words = next((item for item in found.words.all() if item.language == language), None)
    if words is None or format not in MEDIA_TYPES:
        raise Http404
    day = timezone.localdate(found.submitted_at) if found.submitted_at else timezone.localdate()
    notice = gettext("Restricted") if found.restricted else ""
    try:
        report = build(queries.paper_of(found, words, language), language=language, today=day, notice=notice)
        content = render_report(report, format)
    except InputError as error:
        context = _page_of(request, found, problems=told(error))
        return render(request, "meetings/contribution.html", context, status=422)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[format])
    answer.headers["Content-Disposition"] = f'attachment; filename="cover-{found.pk}-{language}.{format}"'
    return answer


@require_safe
def revision(request: HttpRequest, number: int, revision: int) -> HttpResponse:
    """The texts of a contribution as they were at a revision."""
    found = contribution_of(request, number)
    kept = next((item for item in found.revisions.all() if item.number == revision), None)
    if kept is None:
        raise Http404
    context = {"contribution": found, "revision": kept}
    return render(request, "meetings/revision.html", context)
