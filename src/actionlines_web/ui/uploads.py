"""A limit on uploads that answers with a page instead of a broken connection."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitedUploadHandler(FileUploadHandler):
    """Stops keeping a request's files past UPLOAD_LIMIT_BYTES and notes it on the request.

    The rest of the request is still read (and thrown away), so that a browser shows the answer.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Start counting."""
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass data on while below the limit."""
        self._received += len(raw_data)
        if self._received > settings.UPLOAD_LIMIT_BYTES:
            if self.request is not None:
                self.request.upload_too_large = True  # type: ignore[attr-defined]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The other handlers keep the file."""
