"""Files of contributions: looked at before they are kept; never a file without its row nor a row without its file."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from actionlines.documents import read_bytes
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.attachment import attachment_kind, safe_name
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.meetings.actions.contributions import held_contribution, index_contribution
from actionlines_web.meetings.models import Contribution, PaperFile
from actionlines_web.stocktaking.scanning import ScanFailedError, has_scanner, is_clean

logger = logging.getLogger(__name__)
MOST = 12
_READ = frozenset({"docx", "pdf", "txt"})


def add_paper_file(
    actor: Actor, number: int, language: str, name: str, size: int, read: Callable[[], bytes]
) -> PaperFile:
    """Keep a file beside a contribution, in the language it is written in.

    Args:
        name: what its owner calls it.
        size: in bytes, as known before it is read.
        read: gives the content.

    Raises:
        PermissionDenied: it is another organisation's contribution.
        InputError: too large, one too many, a kind that is not taken, refused by the scanner, or no room for it.
    """
    _check_writer(actor, number)
    limit = settings.ATTACHMENT_LIMIT_BYTES
    if size > limit:
        raise _refused(
            marked("the file is too large."), name, marked("at most %(most)d MB."), most=limit // 1024**2
        )
    if language not in LANGUAGES:
        raise InputError(
            [Problem(marked("“%(value)s” is not known."), {"value": language}, column="language")]
        )
    data = read()
    kind = attachment_kind(data, name)
    _check_clean(data, name)
    text = _text_of(data, safe_name(name, kind)) if kind.code in _READ else ""
    key = secrets.token_urlsafe(24)
    try:
        path = default_storage.save(f"meetings/{key}", ContentFile(data))
    except OSError as error:
        logger.exception("a file of a contribution could not be stored")
        raise _refused(
            marked("the file could not be stored: the site has no room for it at the moment."), name
        ) from error
    try:
        with transaction.atomic():
            found = held_contribution(actor, number)
            _check_room(found, name)
            kept = PaperFile.objects.create(
                contribution=found,
                language=language,
                revision=found.revision,
                key=key,
                file=path,
                name=safe_name(name, kind),
                kind=kind.code,
                size=len(data),
                digest=hashlib.sha256(data).hexdigest(),
                text=text,
            )
            index_contribution(found)
            found.save()
            write_record(actor, "attach", found, {"kind": kind.code, "digest": kept.digest})
    except BaseException:
        default_storage.delete(path)
        raise
    return kept


@transaction.atomic
def remove_paper_file(actor: Actor, number: int, file: int) -> None:
    """Take a file of a contribution away; of one that was sent in, files stay.

    Raises:
        PaperFile.DoesNotExist: it is no file of this contribution.
        InputError: the contribution was sent in.
    """
    found = held_contribution(actor, number)
    kept = found.files.get(pk=file)
    if found.number:
        raise InputError([Problem(marked("the contribution was sent in: its files stay; add a newer one."))])
    path = kept.file.name
    write_record(actor, "detach", found, {"digest": kept.digest})
    kept.delete()
    index_contribution(found)
    found.save()
    transaction.on_commit(lambda: default_storage.delete(path))


@transaction.atomic
def _check_writer(actor: Actor, number: int) -> None:
    """Before anything is read; PermissionDenied where the actor may not write the contribution."""
    held_contribution(actor, number)


def _check_room(contribution: Contribution, name: str) -> None:
    if contribution.state == Contribution.State.WITHDRAWN:
        raise InputError([Problem(marked("the contribution was withdrawn."))])
    if contribution.files.count() >= MOST:
        raise _refused(marked("there are %(most)d files already."), name, most=MOST)


def _check_clean(data: bytes, name: str) -> None:
    if not has_scanner():
        return
    try:
        clean = is_clean(File(BytesIO(data), name))
    except ScanFailedError as error:
        logger.exception("the scanner gave no verdict on a file of a contribution")
        raise _refused(marked("the virus scanner gave no verdict: try again later."), name) from error
    if not clean:
        raise _refused(marked("the virus scanner refused the file."), name)


def _text_of(data: bytes, name: str) -> str:
    """The text of a file as far as it can be read; a file without text is a file all the same."""
    try:
        return read_bytes(data, name).text
    except InputError:
        return ""


def _refused(template: str, name: str, expected: str = "", **values: object) -> InputError:
    return InputError([Problem(template, values, name, column="file", expected=expected)])
