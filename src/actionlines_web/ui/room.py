"""When the machine has no room left: the reader is told so, and nothing is kept by half."""

import errno
import sqlite3
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

STATUS: Final = 507
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
_POSTGRESQL_DISK_FULL: Final = "53100"


class TemporaryFiles(TemporaryFileUploadHandler):
    """Keeps an upload in the temporary folder; where that fails, keeps nothing of it and notes so on the request.

    The rest of the request is still read (and thrown away), so that a browser shows the answer.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._give_up(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part of it."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self.upload_interrupted()
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        if self.request is not None:
            self.request.upload_unkept = True  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=False) from error


class NoRoom:
    """Answers 507 in place of a page that would act on half an upload, or that ran into a full disk.

    Actions are transactions, so a page that ran into it has stored nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let requests pass."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Stop before the page sees a form whose file is missing.

        A form that is too large for its page is the page's to answer: it finds `form_too_large` on the request.
        """
        if request.method == "POST" and request.content_type == "multipart/form-data":
            try:
                _ = request.FILES  # read now, also where no token was looked for
            except RequestDataTooBig:
                request.form_too_large = True  # type: ignore[attr-defined]
            if getattr(request, "upload_unkept", False):
                return no_room(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a full disk; the API says so itself."""
        if is_full(exception) and not request.path.startswith("/api/"):
            return no_room(request)
        return None


def no_room(request: HttpRequest) -> HttpResponse:
    """The page that says so."""
    return render(request, "ui/507.html", status=STATUS)


def is_full(error: BaseException) -> bool:
    """Whether the disk, the quota or the database's disk was full."""
    if isinstance(error, DatabaseError):
        cause = error.__cause__
        return (
            getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
            or getattr(cause, "sqlstate", None) == _POSTGRESQL_DISK_FULL
        )
    return isinstance(error, OSError) and error.errno in _FULL
