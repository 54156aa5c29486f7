"""Taking part in an event."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from actionlines.problems import InputError
from actionlines_web.events import actions
from actionlines_web.events.forms import JoinForm
from actionlines_web.events.pages.browse import event_of, page_of
from actionlines_web.organisations.queries import names_of, organisations_of
from actionlines_web.ui.problems import sentence


@login_required
@require_POST
def take_part(request: HttpRequest, slug: str) -> HttpResponse:
    """Take part, change how, or no longer."""
    found = event_of(request, slug)
    actor: Any = request.user
    if request.POST.get("do") == "leave":
        actions.leave_event(actor, slug)
        messages.success(request, gettext("You no longer take part."))
        return redirect("events:event", slug)
    form = JoinForm(request.POST, organisations=names_of(organisations_of(request.user)))
    if form.is_valid():
        try:
            actions.join_event(actor, slug, **form.cleaned_data)
        except InputError as error:
            for problem in error.problems:
                messages.error(request, sentence(problem))
        else:
            messages.success(request, gettext("You take part."))
        return redirect("events:event", slug)
    return render(request, "events/event.html", page_of(request, found, join_form=form), status=422)
