"""Writing the audit trail; every action calls this inside its own transaction, as its last write.

Adding a record locks the end of the chain until the transaction ends: other actions wait there, so nothing slow
should follow.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from actionlines_web.audit.chain import digest, plain
from actionlines_web.audit.models import Head, Record
from actionlines_web.audit.requests import current_request, is_reading_only

Detail = Mapping[str, Any]
BATCH = 1_000


def write_record(actor: Any, verb: str, subject: models.Model, detail: Detail | None = None) -> Record:
    """Record that `actor` did `verb` to `subject`; changes of fields stand in `detail` as {"changes": difference(…)}."""
    return write_records(actor, verb, [(subject, detail or {})])[0]


@transaction.atomic
def write_records(actor: Any, verb: str, subjects: Iterable[tuple[models.Model, Detail]]) -> Sequence[Record]:
    """Record that `actor` did `verb` to each subject, in this order.

    Raises:
        PermissionDenied: the request may change nothing (`audit.requests.reading_only`); the action is undone with it.
    """
    if is_reading_only():
        raise PermissionDenied("nothing can be changed while looking at the site as somebody else")
    head = _locked_head()
    at = timezone.now()
    user = actor.pk if isinstance(actor, models.Model) else None
    records = []
    for subject, detail in subjects:
        record = Record(
            sequence=head.sequence + 1,
            at=at,
            actor_id=user,
            actor_label="" if user is not None else str(actor)[:254],
            verb=verb,
            object_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public-by-convention options
            object_id=str(subject.pk),
            detail=plain(detail),
            request_id=current_request(),
            previous_hash=head.hash,
        )
        record.hash = digest(record.previous_hash, record.content)
        head.sequence, head.hash = record.sequence, record.hash
        records.append(record)
    Record.objects.bulk_create(records, batch_size=BATCH)
    head.save(update_fields=["sequence", "hash"])
    return records


def _locked_head() -> Head:
    # Two that find no head both try to make it; the database lets one, and get_or_create gives it to the other.
    Head.objects.get_or_create(pk=1)
    return Head.objects.select_for_update().get(pk=1)
