"""Writing a file whole or not at all."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

from actionlines.problems import InputError, Problem, marked

_Stream = TypeVar("_Stream", TextIO, BinaryIO)


@contextmanager
def whole_file(path: Path | None) -> Iterator[TextIO]:
    """A stream to write to: standard output for None, else a neighbour of `path` that takes its name at the end.

    Whatever stops the writer, `path` stays as it was and the neighbour is removed.

    Raises:
        InputError: the folder does not exist, or may not be written to.
    """
    if path is None:
        yield sys.stdout
        return
    with _whole(path, lambda neighbour: neighbour.open("w", encoding="utf-8", newline="")) as stream:
        yield stream


@contextmanager
def whole_binary_file(path: Path) -> Iterator[BinaryIO]:
    """The same for bytes, which never go to standard output."""
    with _whole(path, lambda neighbour: neighbour.open("wb")) as stream:
        yield stream


@contextmanager
def _whole(path: Path, opened: Callable[[Path], _Stream]) -> Iterator[_Stream]:
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        stream = opened(neighbour)
    except OSError as error:
        raise InputError([_unwritable(path, error)]) from None
    try:
        with stream:
            yield stream
        neighbour.replace(path)
    except OSError as error:
        raise InputError([_unwritable(path, error)]) from None
    finally:
        with suppress(OSError):
            neighbour.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(
        marked("the file cannot be written (%(reason)s)."),
        {"reason": error.strerror or str(error)},
        str(path),
        expected=marked("a file in a folder that exists and may be written to."),
    )
