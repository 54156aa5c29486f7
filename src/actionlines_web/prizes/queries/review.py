"""The expert review: what a reviewer sees, and what the coordinators see of all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from actionlines.agreement import interval, krippendorff_alpha
from actionlines.prizes.review import Normalised, Reviewed, normalise
from actionlines.prizes.review import Reviewer as LibraryReviewer
from actionlines.prizes.rules import Rules
from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import member_organisations
from actionlines_web.prizes.models import Assignment, Edition, Project, Reviewer
from actionlines_web.prizes.queries.editions import rules_of

# What a reviewer reads of a project, in this order; in the blind mode without who and where.
READ: Final = (
    *("title", "description", "rationale", "impact", "results", "lines", "targets", "gdc", "start", "end"),
    *("partners", "challenges", "replicability", "sustainability", "values", "technology"),
    *("organisation", "stakeholder_type", "country", "website"),
)
HIDDEN: Final = frozenset({"organisation", "stakeholder_type", "country", "website", "partners"})
_MASK: Final = "▇▇▇"
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project as a reviewer reads it: field to text."""

    code: str
    title: str
    category: str
    language: str
    fields: Mapping[str, str]


def sheet_of(project: Project, rules: Rules) -> Sheet:
    """The project for a reviewer; in the blind mode nothing tells who sent it.

    The fields about who are left out; in the others the organisation's name, the submitter's name and addresses of
    pages and mail are masked.
    """
    fields = {name: project.fields[name] for name in READ if project.fields.get(name)}
    title = project.title
    if rules.blind:
        hidden = _names(project)
        fields = {name: _masked(text, hidden) for name, text in fields.items() if name not in HIDDEN}
        title = _masked(title, hidden)
    fields.pop("title", None)
    return Sheet(project.code, title, project.category, project.language, fields)


def _names(project: Project) -> list[str]:
    """What would tell who sent a project, the longest first."""
    fields: Mapping[str, str] = project.fields
    told = {
        fields.get("organisation", ""),
        project.organisation.name if project.organisation else "",
        project.submitter.name,
        project.submitter.email,
        *fields.get("partners", "").splitlines(),
    }
    return sorted((name.strip() for name in told if len(name.strip()) > 2), key=len, reverse=True)


def _masked(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = re.sub(re.escape(name), _MASK, text, flags=re.IGNORECASE)
    return _ADDRESS.sub(_MASK, text)


def assignments_of(reviewer: Reviewer) -> Sequence[Assignment]:
    """What a reviewer judges, what is not scored first."""
    found = reviewer.assignments.select_related(
        "project", "project__edition", "project__organisation", "project__submitter"
    )
    return list(found.order_by("scored_at", "project__category", "project__code"))


def assignment_for(user: User, edition: Edition, code: str) -> Assignment | None:
    """The assignment of a project to this person, or None."""
    found = Assignment.objects.select_related(
        *("reviewer", "reviewer__user", "project", "project__edition", "project__organisation"),
        "project__submitter",
    )
    return found.filter(reviewer__user=user, project__edition=edition, project__code=code).first()


def as_library(reviewer: Reviewer) -> LibraryReviewer:
    """A reviewer as the library's assignment sees them."""
    return LibraryReviewer(
        id=str(reviewer.pk),
        lines=frozenset(reviewer.lines),
        languages=frozenset(reviewer.languages or ["en"]),
        organisations=frozenset(item.name for item in member_organisations(reviewer.user)),
        country=reviewer.country,
        declared=frozenset(reviewer.conflicts.values_list("project__code", flat=True)),
        most=reviewer.most,
    )


def reviewed(project: Project, rules: Rules) -> Reviewed:
    """A project as the library's assignment sees it."""
    category = rules.category(project.category)
    people = {item.name for item in member_organisations(project.submitter)}
    return Reviewed(
        id=project.code,
        line=category.line if category else "",
        language=project.language,
        organisation=project.fields.get("organisation", ""),
        country=project.country,
        people=frozenset(people),
    )


def ratings(edition: Edition) -> list[tuple[str, str, float]]:
    """(project, reviewer, score out of 100) of every finished review."""
    found = Assignment.objects.filter(project__edition=edition).exclude(overall=None)
    rows = found.order_by("pk").values_list("project__code", "reviewer_id", "overall")
    return [(code, str(reviewer), float(score)) for code, reviewer, score in rows]


@dataclass(frozen=True, slots=True)
class Judged:
    """A project under review with what its reviewers said so far."""

    project: Project
    reviewers: int
    scored: int
    mean: float | None
    adjusted: float | None


@dataclass(frozen=True, slots=True)
class ReviewState:
    """The review of an edition.

    Attributes:
        projects: by category, the best adjusted score first.
        normalised: the reviewers' severity taken out of the scores.
        alpha: how far reviewers agree, or None where too few projects have two scores.
    """

    projects: Sequence[Judged]
    normalised: Normalised
    alpha: float | None


def review_state(edition: Edition) -> ReviewState:
    """How far the review is, with the scores as they would count now."""
    rows = ratings(edition)
    normalised = normalise(rows)
    scores: dict[str, list[float]] = {}
    for code, _, score in rows:
        scores.setdefault(code, []).append(score)
    judged = [
        Judged(
            project,
            project.given,  # type: ignore[attr-defined]
            len(own := scores.get(project.code, [])),
            sum(own) / len(own) if own else None,
            normalised.projects.get(project.code),
        )
        for project in under_review(edition)
    ]
    judged.sort(key=lambda item: (item.project.category, -(item.adjusted or 0.0), item.project.code))
    return ReviewState(judged, normalised, krippendorff_alpha(list(scores.values()), interval))


def under_review(edition: Edition) -> QuerySet[Project]:
    """The projects that passed the screening, each with `given`: how many reviewers it has."""
    states = (Project.State.ACCEPTED, Project.State.NOMINATED, Project.State.PASSED_OVER)
    found = Project.objects.filter(edition=edition, state__in=states)
    return found.annotate(given=Count("assignments", filter=Q(assignments__isnull=False))).order_by("pk")


def is_decided(edition: Edition) -> bool:
    """Whether the shortlist was made: nobody scores any more."""
    states = (Project.State.NOMINATED, Project.State.PASSED_OVER)
    return Project.objects.filter(edition=edition, state__in=states).exists()


def criteria_of(edition: Edition) -> Sequence[str]:
    """The codes of the criteria in the order of the form."""
    return [criterion.code for criterion in rules_of(edition).criteria]
