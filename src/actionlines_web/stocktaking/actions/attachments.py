"""Attachments: taken in, looked at, taken away; never a file without its row nor a row without its file."""

import hashlib
import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import task

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.attachment import attachment_kind, safe_name
from actionlines.stocktaking.workflow import EDITABLE
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.jobs.actions import enqueue
from actionlines_web.stocktaking.models import Entry, EntryAttachment, Submission
from actionlines_web.stocktaking.queries.attachments import attachments_of
from actionlines_web.stocktaking.rules import owns
from actionlines_web.stocktaking.scanning import ScanFailedError, has_scanner, is_clean

logger = logging.getLogger(__name__)
MOST = 10


class NoRoomError(InputError):
    """The file is right, and the storage has no room for it."""


def attach_file(
    actor: Actor, submission: Submission, name: str, size: int, read: Callable[[], bytes]
) -> EntryAttachment:
    """Keep a file beside a draft.

    Args:
        name: what its owner calls it.
        size: in bytes, as known before it is read.
        read: gives the content.

    Raises:
        PermissionDenied: the actor does not own the submission.
        ValueError: it is not in the owner's hands.
        InputError: the file is too large, of a kind that is not taken, one too many, or the disk has no room for it.
    """
    owner = _writer(actor, submission)
    limit = settings.ATTACHMENT_LIMIT_BYTES
    if size > limit:
        values = {"most": limit // 1024**2}
        raise _problem(marked("the file is too large."), name, marked("at most %(most)d MB."), values)
    data = read()
    kind = attachment_kind(data, name)
    key = secrets.token_urlsafe(24)
    path = _stored(f"attachments/{key}", data, name)
    try:
        with transaction.atomic():
            locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
            _check_room(locked, name)
            kept = EntryAttachment.objects.create(
                submission=locked,
                key=key,
                file=path,
                name=safe_name(name, kind),
                kind=kind.code,
                size=len(data),
                digest=hashlib.sha256(data).hexdigest(),
                scan=EntryAttachment.Scan.WAITING if has_scanner() else EntryAttachment.Scan.CLEAN,
                added_by=owner,
            )
            if has_scanner():
                enqueue(owner, scan_attachment, kept, attachment_id=kept.pk)
            write_record(owner, "attach", locked, {"kind": kind.code, "digest": kept.digest})
    except BaseException:
        default_storage.delete(path)
        raise
    return kept


def _check_room(submission: Submission, name: str) -> None:
    if len(attachments_of(submission)) >= MOST:
        raise _problem(marked("there are %(most)d files already."), name, "", {"most": MOST})


def _stored(path: str, data: bytes, name: str) -> str:
    """The file in the storage; where that fails, nothing of it stays behind."""
    try:
        return default_storage.save(path, ContentFile(data))
    except OSError as error:
        logger.exception("an attachment could not be stored")
        try:
            default_storage.delete(path)
        except OSError:
            logger.exception("what was written of %s could not be removed", path)
        fault = marked("the file could not be stored: the site has no room for it at the moment.")
        raise NoRoomError([Problem(fault, {}, name, column="attachment")]) from error


@transaction.atomic
def detach_file(actor: Actor, submission: Submission, number: int) -> None:
    """Take a file away: one of a draft at once, one of the published entry when the change is published.

    Raises:
        PermissionDenied, ValueError: as `attach_file`.
        EntryAttachment.DoesNotExist: it does not stand beside this submission.
    """
    owner = _writer(actor, submission)
    found = next((item for item in attachments_of(submission) if item.pk == number), None)
    if found is None:
        raise EntryAttachment.DoesNotExist
    if found.entry_id is None:
        remove_attachment(found)
    else:
        found.dropped_by = submission
        found.save(update_fields=["dropped_by"])
    write_record(owner, "detach", submission, {"digest": found.digest})


def publish_attachments(submission: Submission, entry: Entry) -> None:
    """In the caller's transaction: the draft's files become the entry's, those taken away go."""
    for item in EntryAttachment.objects.filter(dropped_by=submission, entry=entry):
        remove_attachment(item)
    EntryAttachment.objects.filter(submission=submission).update(entry=entry)


@task()
def scan_attachment(attachment_id: int) -> None:
    """The job that `attach_file` queues where the site has a scanner; a file that is gone or decided stays so."""
    found = EntryAttachment.objects.filter(pk=attachment_id, scan=EntryAttachment.Scan.WAITING).first()
    if found is None:
        return
    with found.file.open("rb") as file:
        clean = is_clean(file)
    with transaction.atomic():
        locked = EntryAttachment.objects.select_for_update(of=("self",)).filter(pk=attachment_id).first()
        if locked is None or locked.scan != EntryAttachment.Scan.WAITING:
            return
        locked.scan = EntryAttachment.Scan.CLEAN if clean else EntryAttachment.Scan.REFUSED
        locked.save(update_fields=["scan"])
        write_record(System("worker"), "scan", locked.submission, {"digest": locked.digest, "clean": clean})


def scan_waiting() -> tuple[int, int]:
    """Look at every file that waits: how many have a verdict now, and on how many there was none."""
    waiting = EntryAttachment.objects.filter(scan=EntryAttachment.Scan.WAITING).order_by("pk")
    looked_at = left = 0
    for number in list(waiting.values_list("pk", flat=True)):
        try:
            scan_attachment.func(attachment_id=number)
            looked_at += 1
        except ScanFailedError:
            logger.exception("the scanner gave no verdict on attachment %s", number)
            left += 1
    return looked_at, left


def _writer(actor: Actor, submission: Submission) -> User:
    if not isinstance(actor, User) or not owns(actor, submission):
        raise PermissionDenied("only its owner attaches files")
    if submission.state not in EDITABLE:
        raise ValueError(f"submission {submission.pk} is {submission.state}")
    return actor


def remove_attachment(attachment: EntryAttachment) -> None:
    """Delete the row in the caller's transaction, and the file once that stands."""
    path = attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def _problem(
    template: str, name: str, expected: str = "", values: dict[str, object] | None = None
) -> InputError:
    return InputError([Problem(template, values or {}, name, column="attachment", expected=expected)])
