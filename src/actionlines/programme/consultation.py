"""The Open Consultation Process: its questions, and the statistics of what stakeholders answer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from actionlines.frameworks import catalogue, find_area
from actionlines.problems import Problem, marked
from actionlines.stocktaking import STAKEHOLDER_TYPES

# The questions, in the order of the form (those of the consultations of 2013 to 2019).
QUESTIONS: Final = ("themes", "sdg_alignment", "high_level", "partnerships", "sessions", "other")
LONGEST_ANSWER: Final = 10_000


@dataclass(frozen=True, slots=True)
class Answers:
    """What one stakeholder says.

    Attributes:
        organisation, stakeholder_type: who.
        country: ISO 3166 alpha-3, or '' for an organisation of no country.
        answers: question to text, without empty ones.
        topics: action line to the topics wanted on it, without empty ones.
    """

    organisation: str
    stakeholder_type: str
    country: str
    answers: Mapping[str, str]
    topics: Mapping[str, str]


def problems_of(said: Answers, *, complete: bool) -> list[Problem]:
    """What is wrong; with `complete` also what a contribution that is sent in may not lack. Each names its field."""
    found = [
        Problem(
            marked("the text has %(found)d characters."),
            {"found": len(text), "most": LONGEST_ANSWER},
            column=name,
            expected=marked("at most %(most)d characters."),
        )
        for name, text in (*said.answers.items(), *said.topics.items())
        if len(text) > LONGEST_ANSWER
    ]
    framework = catalogue().frameworks["wsis"]
    found.extend(
        Problem(marked("“%(line)s” is not an action line."), {"line": line}, column="topics")
        for line in said.topics
        if line not in framework
    )
    if said.country and find_area(said.country) is None:
        found.append(
            Problem(
                marked("“%(found)s” cannot stand here."),
                {"found": said.country},
                column="country",
                expected=marked("a country."),
            )
        )
    if said.stakeholder_type and said.stakeholder_type not in STAKEHOLDER_TYPES:
        found.append(
            Problem(
                marked("“%(found)s” cannot stand here."),
                {"found": said.stakeholder_type, "known": ", ".join(STAKEHOLDER_TYPES)},
                column="stakeholder_type",
                expected=marked("one of: %(known)s."),
            )
        )
    if complete:
        found.extend(
            Problem(marked("“%(key)s” is missing."), {"key": name}, column=name)
            for name in ("organisation", "stakeholder_type")
            if not getattr(said, name).strip()
        )
        if not said.answers and not said.topics:
            found.append(
                Problem(
                    marked("nothing is said yet."),
                    {},
                    column="themes",
                    expected=marked("at least one answer."),
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class Statistics:
    """Who took part: how many contributions by stakeholder type, region and action line.

    Attributes:
        total: contributions; each has one type and one region, and may speak of several lines.
        by_type, by_region, by_line: the most first, of equals by code; '' for those that do not say.
    """

    total: int
    by_type: Mapping[str, int]
    by_region: Mapping[str, int]
    by_line: Mapping[str, int]


def statistics(contributions: Iterable[tuple[str, str, Iterable[str]]]) -> Statistics:
    """Count contributions, each given as (stakeholder type, region, action lines)."""
    types: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    total = 0
    for stakeholder_type, region, about in contributions:
        total += 1
        types[stakeholder_type] += 1
        regions[region] += 1
        lines.update(set(about))
    return Statistics(total, _sorted(types), _sorted(regions), _sorted(lines))


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
