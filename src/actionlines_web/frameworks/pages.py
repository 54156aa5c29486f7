"""The frameworks: overview, one framework as a tree, one node with everything linked to it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from actionlines.frameworks import Catalogue, Framework, Node, catalogue
from actionlines_web.indicators.queries import known_series
from actionlines_web.stocktaking.queries import EntryQuery, link_counts, links_to_node


def frameworks(request: HttpRequest) -> HttpResponse:
    """All frameworks and crosswalks with their sources."""
    known = catalogue()
    context = {
        "frameworks": [(item, _kinds(item)) for item in known.frameworks.values()],
        "crosswalks": known.crosswalks.values(),
    }
    return render(request, "frameworks/frameworks.html", context)


def _kinds(framework: Framework) -> dict[str, int]:
    counted: dict[str, int] = {}
    for item in framework.nodes:
        counted[item.kind] = counted.get(item.kind, 0) + 1
    return counted


def _framework(code: str) -> Framework:
    try:
        return catalogue().frameworks[code]
    except KeyError:
        raise Http404 from None


def framework(request: HttpRequest, framework: str) -> HttpResponse:
    """One framework's nodes as a tree with counts of entries."""
    found = _framework(framework)
    counts = link_counts(found.code, [item.code for item in found.nodes], EntryQuery())
    # Indicators are shown on their target's page: 250 more lines would hide the tree.
    tree = [
        {"node": root, "children": [item for item in found.children(root.code) if item.kind != "indicator"]}
        for root in found.roots
    ]
    return render(request, "frameworks/framework.html", {"framework": found, "tree": tree, "counts": counts})


def node(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """One node: titles, place, crosswalks with rationale, roles, entries, indicators."""
    found = _framework(framework)
    if code not in found:
        raise Http404
    item = found[code]
    known = catalogue()
    query = EntryQuery()
    context = {
        "framework": found,
        "node": item,
        "ancestors": tuple(reversed(found.ancestors(code))),
        "children": [child for child in found.children(code) if child.kind != "indicator"],
        "indicators": [child for child in found.children(code) if child.kind == "indicator"],
        "crosswalks": _crosswalks(known, item),
        "roles": [role for role in known.roles if framework == "wsis" and role.line == code],
        "series": known_series(framework, code),
        "entries": links_to_node(framework, code, query),
        "entry_count": link_counts(framework, [code], query).get(code, 0),
        "entries_address": _entries_address(query, item),
        "child_counts": link_counts(framework, [child.code for child in found.children(code)], query),
    }
    return render(request, "frameworks/node.html", context)


def _entries_address(query: EntryQuery, item: Node) -> str:
    parameter = {
        ("wsis", "action line"): "line",
        ("wsis", "sub-line"): "line",
        ("sdg", "goal"): "goal",
        ("sdg", "target"): "target",
        ("itu-d-2020", "outcome"): "outcome",
        ("itu-d-2020", "objective"): "outcome",
    }.get((item.framework, item.kind))
    return query.address(**{parameter: item.code}) if parameter else ""


def _crosswalks(known: Catalogue, item: Node) -> list[dict[str, Any]]:
    """The crosswalks that touch the node, each with the linked nodes on the other side."""
    found: list[dict[str, Any]] = []
    for crosswalk in known.crosswalks.values():
        if crosswalk.source_framework == item.framework:
            other, links = (
                crosswalk.target_framework,
                [(link.target, link) for link in crosswalk.links_from(item.code)],
            )
        elif crosswalk.target_framework == item.framework:
            other, links = (
                crosswalk.source_framework,
                [(link.source, link) for link in crosswalk.links_to(item.code)],
            )
        else:
            continue
        if links:
            framework = known.frameworks[other]
            rows = [{"node": framework[code], "rationale": link.rationale} for code, link in links]
            found.append({"crosswalk": crosswalk, "other": framework, "rows": rows})
    return found
