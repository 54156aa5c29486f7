"""What an organisation or a person has in the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.models import Entry, ImportBatch, Revision, Submission, SubmissionStep


@dataclass(frozen=True, slots=True)
class Belongings:
    """How many entries and submissions an organisation has."""

    organisation: int
    entries: int
    submissions: int

    def among(self, identifiers: Iterable[str]) -> list[str]:
        """Those of the identifiers that are entries of the organisation."""
        found = Entry.objects.filter(organisation_id=self.organisation, identifier__in=list(identifiers))
        return list(found.values_list("identifier", flat=True))


def belongings_of(organisation: int) -> Belongings:
    """What an organisation has in the register, archived entries among it."""
    return Belongings(
        organisation,
        Entry.objects.filter(organisation_id=organisation).count(),
        Submission.objects.filter(organisation_id=organisation).count(),
    )


def held_about(user: User) -> dict[str, Any]:
    """What the register holds about a person, as plain data: submissions with their steps, own steps, imports."""
    submissions = Submission.objects.filter(submitter=user).prefetch_related("steps").order_by("pk")
    own_steps = SubmissionStep.objects.filter(actor=user).exclude(submission__submitter=user).order_by("pk")
    return {
        "submissions": [
            {
                "identifier": item.identifier,
                "title": item.title,
                "state": item.state,
                "fields": item.fields,
                "decisions": item.decisions,
                "created_at": item.created_at,
                "changed_at": item.changed_at,
                "submitted_at": item.submitted_at,
                "steps": [
                    {
                        "action": step.action,
                        "comment": step.comment,
                        "at": step.at,
                        "own": step.actor_id == user.pk,
                    }
                    for step in item.steps.all()
                    if not step.internal or step.actor_id == user.pk
                ],
            }
            for item in submissions
        ],
        "steps_on_submissions_of_others": list(
            own_steps.values("submission__identifier", "action", "comment", "internal", "at")
        ),
        "revisions": list(
            Revision.objects.filter(made_by=user).values("entry__identifier", "number", "made_at", "note")
        ),
        "imports": list(
            ImportBatch.objects.filter(uploaded_by=user).values("file_name", "created_at", "state", "counts")
        ),
    }


def erasable(user: User) -> tuple[int, int]:
    """How many of a person's submissions would go with the account, and how many stay because they were published."""
    mine = Submission.objects.filter(submitter=user)
    staying = mine.filter(state=Submission.State.PUBLISHED).count()
    return mine.count() - staying, staying
