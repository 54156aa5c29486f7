"""The moderation queue, and one step for many of its submissions."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from actionlines.frameworks import catalogue, region_names
from actionlines.stocktaking.workflow import STEPS
from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.stocktaking import labels
from actionlines_web.stocktaking.actions import bulk
from actionlines_web.stocktaking.queries.queue import (
    QueueQuery,
    choices,
    queue_counts,
    queue_page,
    selected,
)
from actionlines_web.stocktaking.queries.replies import replies
from actionlines_web.ui.language import language_name, library_language
from actionlines_web.ui.problems import shown


def moderator(request: HttpRequest) -> User:
    """The reader, who moderates something."""
    if not request.user.has_perm("stocktaking.see_queue"):
        raise PermissionDenied
    return cast("User", request.user)


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, with filters, and the buttons for many at once."""
    actor = moderator(request)
    query = QueueQuery.from_params(request.GET)
    counts = queue_counts(actor, query)
    page = queue_page(actor, query, request.GET.get("after", ""))
    context = {
        "query": query,
        "page": page,
        "next_address": f"{query.address()}&after={page.next}" if page.next else "",
        "states": [
            (label, query.address(state=name), counts.get(name), name == query.state)
            for name, label in labels.QUEUE_STATES.items()
        ],
        "filters": _filters(query),
        "steps": _offered(query),
        "most": bulk.MOST,
        "paged": bool(request.GET.get("after")),
        "may_word": actor.has_perm("stocktaking.change_replies"),
    }
    return render(request, "stocktaking/queue.html", context)


def _offered(query: QueueQuery) -> list[tuple[str, Any]]:
    if query.state in {"returned", "decided"}:
        return []
    return [(step, labels.STEP_BUTTONS[step]) for step in bulk.BULK_STEPS]


def _filters(query: QueueQuery) -> list[dict[str, Any]]:
    """The choices of each filter in words: name, title, value chosen, (value, label)s."""
    language, offered = library_language(), choices()
    lines = catalogue().frameworks["wsis"]
    names: dict[str, Any] = {
        "region": lambda code: region_names()[code].get(language),
        "line": lambda code: f"{code} {lines[code].title.get(language)}",
        "language": language_name,
        "stakeholder": lambda code: stakeholder_labels()[code],
        "age": lambda code: labels.QUEUE_AGES[code],
    }
    titles = labels.queue_filters()
    return [
        {
            "name": name,
            "title": titles[name],
            "value": getattr(query, name),
            "choices": [(code, word(code)) for code in offered[name]],
        }
        for name, word in names.items()
    ]


@login_required
@require_POST
def bulk_step(request: HttpRequest) -> HttpResponse:
    """First what the step would do to each of the chosen, with the words for the submitters; confirmed, what it did."""
    actor = moderator(request)
    step = request.POST.get("step", "")
    if step not in bulk.BULK_STEPS:
        raise Http404
    numbers = [int(said) for said in request.POST.getlist("chosen") if said.isdecimal() and len(said) < 19]
    chosen = selected(actor, numbers[: bulk.MOST])
    languages = sorted({bulk.language_of(item) for item in chosen})
    comments = _comments(request, languages)
    confirmed = "confirm" in request.POST
    act = bulk.take_steps if confirmed else bulk.try_steps
    outcomes = act(actor, chosen, step, comments)
    said = labels.OUTCOMES if confirmed else labels.EXPECTED_OUTCOMES
    context = {
        "step": step,
        "button": labels.STEP_BUTTONS[step],
        "outcomes": [_outcome(outcome, said[outcome.said]) for outcome in outcomes],
        "possible": sum(outcome.said == bulk.DONE for outcome in outcomes),
        "confirmed": confirmed,
        "needs_comment": STEPS[step].comment,
        "comments": [(code, language_name(code), comments[code]) for code in languages],
        "replies": reply_choices(),
        "reply": request.POST.get("reply", ""),
    }
    return render(request, "stocktaking/bulk.html", context)


def _comments(request: HttpRequest, languages: list[str]) -> dict[str, str]:
    """The words for each language: those of a canned reply when one was just chosen, else what was written."""
    reply = replies().get(request.POST.get("reply", ""))
    if "use-reply" in request.POST and reply is not None:
        return {code: reply.text.get(code) for code in languages}
    return {code: request.POST.get(f"comment-{code}", "") for code in languages}


def _outcome(outcome: bulk.Outcome, said: Any) -> dict[str, Any]:
    return {
        "submission": outcome.submission,
        "said": said,
        "well": outcome.said == bulk.DONE,
        "problems": [shown(problem) for problem in outcome.problems],
    }


def reply_choices() -> list[tuple[str, str]]:
    """Kinds of canned replies with their titles in the reader's language."""
    return [(kind, reply.title.get(library_language())) for kind, reply in replies().items()]
