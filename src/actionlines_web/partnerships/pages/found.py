"""What an address of partnerships names, or 404; refusals beside their fields."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest

from actionlines.problems import InputError
from actionlines_web.partnerships import queries
from actionlines_web.partnerships.models import Introduction, Proposal
from actionlines_web.partnerships.rules import sees_introduction, sees_proposal
from actionlines_web.ui.problems import sentence

LARGEST_KEY = 2**63


def proposal_of(request: HttpRequest, number: int) -> Proposal:
    """The proposal, where the reader may see it."""
    found = queries.proposal_by_number(number) if number < LARGEST_KEY else None
    if found is None or not sees_proposal(request.user, found):
        raise Http404
    return found


def introduction_of(request: HttpRequest, number: int) -> Introduction:
    """The introduction, where the reader may see it."""
    found = queries.introduction_by_number(number) if number < LARGEST_KEY else None
    if found is None or not sees_introduction(request.user, found):
        raise Http404
    return found


def beside(form: forms.Form, error: InputError) -> None:
    """Each refusal beside its field, or above the form."""
    for problem in error.problems:
        form.add_error(problem.column if problem.column in form.fields else None, sentence(problem))


def say(request: HttpRequest, error: InputError) -> None:
    """Each refusal as a message of the next page."""
    for problem in error.problems:
        messages.error(request, sentence(problem))
