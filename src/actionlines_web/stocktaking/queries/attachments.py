"""Attachments: which files stand beside a submission or an entry, and who may have one."""

from django.db.models import Q

from actionlines_web.stocktaking.models import Entry, EntryAttachment, Submission


def attachments_of(submission: Submission) -> list[EntryAttachment]:
    """The files the entry would have if this were published now."""
    own = Q(submission=submission)
    if submission.entry_id is not None:
        own |= Q(entry_id=submission.entry_id)
    return list(EntryAttachment.objects.filter(own).exclude(dropped_by=submission).order_by("pk"))


def public_attachments(entry: Entry) -> list[EntryAttachment]:
    """The files of a published entry that a reader may have."""
    return list(EntryAttachment.objects.filter(entry=entry, scan=EntryAttachment.Scan.CLEAN).order_by("pk"))


def attachment_by_key(key: str) -> EntryAttachment | None:
    """The file with this key, with what it belongs to, or None."""
    return EntryAttachment.objects.select_related("submission", "entry").filter(key=key).first()


def is_public(attachment: EntryAttachment) -> bool:
    """Whether everybody may have it: it belongs to an entry of the register that is not archived."""
    return attachment.entry is not None and attachment.entry.archived_at is None
