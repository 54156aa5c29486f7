"""Reads of the audit trail."""

from django.db.models import Model, QuerySet

from actionlines_web.audit.models import Record


def records_of(subject: Model) -> QuerySet[Record]:
    """What was done to one object, the newest first."""
    return Record.objects.filter(
        object_type=subject._meta.label_lower,  # noqa: SLF001
        object_id=str(subject.pk),
    ).order_by("-pk")
