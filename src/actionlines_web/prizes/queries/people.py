"""The people of an edition."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionlines_web.accounts.models import User
from actionlines_web.prizes.models import Edition, Project, Reviewer

AUDIENCES: Final[dict[str, str | Promise]] = {
    "all": _("Everybody who takes part"),
    "submitters": _("Those who sent a project"),
    "nominees": _("Those whose project is nominated"),
    "reviewers": _("The reviewers"),
}


def audience(edition: Edition, to: str) -> Sequence[User]:
    """The people of an audience, each once."""
    sent = Project.objects.filter(edition=edition).exclude(state=Project.State.WITHDRAWN)
    if to == "nominees":
        sent = sent.filter(state=Project.State.NOMINATED)
    reviewers = Reviewer.objects.filter(edition=edition)
    wanted = Q()
    if to != "reviewers":
        wanted |= Q(pk__in=sent.values("submitter_id"))
    if to in {"all", "reviewers"}:
        wanted |= Q(pk__in=reviewers.values("user_id"))
    return list(User.objects.filter(wanted, is_active=True, erased_at=None).order_by("pk"))


def reviewers_of(edition: Edition) -> Sequence[Reviewer]:
    """The reviewers of an edition, by name, each with `given` and `scored`: how many projects."""
    found = Reviewer.objects.filter(edition=edition).select_related("user")
    counts = found.annotate(given=Count("assignments"), scored=Count("assignments__overall"))
    return list(counts.order_by("user__name", "pk"))


def reviewer_of(edition: Edition, user: User) -> Reviewer | None:
    """The person as a reviewer of the edition, or None."""
    return Reviewer.objects.select_related("edition", "user").filter(edition=edition, user=user).first()


def reviewing_of(user: User) -> list[dict[str, Any]]:
    """What is kept about a person's work as a reviewer, as plain data."""
    return [
        {
            "edition": reviewer.edition.slug,
            "lines": reviewer.lines,
            "languages": reviewer.languages,
            "country": reviewer.country,
            "projects": list(reviewer.assignments.values("project__code", "scores", "comment", "scored_at")),
            "conflicts": list(reviewer.conflicts.values_list("project__code", flat=True)),
        }
        for reviewer in Reviewer.objects.filter(user=user).select_related("edition")
    ]
