"""What an organisation or a person has in the register."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.models import (
    Entry,
    EntryAttachment,
    EntryContact,
    ExportFile,
    ImportBatch,
    LinkDecision,
    Revision,
    Submission,
    SubmissionStep,
)


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


def names_person(fields: Mapping[str, Any], user: User, addresses: Collection[str]) -> bool:
    """Whether a submission's fields name the person as the contact, by an address or by name without one."""
    email, name = fields.get("contact_email", "").lower(), fields.get("contact_name", "")
    return email in addresses or (bool(name) and not email and name == user.name)


def contacts_naming(user: User, addresses: Collection[str]) -> Sequence[EntryContact]:
    """The contacts of entries that are this person."""
    by_address = Q(email__in=addresses)
    by_name = Q(email="", name=user.name) if user.name else Q(pk__in=())
    return list(EntryContact.objects.filter(by_address | by_name).select_related("entry").order_by("pk"))


def submissions_naming(user: User, addresses: Collection[str]) -> Sequence[Submission]:
    """The submissions, anybody's, that name this person as the contact."""
    wanted = Q(pk__in=())
    for kept in ("fields", "base"):
        for address in addresses:
            wanted |= Q(**{f"{kept}__contact_email__iexact": address})
        if user.name:
            wanted |= Q(**{f"{kept}__contact_name": user.name})
    found = Submission.objects.filter(wanted).order_by("pk")
    return [
        item
        for item in found
        if any(names_person(kept, user, addresses) for kept in (item.fields, item.base))
    ]


def held_about(user: User, addresses: Collection[str]) -> dict[str, Any]:
    """What the register holds about a person, as plain data.

    Submissions with their steps, steps on others', files, entries that name the person as the contact, imports, exports.
    """
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
        "decisions_on_links": list(
            LinkDecision.objects.filter(reviewer=user, copy_of=None)
            .order_by("pk")
            .values("entry__identifier", "framework", "node", "accepted", "at")
        ),
        "files": list(
            EntryAttachment.objects.filter(added_by=user).order_by("pk").values("name", "size", "added_at")
        ),
        "contact_of": [
            {"entry": item.entry.identifier, "name": item.name, "email": item.email}
            for item in contacts_naming(user, addresses)
        ],
        "revisions": list(
            Revision.objects.filter(made_by=user).values("entry__identifier", "number", "made_at", "note")
        ),
        "files_made": list(
            ExportFile.objects.filter(owner=user)
            .order_by("pk")
            .values("form", "params", "language", "ordered_at", "made_at", "entries", "size")
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
