"""What was downloaded, kept in a folder: a file for each address, and beside it what its server said of it."""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an answer.

    Attributes:
        etag, modified: by which its server tells one version from another; '' where it does not.
        kind: its media type, without parameters.
        at: when it was asked for last, in seconds since 1970.
    """

    address: str
    etag: str = ""
    modified: str = ""
    kind: str = ""
    at: float = 0.0

    @property
    def validator(self) -> str:
        """What says that the rest of a broken download belongs to its beginning; '' if nothing does."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


class Place:
    """The files of one address in the folder."""

    def __init__(self, folder: Path, address: str) -> None:
        key = sha256(address.encode()).hexdigest()[:40]
        self.address = address
        self.body = folder / f"{key}.body"
        self.part = folder / f"{key}.part"
        self._known = folder / f"{key}.json"
        self._known_part = folder / f"{key}.part.json"
        self._lock = folder / f"{key}.lock"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else downloads this address meanwhile; whoever comes second waits and finds it done."""
        with self._lock.open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def known(self) -> Kept | None:
        """What is known of the whole answer, if it is here."""
        return self._read(self._known) if self.body.exists() else None

    def known_part(self) -> Kept | None:
        """What is known of a download that broke off, if its rest can be asked for."""
        found = self._read(self._known_part) if self.part.exists() else None
        return found if found is not None and found.validator and self.part.stat().st_size else None

    def begin(self, kept: Kept) -> None:
        """A new download begins: what was there of another is forgotten."""
        self.part.unlink(missing_ok=True)
        self._write(self._known_part, kept)

    def finish(self, kept: Kept) -> None:
        """The download is whole: it takes the place of the one before."""
        self._known.unlink(
            missing_ok=True
        )  # between the two renames nothing is known rather than something wrong
        self.part.replace(self.body)
        self._write(self._known, kept)
        self._known_part.unlink(missing_ok=True)

    def renew(self, kept: Kept) -> None:
        """The answer that is here was found to be the latest."""
        self._write(self._known, kept)

    def _read(self, path: Path) -> Kept | None:
        try:
            found = Kept(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return found if found.address == self.address else None

    def _write(self, path: Path, kept: Kept) -> None:
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(kept)), encoding="utf-8")
        fresh.replace(path)


def tidy(folder: Path, days: float) -> int:
    """Delete what was last written more than `days` ago; returns how many files. A download at work is left alone."""
    if not folder.is_dir():
        return 0
    oldest = time.time() - days * 86_400
    gone = 0
    for path in folder.iterdir():
        if path.suffix not in {".body", ".part", ".json", ".lock", ".new"} or path.stat().st_mtime >= oldest:
            continue
        with path.open("rb") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            path.unlink()
            gone += 1
    return gone
