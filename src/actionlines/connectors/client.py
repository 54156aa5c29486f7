"""A polite client for public sources: https to configured hosts alone, cached, resumed, slow on purpose, bounded.

- It asks only the origins it was made for, follows redirects only between them, and never enters a private network: an
  origin is https and all its addresses public, or it is http on this very machine (a mirror, a test).
- An answer is kept in a folder. Asked again, the server is asked whether it changed; within `max_age` nobody is asked.
- A download that breaks off goes on where it broke, if the server says by an ETag or a date that it is the same.
- It waits between two requests to an origin, and as long as a server asks it to (Retry-After); then it tries again.
- No answer is larger than `most_bytes` or takes longer than `seconds`.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from importlib.metadata import version
from pathlib import Path
from threading import Timer
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from actionlines.connectors.cache import Kept, Place
from actionlines.connectors.network import Address, Line, addresses_of, connection_over, is_public
from actionlines.problems import InputError, Problem, marked

# Told how many bytes of how many are here; 0 of all means that nobody knows. May raise to stop the download.
Progress = Callable[[int, int], None]

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_AGAIN: Final = frozenset({408, 429, 500, 502, 503, 504})
_MOST_REDIRECTS: Final = 5
_LONGEST_WAIT: Final = 120.0
_PIECE: Final = 65_536
_LONGEST_ADDRESS: Final = 4_000
_STATUS: Final = marked("%(address)s was answered with the status %(status)d.")
_TOO_LONG: Final = marked("%(address)s took too long.")


def silent(done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer in the folder.

    Attributes:
        asked: whether the server was asked now; not when the answer was fresh enough.
        changed: whether it differs from the one that was here before.
    """

    address: str
    path: Path
    kind: str
    at: datetime
    asked: bool
    changed: bool

    def read(self) -> bytes:
        """All of it."""
        return self.path.read_bytes()


class _BrokenError(Exception):
    """A failure after which trying again may help; `wait` is how long the server asked to wait."""

    def __init__(self, template: str, values: dict[str, object] | None = None, wait: float = 0.0) -> None:
        super().__init__(template)
        self.template, self.values, self.wait = template, values or {}, wait


