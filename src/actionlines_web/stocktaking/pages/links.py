"""Reviewing links: the queue, one entry with its text and its links, the decisions."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from actionlines.alignment import Direction as LinkDirection
from actionlines.alignment.consistency import Consistency, consistency
from actionlines.frameworks import catalogue, region_names
from actionlines.text import LANGUAGES, isolate
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import UndecidableError, accept_link, add_link, refuse_link
from actionlines_web.stocktaking.models import Direction, Entry
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.queries.library import narrowest
from actionlines_web.stocktaking.queries.links import (
    FOUND,
    ReviewedLink,
    ReviewQuery,
    review_queue,
    reviewed_links,
)
from actionlines_web.stocktaking.rules import may_review
from actionlines_web.ui.labels import BASES
from actionlines_web.ui.language import language_name, library_language
from actionlines_web.ui.marks import marks, parted, words_of

PAGE_SIZE = 20
# The states of links that wait for nothing, under one heading.
DECIDED = {"accepted", "refused"}


def _reviewer(request: HttpRequest) -> User:
    if not request.user.has_perm("stocktaking.review_links"):
        raise PermissionDenied
    return cast("User", request.user)


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The entries whose links wait for a reviewer, those first where a decision teaches most."""
    actor = _reviewer(request)
    query = ReviewQuery.from_params(request.GET)
    found = review_queue(actor, query)
    given = request.GET.get("from", "")
    start = int(given) if given.isdecimal() and len(given) < 6 else 0
    pages = {"previous": start - PAGE_SIZE, "next": start + PAGE_SIZE}
    context = {
        "query": query,
        "queue": found,
        "waiting": found.page(start, PAGE_SIZE),
        "suffix": _suffix(query),
        "choices": _choices(),
        "may_export": request.user.has_perm("stocktaking.export_decisions"),
        **{
            f"{name}_address": "?" + urlencode({**query.params(), "from": max(0, at)})
            for name, at in pages.items()
            if -PAGE_SIZE < at < len(found.order)
        },
    }
    return render(request, "stocktaking/link_queue.html", context)


def _suffix(query: ReviewQuery) -> str:
    """The filter as the end of an address, so that the next entry is one of the same queue."""
    return f"?{urlencode(query.params())}" if query.params() else ""


def _choices() -> dict[str, Any]:
    language = library_language()
    frameworks = catalogue().frameworks
    return {
        "lines": [
            (node.code, node.title.get(language))
            for node in frameworks["wsis"].of_kind("action line", "sub-line")
        ],
        "goals": [(node.code, node.title.get(language)) for node in frameworks["sdg"].of_kind("goal")],
        "regions": [(region, names.get(language)) for region, names in region_names().items()],
        "languages": [(code, language_name(code)) for code in LANGUAGES],
        "found": [(basis, BASES[basis]) for basis in FOUND],
    }


@login_required
@require_safe
def review(request: HttpRequest, identifier: str) -> HttpResponse:
    """One entry: its text with the evidence marked, beside it every link with what can be decided."""
    _reviewer(request)
    entry = _entry(request, identifier)
    query = ReviewQuery.from_params(request.GET)
    links = reviewed_links(entry)
    spans, mark_of = marks(links)
    following = review_queue(cast("User", request.user), query).after(entry.pk)
    context = {
        "entry": entry,
        "groups": _groups(links),
        "words": words_of(f"{entry.title}\n\n{entry.description}", links, mark_of),
        "matrix": _matrix(links),
        "following": following,
        "suffix": _suffix(query),
        "directions": Direction.choices,
        "nodes": _choices_of_nodes({(link.framework, link.node) for link in links if link.state != "weak"}),
        **parted(spans, len(entry.title)),
    }
    return render(request, "stocktaking/link_review.html", context)


def _entry(request: HttpRequest, identifier: str) -> Entry:
    entry = entry_by_identifier(identifier)
    if entry is None or entry.archived_at is not None:
        raise Http404
    if not may_review(cast("User", request.user), entry):
        raise PermissionDenied
    return entry


def _groups(links: list[ReviewedLink]) -> list[dict[str, Any]]:
    titles = {
        "open": gettext("To decide"),
        "setback": gettext("Works against it"),
        "weak": gettext("Too weak to count"),
        "decided": gettext("Decided"),
        "declared": gettext("Declared by the owner"),
    }
    grouped: dict[str, list[ReviewedLink]] = {name: [] for name in titles}
    for link in links:
        # Reviewers who disagree have something left to settle.
        state = "open" if link.is_disputed else "decided" if link.state in DECIDED else link.state
        grouped[state].append(link)
    return [{"name": name, "title": titles[name], "links": items} for name, items in grouped.items()]


