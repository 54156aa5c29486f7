"""Reports, their parts and versions, as pages and actions read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.jobs.queries import Status, status_of
from actionlines_web.publishing.models import Comment, Part, Passage, Report, Schedule, Version
from actionlines_web.publishing.rules import is_coordinator, keeps, writes

PAGE = 50


def narrative_of(report: Report) -> dict[str, dict[str, str]]:
    """What people have written: part → language → text, without empty ones."""
    found: dict[str, dict[str, str]] = {}
    rows = Passage.objects.filter(part__report=report).exclude(text="").order_by("part__name", "language")
    for name, language, text in rows.values_list("part__name", "language", "text"):
        found.setdefault(name, {})[language] = text
    return found


def newest_made(report: Report) -> Version | None:
    """The newest version that is there."""
    return report.versions.exclude(made_at=None).order_by("-number").first()


def sees_report(actor: Actor, report: Report) -> bool:
    """Whether the actor may see it before it is published."""
    return bool(keeps(actor, report) or writes(actor, report))


def sees_version(actor: Actor, version: Version) -> bool:
    """Everybody sees what was published, who works on the report the others too."""
    return version.published_at is not None or sees_report(actor, version.report)


def works_on_any(actor: Actor) -> bool:
    """Whether a part of any report was given to the actor, or any is theirs."""
    if not isinstance(actor, User):
        return False
    return Part.objects.filter(assignee=actor).exists() or Report.objects.filter(owner=actor).exists()


def reports_of(actor: Actor, before: int | None = None) -> Sequence[Report]:
    """A page of the reports the actor may see, the newest first; `before` is the last one of the page before."""
    found = Report.objects.select_related("owner").order_by("-pk")
    if not is_coordinator(actor):
        found = found.filter(
            Q(owner=actor.pk) | Q(pk__in=Part.objects.filter(assignee=actor.pk).values("report"))
        )
    if before:
        found = found.filter(pk__lt=before)
    return found[: PAGE + 1]


def published(before: int | None = None) -> Sequence[Version]:
    """A page of what was published, the newest first: every version has its own permanent address."""
    found = Version.objects.exclude(published_at=None).select_related("report").order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    return found[: PAGE + 1]


def version_of(key: str, number: int) -> Version | None:
    """A version that is there."""
    return (
        Version.objects.select_related("report__owner")
        .filter(report__key=key, number=number)
        .exclude(made_at=None)
        .first()
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A report as its desk shows it.

    Attributes:
        parts: with the number of open comments and the languages that have text.
        versions: the newest first.
        current: the newest version that is there.
        job: where the making of the newest version stands; None when nothing is being made.
        stale: whether people have written since the current version.
    """

    parts: Sequence[Part]
    versions: Sequence[Version]
    current: Version | None
    job: Status | None
    stale: bool


def standing_of(report: Report) -> Standing:
    """How the report stands."""
    open_comments = Count("comments", filter=Q(comments__settled_at=None))
    parts = list(
        report.parts.select_related("assignee")
        .annotate(open_comments=open_comments)
        .prefetch_related("passages")
    )
    versions = list(report.versions.order_by("-number"))
    current = next((version for version in versions if version.made_at), None)
    newest = versions[0] if versions else None
    pending = newest is not None and newest.made_at is None and not newest.refused
    job = status_of(newest) if newest is not None and pending else None
    stale = current is not None and current.narrative != narrative_of(report)
    return Standing(parts, versions, current, job, stale)


def part_of(report: Report, name: str) -> Part | None:
    """A part with its report."""
    return report.parts.select_related("report", "assignee").filter(name=name).first()


def passage_of(part: Part, language: str) -> Passage:
    """What stands in a part in a language; an empty one, not stored, where nothing does."""
    found = part.passages.select_related("author").filter(language=language).first()
    return found or Passage(part=part, language=language)


def comments_on(part: Part) -> QuerySet[Comment]:
    """The comments, the first first."""
    return part.comments.select_related("author")


def schedules() -> QuerySet[Schedule]:
    """All schedules, the next to come first."""
    return Schedule.objects.select_related("owner").order_by("next_on", "pk")


def held_about(user: User, addresses: Sequence[str]) -> dict[str, Any]:
    """What the reports hold about a person, as plain data."""
    known = {address.lower() for address in addresses}
    return {
        "reports": list(Report.objects.filter(owner=user).values("key", "title", "created_at")),
        "parts": list(Part.objects.filter(assignee=user).values("report__key", "name", "finished")),
        "written": list(
            Passage.objects.filter(author=user).values("part__report__key", "part__name", "language", "text")
        ),
        "comments": list(
            Comment.objects.filter(author=user).values("part__report__key", "part__name", "text", "made_at")
        ),
        "told_of": [
            report.key
            for report in Report.objects.exclude(recipients=[])
            if known.intersection(report.recipients)
        ],
        "schedules": list(Schedule.objects.filter(owner=user).values("title", "next_on")),
    }
