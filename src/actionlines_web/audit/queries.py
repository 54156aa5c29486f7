"""Reads of the audit trail, and its verification."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model, Q, QuerySet

from actionlines_web.audit.chain import GENESIS, digest
from actionlines_web.audit.guards import missing_guards
from actionlines_web.audit.models import Head, Record

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found.

    Attributes:
        records: how many records were read, up to and with the first broken one.
        head: 'SEQUENCE:HASH' of the chain's end; kept elsewhere, it proves later that nothing before it was replaced.
        broken: the first broken record in words, or ''.
        reason: what is wrong with it, or ''.
        missing: triggers that should refuse changes and do not stand.
    """

    records: int
    head: str
    broken: str = ""
    reason: str = ""
    missing: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.broken and not self.missing


def records_of(subject: Model) -> QuerySet[Record]:
    """What was done to one object, the newest first."""
    return records_about(subject._meta.label_lower, str(subject.pk))  # noqa: SLF001


def records_about(object_type: str, object_id: str) -> QuerySet[Record]:
    """What was done to the object of this type and number, the newest first."""
    return Record.objects.filter(object_type=object_type, object_id=object_id).order_by("-sequence")


def recent_records(*, object_type: str = "", verb: str = "", before: int | None = None) -> QuerySet[Record]:
    """The newest records, of one type or verb if wanted, before a sequence number if wanted."""
    found = Record.objects.order_by("-sequence")
    if object_type:
        found = found.filter(object_type=object_type)
    if verb:
        found = found.filter(verb=verb)
    return found if before is None else found.filter(sequence__lt=before)


def actor_names(records: list[Record]) -> Mapping[int, str]:
    """The names of the users who acted, as they are today; an erased user is missing."""
    wanted = {record.actor_id for record in records if record.actor_id is not None}
    return {user.pk: str(user) for user in get_user_model().objects.filter(pk__in=wanted)}


def held_about(user: Model) -> list[dict[str, Any]]:
    """What a person did, and what was done to their account, as plain data."""
    about = Q(object_type=user._meta.label_lower, object_id=str(user.pk))  # noqa: SLF001
    found = Record.objects.filter(Q(actor_id=user.pk) | about).order_by("sequence")
    return list(found.values("sequence", "at", "verb", "object_type", "object_id", "detail", "actor_id"))


def verify(anchor: str = "") -> Verdict:
    """Recompute the chain.

    Args:
        anchor: a head 'SEQUENCE:HASH' noted earlier; the chain must still hold it.
    """
    head = Head.objects.filter(pk=1).first() or Head()
    previous, expected = GENESIS, 1
    anchored = not anchor
    records = Record.objects.filter(sequence__lte=head.sequence).order_by("sequence")
    missing = tuple(missing_guards(connection))
    for record in records.iterator(chunk_size=2_000):
        reason = _fault(record, expected, previous)
        if reason:
            return Verdict(expected, str(head), str(record), reason, missing)
        previous, expected = record.hash, expected + 1
        anchored = anchored or f"{record.sequence}:{record.hash}" == anchor
    if (expected - 1, previous) != (head.sequence, head.hash):
        said = f"the chain ends at {expected - 1}, its head says {head.sequence}"
        return Verdict(expected - 1, str(head), f"record {expected}", said, missing)
    if Record.objects.filter(sequence__gt=Head.objects.filter(pk=1).values("sequence")[:1]).exists():
        return Verdict(
            expected - 1, str(head), f"record {expected}", "it stands after the head of the chain", missing
        )
    if not anchored:
        said = "the chain does not hold it: records up to there were replaced or removed"
        return Verdict(expected - 1, str(head), f"anchor {anchor}", said, missing)
    return Verdict(expected - 1, str(head), missing=missing)


def _fault(record: Record, expected: int, previous: str) -> str:
    if record.sequence != expected:
        return f"record {expected} is missing before it"
    if record.previous_hash != previous:
        return "it does not follow the record before it"
    if record.hash != digest(previous, record.content):
        return "its content is not what its hash was made over"
    return ""