def _matrix(links: list[ReviewedLink]) -> Consistency:
    """What the official matrix holds of the links that count, the narrowest only: 9.c speaks for 9."""
    counted = [
        link for link in links if link.state in {"declared", "accepted", "open"} and not link.is_setback
    ]
    nodes = {
        framework: narrowest(framework, [link.node for link in counted if link.framework == framework])
        for framework in ("wsis", "sdg")
    }
    return consistency(nodes["wsis"], nodes["sdg"])


def _choices_of_nodes(linked: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The nodes that can be added: code and title."""
    language = library_language()
    return [
        (node.code, node.title.get(language))
        for framework in ("wsis", "sdg")
        for node in catalogue().frameworks[framework].nodes
        if node.kind != "indicator" and (framework, node.code) not in linked
    ]


@login_required
@require_POST
def decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Accept or refuse one link, then go on to the next that waits."""
    actor = _reviewer(request)
    entry = _entry(request, identifier)
    decision, direction = request.POST.get("decision", ""), request.POST.get("direction", "")
    framework, _, node = request.POST.get("link", "").partition(":")
    if decision not in {"accept", "refuse"} or not _is_known(framework, node):
        raise Http404
    if direction not in {"", *Direction.values}:
        raise Http404
    waiting = [link.pk for link in reviewed_links(entry) if link.state == "open" or link.is_disputed]
    try:
        if decision == "accept":
            accept_link(actor, identifier, framework, node, LinkDirection(direction) if direction else None)
        else:
            refuse_link(actor, identifier, framework, node)
    except UndecidableError:
        messages.error(request, gettext("This link can no longer be decided; nothing was changed."))
    else:
        said = {"accept": gettext("%(node)s was accepted."), "refuse": gettext("%(node)s was refused.")}
        messages.success(request, said[decision] % {"node": isolate(node)})
    return redirect(_back(request, identifier, _next_after(f"{framework}-{node}", waiting, entry)))


def _is_known(framework: str, node: str) -> bool:
    return framework in {"wsis", "sdg"} and node in catalogue().frameworks[framework]


def _next_after(pk: str, waiting: list[str], entry: Entry) -> str:
    """The place on the page of the next link that still waits, else of the way on."""
    open_now = {
        link.pk
        for link in reviewed_links(cast("Entry", entry_by_identifier(entry.identifier)))
        if link.state == "open" or link.is_disputed
    }
    behind = waiting[waiting.index(pk) + 1 :] + waiting[: waiting.index(pk)] if pk in waiting else waiting
    following = next((item for item in behind if item in open_now and item != pk), None)
    return f"link-{following}" if following else "going-on"


def _back(request: HttpRequest, identifier: str, place: str) -> str:
    suffix = _suffix(ReviewQuery.from_params(request.GET))
    return f"{reverse('stocktaking:link-review', args=[identifier])}{suffix}#{place}"


@login_required
@require_POST
def add(request: HttpRequest, identifier: str) -> HttpResponse:
    """Link the entry with a node nobody proposes."""
    actor = _reviewer(request)
    _entry(request, identifier)
    given = request.POST.get("node", "").strip().split(" ")[0][:16]
    node = next((code for code in (given, given.upper(), given.lower()) if _framework_of(code)), "")
    place = "adding"
    if not node:
        said = gettext(
            "“%(given)s” is no action line, goal or target: expected a code such as C7-HEA or 9.c."
        )
        messages.error(request, said % {"given": isolate(given)})
    else:
        try:
            add_link(actor, identifier, _framework_of(node), node)
        except UndecidableError:
            messages.error(request, gettext("The owner declares this link already; nothing was changed."))
        else:
            messages.success(request, gettext("%(node)s was added.") % {"node": isolate(node)})
            place = f"link-{_framework_of(node)}-{node}"
    return redirect(_back(request, identifier, place))


def _framework_of(node: str) -> str:
    """'wsis' or 'sdg', '' for what can be added to neither."""
    frameworks = catalogue().frameworks
    return next(
        (
            name
            for name in ("wsis", "sdg")
            if node in frameworks[name] and frameworks[name][node].kind != "indicator"
        ),
        "",
    )
