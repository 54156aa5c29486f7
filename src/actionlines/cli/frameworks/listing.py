"""Frameworks and crosswalks as json and as text."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from actionlines.frameworks import Catalogue, Crosswalk, Framework


def as_json(loaded: Catalogue) -> dict[str, Any]:
    """Every version of every framework and crosswalk, without nodes and links."""
    return {
        "frameworks": [
            _framework_head(framework)
            for versions in loaded.framework_versions.values()
            for framework in versions.values()
        ],
        "crosswalks": [
            _crosswalk_head(crosswalk)
            for versions in loaded.crosswalk_versions.values()
            for crosswalk in versions.values()
        ],
    }


def as_text(loaded: Catalogue, language: str) -> Iterator[str]:
    """One line each."""
    for versions in loaded.framework_versions.values():
        for framework in versions.values():
            yield f"{framework.code}@{framework.version}  {framework.title.get(language)} ({_counts(framework)})"
    for crosswalks in loaded.crosswalk_versions.values():
        for crosswalk in crosswalks.values():
            yield f"{crosswalk.code}@{crosswalk.version}  {_ends(crosswalk)} ({len(crosswalk.links)} links)"


def framework_json(framework: Framework) -> dict[str, Any]:
    """The framework with its nodes."""
    return {
        **_framework_head(framework),
        "nodes": [
            {
                "code": node.code,
                "kind": node.kind,
                "parent": node.parent,
                "title": dict(node.title.by_language),
                "official": list(node.official_in),
                "note": node.note,
            }
            for node in framework.nodes
        ],
    }


def framework_text(framework: Framework, language: str) -> Iterator[str]:
    """Head and tree."""
    yield f"{framework.title.get(language)} ({framework.code}@{framework.version})"
    yield _counts(framework)
    yield from _provenance(framework)
    if framework.note:
        yield f"Note: {framework.note}"
    yield ""
    for node in framework.walk():
        depth = len(framework.ancestors(node.code))
        yield f"{'  ' * depth}{node.code}  {node.title.get(language)}"


def crosswalk_json(crosswalk: Crosswalk) -> dict[str, Any]:
    """The crosswalk with its links."""
    return {
        **_crosswalk_head(crosswalk),
        "notes": list(crosswalk.notes),
        "links": [
            {"source": link.source, "target": link.target, "rationale": dict(link.rationale.by_language)}
            for link in crosswalk.links
        ],
    }


def crosswalk_text(crosswalk: Crosswalk, language: str) -> Iterator[str]:
    """Head, notes and links."""
    yield f"{crosswalk.code}@{crosswalk.version}: {_ends(crosswalk)}, {len(crosswalk.links)} links"
    yield from _provenance(crosswalk)
    yield from (f"Note: {note}" for note in crosswalk.notes)
    yield ""
    for link in crosswalk.links:
        yield f"{link.source} → {link.target}  {link.rationale.get(language)}".rstrip()


def _framework_head(framework: Framework) -> dict[str, Any]:
    return {
        "code": framework.code,
        "version": framework.version,
        "title": dict(framework.title.by_language),
        "kinds": dict(Counter(node.kind for node in framework.nodes)),
        "source": framework.source,
        "date": framework.date,
        "licence": framework.licence,
        "note": framework.note,
    }


def _crosswalk_head(crosswalk: Crosswalk) -> dict[str, Any]:
    return {
        "code": crosswalk.code,
        "version": crosswalk.version,
        "from": crosswalk.source_framework,
        "to": crosswalk.target_framework,
        "link_count": len(crosswalk.links),
        "source": crosswalk.source,
        "date": crosswalk.date,
        "licence": crosswalk.licence,
    }


def _counts(framework: Framework) -> str:
    counted = Counter(node.kind for node in framework.nodes)
    return ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counted.items())


def _ends(crosswalk: Crosswalk) -> str:
    return f"{crosswalk.source_framework} → {crosswalk.target_framework}"


def _provenance(found: Framework | Crosswalk) -> Iterator[str]:
    yield f"Source: {found.source}"
    yield f"Read: {found.date}"
    yield f"Licence: {found.licence}"
