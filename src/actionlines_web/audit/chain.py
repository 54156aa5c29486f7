"""The chain: each record's hash covers its own content and the hash of the record before it.

Whoever changes, removes or slips in a record must recompute every later one; a hash kept elsewhere tells.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

# What the first record follows.
GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Content:
    """What a record's hash covers.

    Attributes:
        sequence: 1 for the first record, without gaps.
        at: the moment in UTC, to the microsecond.
        actor: primary key of the user, or None.
        label: who else acted ('command line'), or ''.
        detail: plain data as `plain` makes it.
        request: identifier of the request in which it happened, or ''.
    """

    sequence: int
    at: datetime
    actor: int | None
    label: str
    verb: str
    object_type: str
    object_id: str
    detail: Mapping[str, Any]
    request: str


def digest(previous: str, content: Content) -> str:
    """The record's hash: SHA-256 over the canonical JSON of its content and of the hash before it, as hex."""
    fields = {**asdict(content), "at": content.at.astimezone(UTC).isoformat(timespec="microseconds")}
    canonical = json.dumps(
        {"previous": previous, **fields}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def plain(value: Any) -> Any:
    """The value in strings, whole numbers, booleans, None, lists and objects: what every database gives back unchanged.

    Fractions become text, for two databases may write one number in two ways; NUL, which PostgreSQL refuses, goes.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [
            plain(item) for item in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)
        ]
    return str(value).replace("\x00", "")


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields that differ: name → [before, after]; a field that one side lacks counts as None there."""
    return {
        name: [before.get(name), after.get(name)]
        for name in (*before, *(name for name in after if name not in before))
        if before.get(name) != after.get(name)
    }
