"""Entries written through the API, once however often they are sent, and only over what the writer has seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.api.models import ApiToken, KeptAnswer
from actionlines_web.stocktaking.actions import Stored, locked_version, store_entries

KEPT_FOR = timedelta(hours=24)


class KeyReusedError(Exception):
    """An Idempotency-Key came again with another request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and entity tag; `again` where they were kept from the first time (without the tag of that time)."""

    status: int
    body: dict[str, Any]
    etag: str = ""
    again: bool = False


@transaction.atomic
def store_entry(
    token: ApiToken, entry: LibraryEntry, check: Callable[[str | None], None] | None = None
) -> Stored:
    """Create or change one entry as the token's user, with an audit record that names the token.

    Args:
        check: called with the version of the entry that stands (None where there is none) while nobody else can
            change it; what it raises undoes all.

    Raises:
        PermissionDenied: the user may not bring in entries.
    """
    if check is not None:
        check(locked_version(entry.id))
    return store_entries(token.user, [entry], note={"token": token.start})


@transaction.atomic
def answer_once(token: ApiToken, key: str, request_digest: str, work: Callable[[], Answer]) -> Answer:
    """Do `work` and keep its answer under `key`; where it was done within KEPT_FOR, only give the answer again.

    What `work` raises undoes everything, so a request that failed may be sent again under its key.

    Raises:
        KeyReusedError: the key was used for another request.
    """
    KeptAnswer.objects.filter(token=token, created_at__lt=timezone.now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            # Whoever sends the same key at the same time waits here until this answer stands.
            kept = KeptAnswer.objects.create(token=token, key=key, request_digest=request_digest)
    except IntegrityError:
        known = KeptAnswer.objects.get(token=token, key=key)
        if known.request_digest != request_digest:
            raise KeyReusedError from None
        return Answer(known.status, known.body, again=True)
    answer = work()
    kept.status, kept.body = answer.status, answer.body
    kept.save(update_fields=["status", "body"])
    return answer
