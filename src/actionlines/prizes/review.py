"""Expert review: who judges what without a conflict, and what the scores say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from actionlines.prizes.eligibility import same
from actionlines.prizes.rules import Criterion, Rules

DECLARED: Final = "declared"
SAME_ORGANISATION: Final = "same-organisation"
SHARED_ORGANISATION: Final = "shared-organisation"
SAME_COUNTRY: Final = "same-country"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who judges projects.

    Attributes:
        id: any name that tells reviewers apart.
        lines: action lines the reviewer knows; empty for all.
        languages: the reviewer reads.
        organisations: names of those the reviewer belongs to.
        country: ISO 3166-1 alpha-3, or ''.
        declared: projects the reviewer has declared a conflict with.
        most: how many projects the reviewer takes at most.
    """

    id: str
    lines: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"en"})
    organisations: frozenset[str] = frozenset()
    country: str = ""
    declared: frozenset[str] = frozenset()
    most: int = 100


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the assignment needs to know of a project; `people` are the organisations of those who submitted it."""

    id: str
    line: str = ""
    language: str = "en"
    organisation: str = ""
    country: str = ""
    people: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who judges what.

    Attributes:
        reviewers: project to its reviewers, in the order of their ids.
        short: project to how many reviewers it lacks, where not enough without a conflict have room.
    """

    reviewers: Mapping[str, tuple[str, ...]]
    short: Mapping[str, int]


def conflicts(reviewer: Reviewer, project: Reviewed, rules: Rules) -> tuple[str, ...]:
    """Why the reviewer may not judge the project: none, one or several of the reasons above."""
    own = {same(name) for name in reviewer.organisations}
    found = [
        (DECLARED, project.id in reviewer.declared),
        (SAME_ORGANISATION, bool(project.organisation) and same(project.organisation) in own),
        (SHARED_ORGANISATION, bool(own & {same(name) for name in project.people})),
        (
            SAME_COUNTRY,
            rules.same_country_conflicts and bool(reviewer.country) and reviewer.country == project.country,
        ),
    ]
    return tuple(reason for reason, holds in found if holds)


def assign(projects: Sequence[Reviewed], reviewers: Sequence[Reviewer], rules: Rules) -> Assignment:
    """Give each project `rules.reviewers` reviewers who read its language, have no conflict, and share the load.

    Those who know the project's line come first, then those with the least to do. Where the pick leaves a later
    project short, earlier picks are moved along (augmenting paths), so that a project is short only when there is
    no way to give it another reviewer. The same input gives the same answer.
    """
    matching = _Matching(projects, reviewers, rules)
    # The projects with the fewest possible reviewers choose first; one reviewer each before anybody gets two.
    order = sorted(matching.chosen, key=lambda project: (len(matching.may[project]), project))
    for _ in range(rules.reviewers):
        for project in order:
            matching.place(project, set())
    chosen = {project: tuple(sorted(found)) for project, found in matching.chosen.items()}
    missing = {project: rules.reviewers - len(found) for project, found in chosen.items()}
    return Assignment(chosen, {project: count for project, count in missing.items() if count})


