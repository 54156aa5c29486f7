"""Writing the audit trail; every action calls this inside its own transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from actionlines_web.audit.models import Record


def write_record(
    actor: Any, verb: str, subject: models.Model, detail: Mapping[str, Any] | None = None
) -> Record:
    """Record that `actor` did `verb` to `subject`."""
    return Record.objects.create(
        actor=actor if isinstance(actor, models.Model) else None,
        actor_label=str(actor),
        verb=verb,
        object_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public-by-convention options
        object_id=str(subject.pk),
        detail=dict(detail or {}),
    )
