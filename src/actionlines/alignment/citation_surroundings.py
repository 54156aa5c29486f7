"""What stands near a citation: the names of the goals, of other goals, of the Summit."""

import re
from collections import deque
from collections.abc import Iterable
from typing import Final

from actionlines.alignment.citation_patterns import GOALS_NAMED, SUMMIT_NAMED
from actionlines.alignment.citation_words import bounded, words

# How far a name counts as near, in characters.
_REACH: Final = 150
# No name is longer.
_LONGEST: Final = 64

NEAR: Final = re.compile(rf"(?P<goals>{GOALS_NAMED})|(?P<others>{bounded(words()['near']['others'])})")
SUMMIT: Final = re.compile(rf"{SUMMIT_NAMED}|{bounded(words()['before']['lines'])}")


class Surroundings:
    """What a pattern finds around places of a text that follow one another; nothing is searched twice.

    Args:
        text: the whole text.
        searched: the pattern of what may stand near.
    """

    __slots__ = ("_end", "_found", "_searched", "_text")

    def __init__(self, text: str, searched: re.Pattern[str]) -> None:
        self._text = text
        self._searched = searched
        self._found: deque[re.Match[str]] = deque()
        self._end = 0

    def around(self, start: int, end: int) -> Iterable[re.Match[str]]:
        """The matches at most _REACH characters before `start` or behind `end`; `start` never goes back."""
        low, high = max(0, start - _REACH), end + _REACH
        found = self._found
        while found and found[0].end() <= low:
            found.popleft()
        # A name may have been cut by the end of the last search.
        seen = found[-1].end() if found else 0
        for match in self._searched.finditer(self._text, max(low, seen, self._end - _LONGEST), high):
            found.append(match)
        self._end = max(self._end, high)
        return found


def subject_near(surroundings: Surroundings, start: int, end: int) -> str | None:
    """'goals' or 'others' (the Millennium Goals, the Aichi targets): whose name is nearest; None without any."""
    nearest, subject = _REACH + 1, None
    for match in surroundings.around(start, end):
        distance = max(match.start() - end, start - match.end(), 0)
        if distance < nearest:
            nearest, subject = distance, match.lastgroup
    return subject
