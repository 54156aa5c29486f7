"""Taking in a file that somebody sent: size, kind, scanner, storage; and giving it out again. For every app with files."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.attachment import KINDS, attachment_kind, safe_name
from actionlines_web.stocktaking.scanning import ScanFailedError, has_scanner, is_clean

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is in the storage now.

    Attributes:
        key: not to be guessed; part of its address.
        path: in the storage; whoever cannot keep its row deletes it there.
        name, kind, size, digest: what it is called, what it is, its bytes and their SHA-256.
        data: its content.
    """

    key: str
    path: str
    name: str
    kind: str
    size: int
    digest: str
    data: bytes


def take_file(folder: str, name: str, size: int, read: Callable[[], bytes]) -> Taken:
    """Look at a file and store it.

    Args:
        folder: of the storage.
        name: what its owner calls it.
        size: in bytes, as known before it is read.
        read: gives the content.

    Raises:
        InputError: it is too large, of a kind that is not taken, refused by the scanner, or there is no room for it.
    """
    limit = settings.ATTACHMENT_LIMIT_BYTES
    if size > limit:
        raise refused(
            marked("the file is too large."), name, marked("at most %(most)d MB."), most=limit // 1024**2
        )
    data = read()
    kind = attachment_kind(data, name)
    _check_clean(data, name)
    key = secrets.token_urlsafe(24)
    try:
        path = default_storage.save(f"{folder}/{key}", ContentFile(data))
    except OSError as error:
        logger.exception("a file could not be stored")
        fault = marked("the file could not be stored: the site has no room for it at the moment.")
        raise refused(fault, name) from error
    return Taken(
        key, path, safe_name(name, kind), kind.code, len(data), hashlib.sha256(data).hexdigest(), data
    )


def refused(template: str, name: str, expected: str = "", **values: object) -> InputError:
    """What is wrong with a file."""
    return InputError([Problem(template, values, name, column="file", expected=expected)])


def _check_clean(data: bytes, name: str) -> None:
    if not has_scanner():
        return
    try:
        clean = is_clean(File(BytesIO(data), name))
    except ScanFailedError as error:
        logger.exception("the scanner gave no verdict on a file")
        raise refused(marked("the virus scanner gave no verdict: try again later."), name) from error
    if not clean:
        raise refused(marked("the virus scanner refused the file."), name)


def given(file: FieldFile, name: str, kind: str, *, public: bool) -> FileResponse:
    """The file as an answer: always a download, whatever is inside; Http404 where the storage has lost it."""
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=name, content_type=KINDS[kind].media_type)
    # No script, no form, no frame, and no guess at another type.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-site"
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    return response
