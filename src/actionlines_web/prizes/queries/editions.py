"""Editions: their rules as the library knows them, their phases, their ballot paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from django.db.models import QuerySet

from actionlines.frameworks import catalogue
from actionlines.prizes import Category, Phase, Rules
from actionlines.prizes.phases import KINDS, VOTE, phase_of
from actionlines.prizes.rules import rules_from_data
from actionlines.prizes.tally import Nominee
from actionlines_web.prizes.models import Edition, PhaseMove, Project

# What may be known of a phase at a moment.
BEFORE, OPEN, OVER, UNKNOWN = "before", "open", "over", "unknown"


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase of the edition at a moment; `phase` is None where its dates are not set."""

    kind: str
    phase: Phase | None
    state: str


def editions() -> Sequence[Edition]:
    """Every edition, the newest first."""
    return list(Edition.objects.all())


def edition_by_slug(slug: str) -> Edition | None:
    """The edition at this address, or None."""
    # A process reads the rules once (see `rules_of`); a page does not parse them each time.
    return Edition.objects.filter(slug=slug).defer("rules").first()


def rules_of(edition: Edition) -> Rules:
    """The rules of the edition, with the phases as they stand."""
    # Read once a process and version: a vote must not parse them anew. The key is the edition's own, unlike its number.
    return _remembered(_RULES, edition, edition.version, lambda: rules_from_data(edition.rules))


def paper_of(edition: Edition) -> Mapping[str, Nominee]:
    """The ballot paper: the code of each nominee to it."""
    return _remembered(_PAPERS, edition, edition.paper, lambda: _nominees(edition))


Known = TypeVar("Known")
_RULES: dict[str, tuple[int, Rules]] = {}
_PAPERS: dict[str, tuple[int, Mapping[str, Nominee]]] = {}


def _remembered(
    known: dict[str, tuple[int, Known]], edition: Edition, version: int, read: Callable[[], Known]
) -> Known:
    found = known.get(edition.key)
    if found is None or found[0] != version:
        found = known[edition.key] = version, read()
    return found[1]


def _nominees(edition: Edition) -> Mapping[str, Nominee]:
    rows = nominated(edition).order_by("category", "pk")
    return {
        row.code: Nominee(
            row.code,
            row.category,
            row.title,
            row.fields.get("organisation", ""),
            row.score,
            int(row.submitted_at.timestamp()) if row.submitted_at else None,
        )
        for row in rows
    }


def nominated(edition: Edition) -> QuerySet[Project]:
    """The projects on the ballot paper."""
    return Project.objects.filter(edition=edition, state=Project.State.NOMINATED)


def phases_of(edition: Edition, now: datetime) -> list[PhaseState]:
    """Every phase in its order, and what it is at this moment."""
    rules = rules_of(edition)
    found = []
    for kind in KINDS:
        phase = phase_of(rules.phases, kind)
        if phase is None:
            state = UNKNOWN
        elif now < phase.starts:
            state = BEFORE
        else:
            state = OPEN if phase.holds(now) else OVER
        found.append(PhaseState(kind, phase, state))
    return found


def is_open(edition: Edition, kind: str, now: datetime) -> bool:
    """Whether the phase is open at the moment."""
    phase = phase_of(rules_of(edition).phases, kind)
    return phase is not None and phase.holds(now)


def is_vote_over(edition: Edition, now: datetime) -> bool:
    """Whether the vote was held and has ended."""
    phase = phase_of(rules_of(edition).phases, VOTE)
    return phase is not None and now >= phase.ends


def moves_of(edition: Edition) -> Sequence[PhaseMove]:
    """The moves of dates, the last first."""
    return list(edition.moves.order_by("-pk"))


@lru_cache(maxsize=64)
def _line_title(code: str, language: str) -> str:
    return catalogue().frameworks["wsis"][code].title.get(language)


def category_title(category: Category, language: str) -> str:
    """The name of a category in a language: that of its line, or the title the rules give it."""
    return category.title or (_line_title(category.line, language) if category.line else category.code)


def category_titles(edition: Edition, language: str) -> dict[str, str]:
    """The code of each category to its name, in the order of the ballot paper."""
    return {item.code: category_title(item, language) for item in rules_of(edition).categories}
