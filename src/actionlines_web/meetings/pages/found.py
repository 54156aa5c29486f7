"""What an address of meetings names, or 404; documents as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from actionlines.problems import InputError
from actionlines_web.meetings import queries
from actionlines_web.meetings.models import Contribution, Meeting, Words
from actionlines_web.meetings.rules import sees
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import sentence, shown


@dataclass(frozen=True, slots=True)
class Document:
    """A contribution with its texts in the reader's language, where it has them."""

    contribution: Contribution
    words: Words | None


def listed(found: Iterable[Contribution]) -> list[Document]:
    """Contributions as a list shows them."""
    language = library_language()
    return [Document(item, queries.words_in(item, language)) for item in found]


def meeting_of(request: HttpRequest, slug: str) -> Meeting:
    """The meeting, where the reader may see it."""
    found = queries.meetings_for(request.user).filter(slug=slug).first() if "\x00" not in slug else None
    if found is None:
        raise Http404
    return found


def contribution_of(request: HttpRequest, number: int) -> Contribution:
    """The contribution, where the reader may see it."""
    found = queries.contribution_by_number(number) if number < 2**63 else None
    if found is None or not sees(request.user, found):
        raise Http404
    return found


def own_contribution(request: HttpRequest, number: int) -> Contribution:
    """The contribution, where the reader may write it."""
    found = contribution_of(request, number)
    if not request.user.has_perm("meetings.contribute", found.organisation_id):
        raise PermissionDenied
    return found


def told(error: InputError) -> list[dict[str, Any]]:
    """Refusals as pages show them."""
    return [shown(problem) for problem in error.problems]


def beside(form: forms.Form, error: InputError) -> None:
    """Each refusal beside its field, or above the form."""
    for problem in error.problems:
        form.add_error(problem.column if problem.column in form.fields else None, sentence(problem))
