"""Reading frameworks, their nodes, and the crosswalks between them."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router
from pydantic import Field

from actionlines import frameworks
from actionlines.frameworks import catalogue
from actionlines_web.api.schema import MISSING, REFUSED, Crosswalk, CrosswalkSummary, FrameworkSummary, Node
from actionlines_web.stocktaking.queries import Words
from actionlines_web.ui.language import library_language

router = Router(tags=["frameworks"])

Kind = Annotated[str, Field(pattern=r"^[a-z][a-z -]{0,30}$")]


@router.get("/frameworks", response={200: list[FrameworkSummary], **REFUSED}, operation_id="listFrameworks")
def list_frameworks(request: HttpRequest) -> list[dict[str, Any]]:
    """The newest version of each framework."""
    return [_framework(found) for found in catalogue().frameworks.values()]


@router.get("/frameworks/{code}", response={200: FrameworkSummary, **MISSING}, operation_id="getFramework")
def get_framework(request: HttpRequest, code: str) -> dict[str, Any]:
    """One framework."""
    return _framework(_found(code))


@router.get("/frameworks/{code}/nodes", response={200: list[Node], **MISSING}, operation_id="listNodes")
def list_nodes(
    request: HttpRequest,
    code: str,
    kind: Annotated[
        Kind | None, Query(description="goal, target, indicator, action line, sub-line, objective, outcome …")
    ] = None,
) -> list[dict[str, Any]]:
    """The nodes of a framework in reading order, parents before children."""
    words = _words(request)
    return [_node(node, words) for node in _found(code).nodes if kind in {None, node.kind}]


@router.get("/frameworks/{code}/nodes/{node}", response={200: Node, **MISSING}, operation_id="getNode")
def get_node(request: HttpRequest, code: str, node: str) -> dict[str, Any]:
    """One node."""
    framework = _found(code)
    if node not in framework:
        raise Http404
    return _node(framework[node], _words(request))


@router.get("/crosswalks", response={200: list[CrosswalkSummary], **REFUSED}, operation_id="listCrosswalks")
def list_crosswalks(request: HttpRequest) -> list[dict[str, Any]]:
    """The newest version of each crosswalk; 'wsis-sdg' is the WSIS–SDG matrix."""
    return [{**_crosswalk(found), "links": len(found.links)} for found in catalogue().crosswalks.values()]


@router.get("/crosswalks/{code}", response={200: Crosswalk, **MISSING}, operation_id="getCrosswalk")
def get_crosswalk(request: HttpRequest, code: str) -> dict[str, Any]:
    """One crosswalk with its links and the reason of each."""
    found = catalogue().crosswalks.get(code)
    if found is None:
        raise Http404
    language = library_language()
    links = [
        {"source": link.source, "target": link.target, "rationale": link.rationale.get(language)}
        for link in found.links
    ]
    return {**_crosswalk(found), "links": links}


def _found(code: str) -> frameworks.Framework:
    found = catalogue().frameworks.get(code)
    if found is None:
        raise Http404
    return found


def _words(request: HttpRequest) -> Words:
    return Words.of_reader(request.build_absolute_uri("/").rstrip("/"))


def _framework(found: frameworks.Framework) -> dict[str, Any]:
    return {
        "code": found.code,
        "version": found.version,
        "title": found.title.get(library_language()),
        "titles": dict(found.title.by_language),
        "source": found.source,
        "date": found.date,
        "licence": found.licence,
        "note": found.note,
        "nodes": len(found.nodes),
    }


def _node(node: frameworks.Node, words: Words) -> dict[str, Any]:
    return {
        "framework": node.framework,
        "code": node.code,
        "kind": node.kind,
        "parent": node.parent,
        "title": node.title.get(words.language),
        "titles": dict(node.title.by_language),
        "official": node.official,
        "note": node.note,
        "address": words.node_address(node.framework, node.code)
        if node.kind in {"goal", "target"}
        else words.page_address(node.framework, node.code),
    }


def _crosswalk(found: frameworks.Crosswalk) -> dict[str, Any]:
    return {
        "code": found.code,
        "source_framework": found.source_framework,
        "target_framework": found.target_framework,
        "version": found.version,
        "source": found.source,
        "date": found.date,
        "licence": found.licence,
        "notes": list(found.notes),
    }
