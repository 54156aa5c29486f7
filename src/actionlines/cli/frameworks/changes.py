"""What changed between two frameworks, as json and as text."""

from collections.abc import Iterator
from typing import Any

from actionlines.frameworks import Difference, Framework, Node


def as_json(found: Difference) -> dict[str, Any]:
    """Added, removed, retitled and moved nodes, and links."""
    return {
        "old": _name(found.old),
        "new": _name(found.new),
        "added": [_short(node) for node in found.added],
        "removed": [_short(node) for node in found.removed],
        "retitled": [
            {"code": new.code, "old": dict(old.title.by_language), "new": dict(new.title.by_language)}
            for old, new in found.retitled
        ],
        "moved": [
            {
                "code": new.code,
                "old": {"parent": old.parent, "kind": old.kind},
                "new": {"parent": new.parent, "kind": new.kind},
            }
            for old, new in found.moved
        ],
        "links": [
            {
                "crosswalk": link.crosswalk,
                "source": link.source,
                "target": link.target,
                "change": "added" if link.added else "removed",
            }
            for link in found.links
        ],
    }


def as_text(found: Difference, language: str) -> Iterator[str]:
    """One line a change: + added, - removed, ~ retitled, > moved."""
    yield f"{_name(found.old)} → {_name(found.new)}"
    if not found:
        yield "no difference"
    for node in found.removed:
        yield f"- {node.code}  {node.title.get(language)}"
    for node in found.added:
        yield f"+ {node.code}  {node.title.get(language)}"
    for old, new in found.retitled:
        shown = (
            language if old.title.get(language) != new.title.get(language) else _changed_language(old, new)
        )
        yield f"~ {new.code}  {old.title.get(shown)} → {new.title.get(shown)}"
    for old, new in found.moved:
        yield f"> {new.code}  {old.kind} of {old.parent or 'none'} → {new.kind} of {new.parent or 'none'}"
    for link in found.links:
        yield f"{'+' if link.added else '-'} {link.crosswalk}: {link.source} → {link.target}"


def _changed_language(old: Node, new: Node) -> str:
    return next(
        code for code in old.title if code in new.title and old.title.get(code) != new.title.get(code)
    )


def _name(framework: Framework) -> str:
    return f"{framework.code}@{framework.version}"


def _short(node: Node) -> dict[str, Any]:
    return {"code": node.code, "kind": node.kind, "title": dict(node.title.by_language)}
