"""The ballot log: one line for each thing that happened, each sealed by the digest of all before it.

A line holds no person: `voter` is a tag only the site can make, `receipt` is the digest of a code only the voter has.
The chain starts from the edition's name, so that the log of one edition cannot stand in for another's.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from actionlines.prizes.ballots import KINDS, Ballot
from actionlines.prizes.rules import ALL_CATEGORIES, Rules

COLUMNS: Final = ("number", "kind", "voter", "category", "nominee", "at", "about", "receipt", "reason")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.:-]{0,80}")


class LogLine(NamedTuple):
    """One line of the log: a `Ballot` with the digest of its receipt and the reason of an officer's decision."""

    number: int
    kind: str
    voter: str
    category: str
    nominee: str
    at: int
    about: int = 0
    receipt: str = ""
    reason: str = ""

    @property
    def ballot(self) -> Ballot:
        """What the tally needs of it."""
        return Ballot(*self[:7])

    def encoded(self) -> bytes:
        """The line as it is published and sealed: values with commas between, no line end.

        Raises:
            ValueError: a value holds anything but letters, digits and "_.:-": it could be read in two ways.
        """
        if self.kind not in KINDS:
            raise ValueError(f"“{self.kind}” is not a kind of line; known: {', '.join(KINDS)}")
        values = [str(value) for value in self]
        for name, value in zip(self._fields, values, strict=True):
            if not _PLAIN.fullmatch(value):
                raise ValueError(f"{name} “{value}”: expected at most 80 letters, digits or _.:-")
        return ",".join(values).encode("ascii")


def first_digest(rules: Rules) -> bytes:
    """What the chain of an edition starts from."""
    return hashlib.sha256(f"actionlines ballot log {rules.year} {rules.name}".encode()).digest()


def next_digest(before: bytes, line: bytes) -> bytes:
    """The digest of a line: SHA-256 of the digest before it and of the line as `LogLine.encoded` writes it."""
    return hashlib.sha256(before + line).digest()


def chained(lines: Iterable[bytes], start: bytes) -> Iterator[bytes]:
    """The digest after each line."""
    for line in lines:
        start = next_digest(start, line)
        yield start


def voter_tag(key: bytes, voter: str, category: str, rules: Rules) -> str:
    """The tag that stands for a voter in the log: an HMAC under a key that never leaves the site.

    It is another one in each category, so that nobody can put a person's choices together, unless the rules need to
    see all of them (the mode of all categories).
    """
    said = voter if rules.ballot == ALL_CATEGORIES else f"{voter}\n{category}"
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:24]


def receipt_digest(receipt: str) -> str:
    """What is published of a receipt; spaces, hyphens and case of the code do not matter."""
    code = re.sub(r"[\s-]", "", receipt).upper()
    return hashlib.sha256(code.encode()).hexdigest()[:32]
