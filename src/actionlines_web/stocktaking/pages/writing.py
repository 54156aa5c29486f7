"""Writing an entry: the form, saving it as one writes, what the aligner proposes, sending it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.workflow import EDITABLE, OWNER
from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import member_organisations
from actionlines_web.stocktaking.actions import EditConflict, save_fields, start_submission, take_step
from actionlines_web.stocktaking.actions.attachments import NoRoomError, attach_file, detach_file
from actionlines_web.stocktaking.forms import SubmissionForm
from actionlines_web.stocktaking.forms.fields import FIELDS, SECTIONS
from actionlines_web.stocktaking.models import EntryAttachment, Submission
from actionlines_web.stocktaking.pages.pickers import picker
from actionlines_web.stocktaking.pages.submissions import found_submission
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.queries.attachments import attachments_of
from actionlines_web.stocktaking.queries.proposals import proposals, refused_nodes
from actionlines_web.stocktaking.queries.submissions import read_submission, words_of
from actionlines_web.ui.problems import shown
from actionlines_web.ui.room import STATUS as NO_ROOM

# The buttons of a proposal, and what each decides.
_ANSWERS = {"accept": True, "refuse": False, "open": None}


@login_required
def new_submission(request: HttpRequest) -> HttpResponse:
    """For whom one writes; then the form. A draft begins with the button, not with a look at this page."""
    actor = cast("User", request.user)
    organisations = member_organisations(actor)
    if request.method == "POST":
        chosen = request.POST.get("organisation", "")
        number = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
        started = start_submission(actor, organisation_id=number)
        return redirect("stocktaking:write", started.pk)
    return render(request, "stocktaking/new_submission.html", {"organisations": organisations})


@login_required
@require_POST
def change_entry(request: HttpRequest, identifier: str) -> HttpResponse:
    """Propose a change of a published entry, or go on with the one that is open."""
    entry = entry_by_identifier(identifier)
    if entry is None:
        raise Http404
    try:
        change = start_submission(cast("User", request.user), entry=entry)
    except ValueError:
        messages.error(request, gettext("This entry is archived; it can no longer be changed."))
        return redirect("stocktaking:submissions")
    return redirect("stocktaking:write" if change.state in EDITABLE else "stocktaking:submission", change.pk)


def write(request: HttpRequest, number: int) -> HttpResponse:
    """The form: shown, saved as one writes (htmx), saved and sent by its buttons."""
    if not request.user.is_authenticated and request.htmx:  # type: ignore[attr-defined]
        return render(request, "stocktaking/_signed_out.html")
    return _write(request, number)


@login_required
def _write(request: HttpRequest, number: int) -> HttpResponse:
    submission, _ = found_submission(request, number, OWNER)
    if submission.state not in EDITABLE:
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "stocktaking/_saved.html", {"submission": submission, "closed": True})
        return redirect("stocktaking:submission", number)
    if request.method == "POST":
        return _saved(request, submission)
    return _page(request, submission, _form(request, submission))


def _saved(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The answer to what was written: a fragment for htmx, else the form again or the page of what was sent."""
    actor = cast("User", request.user)
    form = _form(request, submission, request.POST)
    answers = {node: answer for name, answer in _ANSWERS.items() for node in request.POST.getlist(name)}
    try:
        kept = save_fields(actor, submission, form.written(), _version(request), answers)
        _take_files(request, kept)
    except EditConflict as conflict:
        return _conflict(request, submission, form, conflict)
    except InputError as error:
        if request.htmx:  # type: ignore[attr-defined]
            problems = [shown(problem) for problem in error.problems]
            return render(request, "stocktaking/_not_saved.html", {"problems": problems})
        submission.refresh_from_db()
        status = NO_ROOM if isinstance(error, NoRoomError) else 422
        return _page(request, submission, form, form.note(error.problems), status=status)
    except ValueError:  # a decision about nothing, or sent from another window meanwhile
        return redirect("stocktaking:write", submission.pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _fragment(request, kept, decided=bool(answers))
    if "submit" in request.POST:
        return _submitted(request, kept)
    if "check" in request.POST:
        form = _form(request, kept)
        homeless = form.note(read_submission(kept)[2])
        return _page(request, kept, form, homeless, checked=True)
    if not answers:
        messages.success(request, gettext("The draft was saved."))
    return redirect("stocktaking:write", kept.pk)


def _take_files(request: HttpRequest, submission: Submission) -> None:
    """Attach what was sent and take away what was unwanted; the text has been saved before."""
    actor = cast("User", request.user)
    if getattr(request, "upload_too_large", False):
        raise InputError(
            [
                Problem(
                    marked("the file is too large."),
                    {"most": settings.ATTACHMENT_LIMIT_BYTES // 1024**2},
                    column="attachment",
                    expected=marked("at most %(most)d MB."),
                )
            ]
        )
    upload = request.FILES.get("attachment")
    if upload is not None:
        attach_file(actor, submission, upload.name or "", upload.size or 0, upload.read)
    unwanted = request.POST.get("detach", "")
    if unwanted.isdecimal() and len(unwanted) < 19:
        with suppress(EntryAttachment.DoesNotExist):  # gone already, from another window
            detach_file(actor, submission, int(unwanted))


def _submitted(request: HttpRequest, submission: Submission) -> HttpResponse:
    try:
        take_step(cast("User", request.user), submission, "submit")
    except InputError as error:
        form = _form(request, submission, request.POST)
        return _page(request, submission, form, form.note(error.problems), status=422)
    messages.success(request, gettext("Your entry was sent to the moderators. You have a receipt by mail."))
    return redirect("stocktaking:submission", submission.pk)


def _version(request: HttpRequest) -> int:
    """The version that was edited; `over` says that its writer has seen the other text and keeps the own."""
    said = request.POST.get("over") or request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _form(
    request: HttpRequest, submission: Submission, data: Mapping[str, Any] | None = None
) -> SubmissionForm:
    names = [item.name for item in member_organisations(cast("User", request.user))]
    return SubmissionForm(submission.fields, names, data)


def _conflict(
    request: HttpRequest, submission: Submission, form: SubmissionForm, conflict: EditConflict
) -> HttpResponse:
    """Both texts where they differ; nothing is stored and nothing is lost."""
    conflicts = [
        {"label": FIELDS[name].label, "theirs": conflict.theirs.get(name, ""), "yours": text}
        for name, text in conflict.yours.items()
        if name in FIELDS and text.strip() != conflict.theirs.get(name, "")
    ]
    theirs = conflict.submission
    if request.htmx:  # type: ignore[attr-defined]
        context = {"submission": theirs, "conflicts": conflicts}
        return render(request, "stocktaking/_conflict.html", context)
    # The version stays the old one: only the button in the notice writes over the other text.
    return _page(request, theirs, form, status=409, version=_version(request), conflicts=conflicts)


def _fragment(request: HttpRequest, submission: Submission, *, decided: bool) -> HttpResponse:
    """What changes on the page after a save: when it was, the version, the proposals; after a decision the pickers."""
    context: dict[str, Any] = {"submission": submission, "oob": True, **_proposed(submission)}
    if decided:
        form = _form(request, submission)
        context["pickers"] = [picker(form[name]) for name in ("lines", "targets")]
    return render(request, "stocktaking/_saved.html", context)


def _proposed(submission: Submission) -> dict[str, Any]:
    return {
        "proposals": proposals(submission),
        "refused": refused_nodes(submission),
        "words": words_of(submission),
        "word_rule": settings.DESCRIPTION_WORDS,
    }


def _page(
    request: HttpRequest,
    submission: Submission,
    form: SubmissionForm,
    homeless: Sequence[Problem] = (),
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    sections = [
        {
            "name": section.name,
            "title": section.title,
            "fields": [
                {
                    "kind": item.kind,
                    "needed": item.needed,
                    "bound": form[item.name],
                    "picker": picker(form[item.name]),
                }
                for item in section.fields
            ],
        }
        for section in SECTIONS
    ]
    context = {
        "submission": submission,
        "form": form,
        "sections": sections,
        "problems": [shown(problem) for problem in homeless],
        "version": submission.version,
        "attachments": attachments_of(submission),
        "attachment_limit": settings.ATTACHMENT_LIMIT_BYTES,
        **_proposed(submission),
        **more,
    }
    response = render(request, "stocktaking/write.html", context, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response
