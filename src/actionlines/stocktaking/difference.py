"""Two versions of a text, compared word by word as a reader would."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# A word, a run of spaces, one sign; Chinese, Japanese and Korean write no spaces, so each of their signs stands alone.
_TOKEN: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+|\s+|[\W_]"
)
_EXACT_UP_TO: Final = 250_000


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: `before` and `after` are equal where nothing changed, and '' where one side has nothing."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.before == self.after


def word_changes(before: str, after: str) -> Sequence[Change]:
    """The stretches of two texts in reading order, never two changed ones or two equal ones in a row.

    The `before` of all stretches joined is the first text, the `after` the second.
    """
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    # Exact up to some 250 words on either side; for longer texts frequent words are no landmarks, or it would take minutes.
    long = len(left) * len(right) > _EXACT_UP_TO
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=long).get_opcodes():
        gone, come = "".join(left[a:b]), "".join(right[c:d])
        if kind == "equal" and gone.isspace() and found and b < len(left) and d < len(right):
            # A single space between two changed words belongs to the change: one stretch reads better than three.
            found[-1] = Change(found[-1].before + gone, found[-1].after + come)
        elif found and kind != "equal" and not found[-1].same:
            found[-1] = Change(found[-1].before + gone, found[-1].after + come)
        else:
            found.append(Change(gone, come))
    return tuple(found)
