"""Files in a bucket of an object storage, for sites of several machines."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage


@contextmanager
def _as_folders_fail() -> Iterator[None]:
    """What goes wrong is an OSError, as it is with a folder: whoever stores a file waits for that."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(errno.EIO, f"the object storage does not do it ({type(error).__name__})") from error


class Objects(S3Storage):  # type: ignore[misc] - the package has no types
    """A folder of a bucket."""

    def _save(self, name: str, content: File[Any]) -> str:
        with _as_folders_fail():
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        with _as_folders_fail():
            found: File[Any] = super()._open(name, mode)
            return found

    def delete(self, name: str) -> None:
        """Delete an object; one that is not there is no fault."""
        with _as_folders_fail():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        with _as_folders_fail():
            return bool(super().exists(name))

    def names_and_sizes(self) -> Iterator[tuple[str, int]]:
        """Every object of the folder by name, with its bytes; a thousand for each request."""
        start = f"{self.location.strip('/')}/"
        with _as_folders_fail():
            for item in self.bucket.objects.filter(Prefix=start):
                yield item.key.removeprefix(start), item.size
