"""What the summary of a success story must be: short, and in the teller's own words."""

import re
from collections.abc import Iterator
from typing import Final

from actionlines.problems import Problem, marked

LEAST_CHARACTERS: Final = 40
MOST_CHARACTERS: Final = 1_200
# Pairs of quotation marks of the six languages. Apostrophes are none.
_QUOTED: Final = re.compile(
    r"“[^”]+”|„[^“”]+[“”]|«[^»]+»|‹[^›]+›|\"[^\"]+\"|「[^」]+」|『[^』]+』|《[^》]{12,}》|＂[^＂]+＂"
)


def quotations(text: str) -> Iterator[str]:
    """The quoted passages of a text, with their marks. A title in 《》 is one only when it is as long as a sentence."""
    return (match.group() for match in _QUOTED.finditer(text))


def summary_problems(text: str) -> list[Problem]:
    """What is wrong with a summary: too short, too long, or words of somebody else in quotation marks."""
    said = text.strip()
    problems = []
    if not LEAST_CHARACTERS <= len(said) <= MOST_CHARACTERS:
        problems.append(
            Problem(
                marked("the summary has %(number)d characters."),
                {"number": len(said), "least": LEAST_CHARACTERS, "most": MOST_CHARACTERS},
                column="summary",
                expected=marked("from %(least)d to %(most)d."),
            )
        )
    problems += [
        Problem(
            marked("the summary quotes: %(quotation)s"),
            {"quotation": quotation[:80]},
            column="summary",
            expected=marked("your own words, without quotation marks."),
        )
        for quotation in quotations(said)
    ]
    return problems
