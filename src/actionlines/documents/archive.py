"""Opening a zip archive that a stranger sent: its limits are checked before and while anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from actionlines.problems import InputError, Problem, marked

MAX_PARTS: Final = 5_000
MAX_UNPACKED: Final = 256 * 1024 * 1024
MAX_PART: Final = 64 * 1024 * 1024
# Text packs ten or twenty to one, tables of the same words sometimes a hundred to one, bombs a thousand to one.
MAX_RATIO: Final = 200
_RATIO_FROM: Final = 8 * 1024 * 1024
_CHUNK: Final = 256 * 1024


class Archive:
    """The parts of an archive within the limits.

    Attributes:
        names: of all parts, in the order of the archive.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._unpacked = 0
        self.names = tuple(archive.namelist())
        self._check()

    def __contains__(self, part: object) -> bool:
        return part in self.names

    def part(self, part: str) -> bytes:
        """The content of a part.

        Raises:
            InputError: the part is larger than allowed or than the archive says, or is damaged.
        """
        pieces: list[bytes] = []
        with self._archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                pieces.append(piece)
                self._unpacked += len(piece)
                if self._unpacked > MAX_UNPACKED or len(pieces) * _CHUNK > MAX_PART + _CHUNK:
                    raise self._too_large()
        return b"".join(pieces)

    def _check(self) -> None:
        parts = self._archive.infolist()
        if len(parts) > MAX_PARTS:
            values = {"parts": len(parts), "most": MAX_PARTS}
            template = marked("the archive has %(parts)s parts; at most %(most)s are read.")
            raise InputError([Problem(template, values, file=self._name)])
        if len(set(self.names)) < len(parts):
            raise damaged(self._name)
        if any(part.flag_bits & 1 for part in parts):
            problem = Problem(
                marked("the document is protected by a password."),
                file=self._name,
                expected=marked("a file without a password."),
            )
            raise InputError([problem])
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        if unpacked > MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)):
            raise self._too_large()

    def _too_large(self) -> InputError:
        values = {"most": MAX_UNPACKED // 1024**2}
        template = marked("unpacked, the file grows beyond measure (a zip bomb, or more than %(most)s MB).")
        return InputError([Problem(template, values, file=self._name)])


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Archive]:
    """Open an archive; any damage found while it is open becomes an InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Archive(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise damaged(name) from error


def damaged(name: str) -> InputError:
    """The problem of a file that is not whole."""
    return InputError(
        [
            Problem(
                marked("the file is damaged."),
                file=name,
                expected=marked("a file that opens in its program."),
            )
        ]
    )
