"""The published file of a vote: rules, ballot paper, log and result in one zip that anybody can recount.

The last 71 bytes of the file (the comment of the archive) are "sha256:" and the digest of every byte before them, so
that a change of any byte shows. Inside, `digests.json` names the digest of each member and the head of the log's
chain: whoever noted a head (an anchor) or the seal while the vote ran can tell a file that was made anew.
"""

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from actionlines.prizes.ballots import Ballot
from actionlines.prizes.log import COLUMNS, first_digest, receipt_digest
from actionlines.prizes.rules import Rules, rules_as_data, rules_from_data
from actionlines.prizes.tally import Nominee, Tally, tally
from actionlines.problems import InputError, Problem, marked

FORMAT: Final = "actionlines vote 1"
README, RULES, NOMINEES, LOG, ANCHORS, RESULT, DIGESTS = MEMBERS = (
    *("README.txt", "rules.json", "nominees.csv", "log.csv", "anchors.csv", "result.json", "digests.json"),
)
_SEAL: Final = b"sha256:"
_SEAL_LENGTH: Final = len(_SEAL) + 64
_NOMINEE_COLUMNS: Final = ("id", "category", "title", "organisation", "score", "submitted_at")
_ANCHOR_COLUMNS: Final = ("number", "digest", "at")
_MOST_BYTES: Final = 4 << 30
# What the readers of zip, csv and JSON raise on damaged bytes (RuntimeError: a member that says it is encrypted).
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    *(EOFError, KeyError, ValueError, TypeError, AttributeError, RuntimeError, OSError, csv.Error),
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head of the chain that was published while the vote ran: line `number` had this digest (hex) at `at`."""

    number: int
    digest: str
    at: int


@dataclass(frozen=True, slots=True)
class Recount:
    """What recounting a published file found.

    Attributes:
        tally: as counted here, or None when the file could not be read so far.
        problems: every difference; none when the file proves its result.
        seal: the digest of the file.
        head: the digest of the log.
        receipts: line number of each receipt asked for that stands in the log.
    """

    tally: Tally | None
    problems: tuple[Problem, ...]
    seal: str = ""
    head: str = ""
    receipts: dict[str, int] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether the file says what its ballots say."""
        return self.tally is not None and not self.problems


def result_as_data(result: Tally) -> dict[str, Any]:
    """A tally as a mapping that JSON can hold."""
    data = asdict(result)
    return {
        key: [dict(item, standings=list(item["standings"])) for item in value]
        if key == "categories"
        else value
        for key, value in data.items()
    }


