"""Projects: of a person, of an edition, and as the library's rules see them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from actionlines.prizes import Project as LibraryProject
from actionlines.prizes import Verdict, eligibility
from actionlines.prizes.phases import SUBMISSION, phase_of
from actionlines.prizes.rules import FIELDS
from actionlines.stocktaking import word_count
from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.prizes.models import Edition, Project, ProjectStep
from actionlines_web.prizes.queries.editions import rules_of

PAGE_SIZE: Final = 100
# The states of a project that was sent and is not taken back.
SENT: Final = (
    Project.State.SUBMITTED,
    Project.State.ACCEPTED,
    Project.State.NOMINATED,
    Project.State.PASSED_OVER,
)


def project_by_code(edition: Edition, code: str) -> Project | None:
    """The project with this code, or None."""
    found = Project.objects.filter(edition=edition, code=code)
    return found.select_related("edition", "submitter", "organisation", "entry").first()


def own_projects(actor: User, edition: Edition | None = None) -> QuerySet[Project]:
    """What the actor and the actor's organisations send in, the last first."""
    own = Q(submitter_id=actor.pk) | Q(organisation_id__in=organisations_of(actor))
    found = Project.objects.filter(own).select_related("edition").order_by("-pk")
    return found.filter(edition=edition) if edition else found


def project_page(
    edition: Edition, *, state: str = "", category: str = "", late: bool = False, after: str = ""
) -> tuple[list[Project], str]:
    """Projects of an edition for its coordinators, by category, and the code after which the next page begins ('': none).

    Args:
        after: the code of the last project of the page before.
    """
    found = Project.objects.filter(edition=edition).exclude(state=Project.State.DRAFT, late_reason="")
    if state:
        found = found.filter(state=state)
    if category:
        found = found.filter(category=category)
    if late:
        found = found.exclude(late_reason="").filter(late=None)
    last = Project.objects.filter(edition=edition, code=after).first() if after else None
    if last is not None:
        found = found.filter(Q(category__gt=last.category) | Q(category=last.category, pk__gt=last.pk))
    rows = list(found.select_related("submitter").order_by("category", "pk")[: PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].code if len(rows) > PAGE_SIZE else ""


def nominee_page(edition: Edition, category: str) -> list[Project]:
    """The nominees of a category, by code."""
    return list(
        Project.objects.filter(edition=edition, state=Project.State.NOMINATED, category=category).order_by(
            "pk"
        )
    )


def nominee_counts(edition: Edition) -> dict[str, int]:
    """How many nominees stand in each category."""
    found = Project.objects.filter(edition=edition, state=Project.State.NOMINATED)
    return dict(found.values_list("category").annotate(Count("pk")))


def steps_of(project: Project) -> QuerySet[ProjectStep]:
    """What happened to a project, the first first."""
    return project.steps.order_by("pk")


def as_library(project: Project) -> LibraryProject:
    """A project as the library's rules see it."""
    fields: Mapping[str, str] = project.fields
    return LibraryProject(
        id=project.code,
        title=fields.get("title", ""),
        organisation=fields.get("organisation", ""),
        categories=(project.category,) if project.category else (),
        fields={name: fields.get(name, "") for name in FIELDS},
        language=project.language,
        words=word_count(fields.get("description", ""), project.language),
        ends_year=_year(fields.get("end", "")),
        entry=project.entry.identifier if project.entry else "",
        submitted_at=project.submitted_at,
        late=project.late is True,
    )


def _year(said: str) -> int | None:
    try:
        return date.fromisoformat(said).year
    except ValueError:
        return int(said) if len(said) == 4 and said.isdecimal() else None


def verdicts(project: Project, now: datetime) -> tuple[Verdict, ...]:
    """What every rule of the edition says of the project at this moment."""
    others = Project.objects.filter(edition=project.edition, state__in=SENT).exclude(pk=project.pk)
    return eligibility(
        as_library(project),
        rules_of(project.edition),
        others=[as_library(other) for other in others.select_related("entry")],
        winners=winners_before(project.edition),
        now=now,
    )


def winners_before(edition: Edition) -> set[str]:
    """Titles and entries that won an earlier edition."""
    won = Project.objects.filter(winner=True, edition__year__lt=edition.year).select_related("entry")
    found = {project.title for project in won}
    return found | {project.entry.identifier for project in won if project.entry}


def is_late(project: Project, now: datetime) -> bool:
    """Whether the end of the submission has passed without the project being let in."""
    phase = phase_of(rules_of(project.edition).phases, SUBMISSION)
    return phase is not None and now >= phase.ends and project.late is not True


def library_fields(row: Mapping[str, str]) -> dict[str, str]:
    """Of an entry's columns those that a project has too."""
    return {name: row[name] for name in FIELDS if row.get(name)}


def held_about(user: User) -> list[dict[str, Any]]:
    """The projects a person sent in, as plain data."""
    found: Sequence[Project] = list(Project.objects.filter(submitter=user).select_related("edition"))
    return [
        {
            "edition": item.edition.slug,
            "code": item.code,
            "state": item.state,
            "category": item.category,
            "fields": item.fields,
            "submitted_at": item.submitted_at,
        }
        for item in found
    ]


def word_total(project: Project) -> int:
    """How many words the description has, as its language counts them."""
    return word_count(project.fields.get("description", ""), project.language)