class _Matching:
    """Projects and reviewers while they are brought together."""

    def __init__(self, projects: Sequence[Reviewed], reviewers: Sequence[Reviewer], rules: Rules) -> None:
        self.most = {reviewer.id: reviewer.most for reviewer in reviewers}
        self.may = {
            project.id: [
                reviewer.id
                for reviewer in reviewers
                if project.language in reviewer.languages and not conflicts(reviewer, project, rules)
            ]
            for project in projects
        }
        lines = {reviewer.id: reviewer.lines for reviewer in reviewers}
        self.strange = {
            (project.id, reviewer)
            for project in projects
            for reviewer in self.may[project.id]
            if lines[reviewer] and project.line not in lines[reviewer]
        }
        self.chosen: dict[str, set[str]] = {project.id: set() for project in projects}
        self.given: dict[str, set[str]] = {reviewer.id: set() for reviewer in reviewers}

    def place(self, project: str, seen: set[str]) -> bool:
        """Give the project one more reviewer, moving others along where all are full; False leaves all as it was."""
        options = self._options(project)
        for reviewer in options:
            if len(self.given[reviewer]) < self.most[reviewer]:
                self._give(project, reviewer)
                return True
        return any(self._displace(project, reviewer, seen) for reviewer in options if reviewer not in seen)

    def _displace(self, project: str, reviewer: str, seen: set[str]) -> bool:
        """Give the reviewer to the project if one of the reviewer's others finds somebody else."""
        seen.add(reviewer)
        for other in sorted(self.given[reviewer]):
            self._take(other, reviewer)
            self._give(project, reviewer)  # before `other` looks around: the reviewer is taken
            if self.place(other, seen):
                return True
            self._take(project, reviewer)
            self._give(other, reviewer)
        return False

    def _options(self, project: str) -> list[str]:
        """Those who may judge it and do not yet: its line first, then the least load."""
        left = [reviewer for reviewer in self.may[project] if reviewer not in self.chosen[project]]
        load = {reviewer: len(self.given[reviewer]) / max(self.most[reviewer], 1) for reviewer in left}
        return sorted(
            left, key=lambda reviewer: ((project, reviewer) in self.strange, load[reviewer], reviewer)
        )

    def _give(self, project: str, reviewer: str) -> None:
        self.chosen[project].add(reviewer)
        self.given[reviewer].add(project)

    def _take(self, project: str, reviewer: str) -> None:
        self.chosen[project].discard(reviewer)
        self.given[reviewer].discard(project)


def overall(scores: Mapping[str, float], criteria: Sequence[Criterion]) -> float:
    """One number from 0 to 100 of a reviewer's scores: their weighted mean, each as a share of its most.

    Raises:
        ValueError: a criterion has no score, or one outside its scale.
    """
    total = 0.0
    for criterion in criteria:
        score = scores.get(criterion.code)
        if score is None or not 0 <= score <= criterion.most:
            raise ValueError(f"{criterion.code}: expected a score from 0 to {criterion.most}, found {score}")
        total += criterion.weight * score / criterion.most
    return 100 * total / sum(criterion.weight for criterion in criteria)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Scores with the reviewers' severity taken out.

    Attributes:
        projects: project to its adjusted mean, on the scale of the scores.
        severity: reviewer to how far above (+, mild) or below (-, severe) the others the reviewer scores.
    """

    projects: Mapping[str, float]
    severity: Mapping[str, float]


def normalise(ratings: Iterable[tuple[str, str, float]], *, shrink: float = 1.0) -> Normalised:
    """Take each reviewer's severity out of the scores.

    The scores are read as project + reviewer + noise and solved by least squares; `shrink` (a ridge on the
    reviewers, in ratings) keeps a reviewer of few projects near nobody's severity. The reviewers' effects sum to 0.

    Args:
        ratings: (project, reviewer, score).
        shrink: 0 for plain least squares.
    """
    rows = list(ratings)
    projects = sorted({project for project, _, _ in rows})
    reviewers = sorted({reviewer for _, reviewer, _ in rows})
    if not rows:
        return Normalised({}, {})
    place = {name: index for index, name in enumerate(projects)}
    seat = {name: len(projects) + index for index, name in enumerate(reviewers)}
    size = len(projects) + len(reviewers)
    system, answer = np.zeros((size, size)), np.zeros(size)
    for project, reviewer, score in rows:
        i, j = place[project], seat[reviewer]
        for left, right in ((i, i), (i, j), (j, i), (j, j)):
            system[left, right] += 1
        answer[i] += score
        answer[j] += score
    for reviewer in reviewers:
        system[seat[reviewer], seat[reviewer]] += shrink
    solution = np.linalg.lstsq(system, answer, rcond=None)[0]
    effects = solution[len(projects) :]
    middle = float(effects.mean())
    return Normalised(
        {project: float(solution[place[project]]) + middle for project in projects},
        {reviewer: float(solution[seat[reviewer]]) - middle for reviewer in reviewers},
    )


def shortlist(scores: Mapping[str, float], categories: Mapping[str, str], most: int) -> Collection[str]:
    """The `most` best projects of each category by score; equal scores at the cut all come in."""
    chosen: set[str] = set()
    for category in set(categories.values()):
        found = sorted(
            (score for project, score in scores.items() if categories[project] == category), reverse=True
        )
        if found and most > 0:
            cut = found[min(most, len(found)) - 1]
            chosen |= {
                project
                for project, score in scores.items()
                if categories[project] == category and score >= cut
            }
    return chosen