def write_published(
    path: Path,
    rules: Rules,
    nominees: Sequence[Nominee],
    lines: Iterable[bytes],
    anchors: Sequence[Anchor],
    readme: str,
) -> Tally:
    """Write the file of a closed vote and return the tally that stands in it.

    The log is written as it comes and read back from the file for the tally: what is published is what is counted.

    Args:
        path: of the zip; written beside it first, so that nothing half-written stands there.
        lines: the log, as `LogLine.encoded` writes its lines.
        readme: what a reader should know, plain text.
    """
    part = path.with_name(path.name + ".part")
    digests: dict[str, str] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:

        def add(name: str, chunks: Iterable[bytes]) -> None:
            digest = hashlib.sha256()
            with archive.open(_member(name), "w", force_zip64=True) as member:
                for chunk in chunks:
                    digest.update(chunk)
                    member.write(chunk)
            digests[name] = digest.hexdigest()

        add(README, [readme.encode()])
        add(RULES, [_json(rules_as_data(rules))])
        add(NOMINEES, [_table(_NOMINEE_COLUMNS, (asdict(nominee).values() for nominee in nominees))])
        counter = _Chain(first_digest(rules))
        add(LOG, _joined(counter.through(lines)))
        add(ANCHORS, [_table(_ANCHOR_COLUMNS, (asdict(anchor).values() for anchor in anchors))])
    with zipfile.ZipFile(part) as archive:
        counted = tally(_ballots(_log_lines(archive)), rules, nominees)
    with zipfile.ZipFile(part, "a", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        result = _json(result_as_data(counted))
        digests[RESULT] = hashlib.sha256(result).hexdigest()
        archive.writestr(_member(RESULT), result)
        said = {"format": FORMAT, "lines": counter.lines, "head": counter.head.hex(), "members": digests}
        archive.writestr(_member(DIGESTS), _json(said))
        archive.comment = _SEAL + b"0" * 64
    _seal(part)
    part.replace(path)
    return counted


def recount(path: Path, *, receipts: Sequence[str] = (), expected: str = "") -> Recount:
    """Count a published file anew, with nothing but its own bytes.

    Args:
        path: of the zip.
        receipts: codes whose line is looked for.
        expected: the seal as published elsewhere, compared when given.

    Raises:
        InputError: there is no such file, or it cannot be opened.
    """
    try:
        seal, intact = read_seal(path)
    except OSError as error:
        raise InputError(
            [Problem(marked("cannot be read: %(error)s"), {"error": error.strerror or ""}, path.name)]
        ) from error
    problems: list[Problem] = []
    if not intact:
        problems.append(
            Problem(marked("the file was changed: its seal does not fit its bytes."), file=path.name)
        )
    if expected and expected.removeprefix("sha256:").lower() != seal:
        problems.append(
            Problem(
                marked("the seal is %(seal)s."),
                {"seal": seal, "expected": expected},
                path.name,
                expected=marked("%(expected)s."),
            )
        )
    try:
        found = _recount(path, {receipt_digest(code): code for code in receipts}, problems)
    except InputError as error:
        return Recount(None, (*problems, *error.problems), seal)
    except _UNREADABLE as error:
        said = Problem(marked("cannot be read: %(error)s"), {"error": str(error)}, path.name)
        return Recount(None, (*problems, said), seal)
    counted, head, lines = found
    return Recount(counted, tuple(problems), seal, head, lines)


def _recount(
    path: Path, receipts: dict[str, str], problems: list[Problem]
) -> tuple[Tally, str, dict[str, int]]:
    with zipfile.ZipFile(path) as archive:
        _check_members(archive, path.name)
        said = json.loads(archive.read(DIGESTS))
        problems += [
            Problem(marked("%(member)s was changed."), {"member": name}, path.name)
            for name in MEMBERS[:-1]
            if _digest_of(archive, name) != said["members"].get(name)
        ]
        rules = rules_from_data(json.loads(archive.read(RULES)), RULES)
        nominees = [_nominee(row) for row in _rows(archive, NOMINEES)]
        anchors = {int(row["number"]): row["digest"] for row in _rows(archive, ANCHORS)}
        chain = _Chain(first_digest(rules), anchors, receipts)
        counted = tally(_ballots(chain.through(_log_lines(archive))), rules, nominees)
        published = json.loads(archive.read(RESULT))
    problems += _differences(chain, said, counted, published, path.name)
    return counted, chain.head.hex(), chain.found


def _differences(
    chain: "_Chain", said: dict[str, Any], counted: Tally, published: object, file: str
) -> Iterator[Problem]:
    if said.get("format") != FORMAT:
        yield Problem(marked("the format is “%(found)s”."), {"found": said.get("format")}, file)
    if (chain.head.hex(), chain.lines) != (said.get("head"), said.get("lines")):
        yield Problem(marked("the log ends with another digest than the one published."), file=LOG)
    if chain.anchors:
        missing = ", ".join(str(number) for number in sorted(chain.anchors))
        yield Problem(
            marked("the log does not pass through the digests published while the vote ran: line %(lines)s."),
            {"lines": missing},
            LOG,
        )
    if json.loads(_json(result_as_data(counted))) != published:
        yield Problem(marked("the result is not the one the ballots give."), file=RESULT)


class _Chain:
    """Walks the log: keeps the digest, ticks the anchors off and notes where receipts stand."""

    def __init__(
        self, start: bytes, anchors: dict[int, str] | None = None, receipts: dict[str, str] | None = None
    ) -> None:
        self.head = start
        self.lines = 0
        self.anchors = dict(anchors or {})
        self.receipts = receipts or {}
        self.found: dict[str, int] = {}

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        sha256, head, anchors, receipts = hashlib.sha256, self.head, self.anchors, self.receipts
        number = 0
        for number, line in enumerate(lines, 1):
            head = sha256(head + line).digest()
            if anchors and number in anchors and anchors[number] == head.hex():
                del anchors[number]
            if receipts and (digest := line.rsplit(b",", 2)[1].decode()) in receipts:
                self.found[receipts[digest]] = number
            yield line
        self.head, self.lines = head, number


def _ballots(lines: Iterable[bytes]) -> Iterator[Ballot]:
    """The ballots of the log; lines must be numbered from 1 without a hole."""
    for expected, line in enumerate(lines, 1):
        number, kind, voter, category, nominee, at, about, _, _ = line.decode("ascii").split(",")
        if int(number) != expected:
            raise InputError(
                [
                    Problem(
                        marked("line %(expected)d has the number %(number)s."),
                        {"expected": expected, "number": number},
                        LOG,
                    )
                ]
            )
        yield Ballot(expected, kind, voter, category, nominee, int(at), int(about))


def _log_lines(archive: zipfile.ZipFile) -> Iterator[bytes]:
    with archive.open(LOG) as member:
        stream = io.BufferedReader(member, 1 << 20)  # type: ignore[type-var]
        header = stream.readline().rstrip(b"\n").decode("utf-8", "replace")
        if header != ",".join(COLUMNS):
            raise InputError([Problem(marked("the columns are “%(found)s”."), {"found": header[:80]}, LOG)])
        for line in stream:
            yield line[:-1]


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield ",".join(COLUMNS).encode() + b"\n"
    block: list[bytes] = []
    for line in lines:
        block.append(line)
        if len(block) == 10_000:
            yield b"\n".join(block) + b"\n"
            block.clear()
    if block:
        yield b"\n".join(block) + b"\n"


def _check_members(archive: zipfile.ZipFile, file: str) -> None:
    names = archive.namelist()
    size = sum(item.file_size for item in archive.infolist())
    if names != list(MEMBERS):
        raise InputError(
            [
                Problem(
                    marked("is not the file of a vote: it holds %(found)s."),
                    {"found": ", ".join(names[:10]), "members": ", ".join(MEMBERS)},
                    file,
                    expected=marked("%(members)s."),
                )
            ]
        )
    if size > _MOST_BYTES:
        raise InputError([Problem(marked("unpacks to %(size)d bytes."), {"size": size}, file)])


def _digest_of(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as member:
        return hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]


def _rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


def _nominee(row: dict[str, str]) -> Nominee:
    return Nominee(
        row["id"],
        row["category"],
        row["title"],
        row["organisation"],
        float(row["score"]) if row["score"] else None,
        int(row["submitted_at"]) if row["submitted_at"] else None,
    )


def _table(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _member(name: str) -> zipfile.ZipInfo:
    """The same date for every member: a file made twice from the same vote is the same file."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _seal(path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("r+b") as file:
        end = file.seek(0, io.SEEK_END) - 64
        file.seek(0)
        left = end - len(_SEAL)
        while chunk := file.read(min(1 << 20, left)):
            digest.update(chunk)
            left -= len(chunk)
        file.seek(end)
        file.write(digest.hexdigest().encode())


def read_seal(path: Path) -> tuple[str, bool]:
    """The digest of the file without its seal, and whether the seal says the same.

    Raises:
        OSError: the file cannot be read.
    """
    digest = hashlib.sha256()
    left = path.stat().st_size - _SEAL_LENGTH
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(1 << 20, left))):
            digest.update(chunk)
            left -= len(chunk)
        seal = file.read()
    return digest.hexdigest(), seal == _SEAL + digest.hexdigest().encode()