class Client:
    """Downloads from configured origins into a folder."""

    def __init__(
        self,
        origins: Iterable[str],
        folder: Path,
        *,
        pause: float = 1.0,
        attempts: int = 4,
        most_bytes: int = 500_000_000,
        seconds: float = 900.0,
        stall: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """A client for some sources.

        Args:
            origins: such as 'https://api.example.org'; 'http://127.0.0.1:8000' for a mirror on this machine.
            folder: where answers are kept; made if it is not there.
            pause: seconds between the beginnings of two requests to an origin.
            attempts: how often a request is made that fails in a way that may pass.
            most_bytes, seconds: no answer is larger or takes longer.
            stall: seconds without a byte after which a connection is given up.

        Raises:
            ValueError: an origin is neither https nor http on this machine.
        """
        self._origins = {_origin(urlsplit(one)) for one in origins}
        for scheme, host, _port in self._origins:
            if scheme != "https" and (scheme, host) not in {("http", "127.0.0.1"), ("http", "localhost")}:
                raise ValueError(f"{scheme}://{host} is neither https nor http on this machine")
        self._folder = folder
        self._pause, self._attempts, self._sleep = pause, attempts, sleep
        self._most_bytes, self._seconds, self._stall = most_bytes, seconds, stall
        self._last: dict[tuple[str, str, int], float] = {}

    def fetch(self, address: str, *, max_age: float = 0.0, progress: Progress = silent) -> Fetched:
        """The answer of an address, from the folder where it is still good.

        Args:
            max_age: seconds for which an answer in the folder is taken without asking.

        Raises:
            InputError: not a configured source, not found, refused, too large, too slow, or it kept failing.
        """
        self._allowed(address)
        self._folder.mkdir(parents=True, exist_ok=True)
        place = Place(self._folder, address)
        with place.locked():
            known = place.known()
            if known is not None and 0 <= time.time() - known.at < max_age:
                return _fetched(place, known, asked=False, changed=False)
            for attempt in range(self._attempts):
                try:
                    return self._ask(place, progress)
                except _BrokenError as broken:
                    last = broken
                    if attempt + 1 < self._attempts:
                        self._wait(max(broken.wait, self._pause * 2**attempt), progress)
        raise _failed(last.template, address, last.values)

    def _ask(self, place: Place, progress: Progress) -> Fetched:
        """One attempt, through redirects."""
        address = place.address
        for _ in range(_MOST_REDIRECTS + 1):
            parts = self._allowed(address)
            answer = self._request(parts, place, progress)
            if isinstance(answer, Fetched):
                return answer
            address = urljoin(address, answer)
        raise _failed(marked("%(address)s redirects without end."), place.address)

    def _request(self, parts: SplitResult, place: Place, progress: Progress) -> Fetched | str:
        """What was fetched, or where the server sends us."""
        self._hold_back(parts, progress)
        known, part = place.known(), place.known_part()
        headers = {
            "Accept-Encoding": "identity",  # so that bytes can be counted and resumed
            "User-Agent": f"actionlines/{version('actionlines')}",
        }
        if part is not None:
            headers |= {"Range": f"bytes={place.part.stat().st_size}-", "If-Range": part.validator}
        elif known is not None:
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.modified} if known.modified else {}
        line = Line(self._resolved(parts))
        connection = connection_over(line, parts, self._stall)
        timer = Timer(self._seconds, line.cut)
        timer.daemon = True
        timer.start()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as response:
                return self._answered(response, place, known, line, progress)
        except (OSError, HTTPException) as error:
            if line.is_cut:
                raise _BrokenError(_TOO_LONG) from None
            why = f"{type(error).__name__}: {error}".strip(": ")[:200]
            raise _BrokenError(marked("%(address)s does not answer: %(why)s."), {"why": why}) from None
        finally:
            timer.cancel()
            connection.close()
            line.close()

    def _answered(
        self, response: HTTPResponse, place: Place, known: Kept | None, line: Line, progress: Progress
    ) -> Fetched | str:
        status = response.status
        if status in _REDIRECTS and response.headers.get("Location"):
            return str(response.headers["Location"])
        if status == 304 and known is not None:
            known = replace(known, at=time.time())
            place.renew(known)
            return _fetched(place, known, asked=True, changed=False)
        if status in _AGAIN:
            wait = _retry_after(response.headers.get("Retry-After", ""))
            raise _BrokenError(_STATUS, {"status": status}, wait)
        if status == 416:
            place.part.unlink(missing_ok=True)
            raise _BrokenError(_STATUS, {"status": status})
        if status not in {200, 206}:
            raise _failed(_STATUS, place.address, {"status": status})
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise _failed(
                marked("%(address)s was answered in an encoding that was not asked for."), place.address
            )
        kept = Kept(
            place.address,
            response.headers.get("ETag", ""),
            response.headers.get("Last-Modified", ""),
            response.headers.get_content_type(),
            time.time(),
        )
        self._take(response, place, kept, line, progress)
        place.finish(kept)
        return _fetched(place, kept, asked=True, changed=True)

    def _take(self, response: HTTPResponse, place: Place, kept: Kept, line: Line, progress: Progress) -> None:
        """Write the body behind what is there of it, or from its beginning."""
        done = 0
        if response.status == 206:
            done = place.part.stat().st_size if place.part.exists() else 0
            if not response.headers.get("Content-Range", "").startswith(f"bytes {done}-") or not done:
                place.part.unlink(missing_ok=True)
                raise _BrokenError(marked("%(address)s sent another part than was asked for."))
        else:
            place.begin(kept)
        length = response.headers.get("Content-Length", "")
        total = done + int(length[:18]) if length.isascii() and length.isdecimal() else 0
        with place.part.open("ab") as file:
            while True:
                if max(done, total) > self._most_bytes:
                    file.truncate(0)
                    template = marked("%(address)s is larger than %(most)d megabytes.")
                    raise _failed(template, place.address, {"most": self._most_bytes // 1_000_000})
                progress(done, total)
                piece = response.read1(_PIECE)
                if not piece:
                    break
                file.write(piece)
                done += len(piece)
        if line.is_cut:  # a body without a length ends where we cut it
            raise _BrokenError(_TOO_LONG)
        if total and done < total:
            template = marked("%(address)s broke off after %(done)d of %(total)d bytes.")
            raise _BrokenError(template, {"done": done, "total": total})

    def _allowed(self, address: str) -> SplitResult:
        """The parts of an address this client may ask."""
        try:
            parts = urlsplit(address)
            origin = _origin(parts)
        except ValueError:
            raise _failed(marked("%(address)s is no address."), address) from None
        plain = not any(character.isspace() or ord(character) < 32 for character in address)
        if (
            not plain
            or not address.isascii()
            or len(address) > _LONGEST_ADDRESS
            or parts.username is not None
        ):
            raise _failed(marked("%(address)s is no address."), address)
        if origin not in self._origins:
            raise _failed(marked("%(address)s is not at a source that is configured here."), address)
        return parts

    def _resolved(self, parts: SplitResult) -> Address:
        """The address to connect to: all that the name has are public, or all on this machine for http."""
        _scheme, host, port = _origin(parts)
        try:
            found = addresses_of(host, port)
        except (OSError, UnicodeError):
            raise _BrokenError(marked("the host %(host)s is not found."), {"host": host}) from None
        good = (
            all(map(is_public, found)) if parts.scheme == "https" else all(one.is_loopback for one in found)
        )
        if not good:
            raise _failed(marked("%(address)s leads into a private network."), parts.geturl())
        return found[0]

    def _hold_back(self, parts: SplitResult, progress: Progress) -> None:
        """Wait until the origin may be asked again."""
        origin = _origin(parts)
        if origin in self._last:
            self._wait(self._last[origin] + self._pause - time.monotonic(), progress)
        self._last[origin] = time.monotonic()

    def _wait(self, seconds: float, progress: Progress) -> None:
        """Sleep in short pieces, so that whoever listens to the progress can stop it."""
        while seconds > 0:
            progress(0, 0)
            self._sleep(min(seconds, 1.0))
            seconds -= 1.0


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    default = 443 if parts.scheme == "https" else 80
    return parts.scheme, (parts.hostname or "").rstrip("."), default if parts.port is None else parts.port


def _fetched(place: Place, kept: Kept, *, asked: bool, changed: bool) -> Fetched:
    at = datetime.fromtimestamp(kept.at, UTC)
    return Fetched(place.address, place.body, kept.kind, at, asked, changed)


def _retry_after(said: str) -> float:
    """Seconds a server asks to wait, as a number or a date; at most two minutes."""
    seconds = 0.0
    if said.isascii() and said.isdecimal():
        seconds = float(said[:9])
    else:
        with suppress(TypeError, ValueError):
            seconds = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _failed(template: str, address: str, values: dict[str, object] | None = None) -> InputError:
    return InputError([Problem(template, {"address": address[:200], **(values or {})})])
