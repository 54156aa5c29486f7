"""Publication: what was submitted becomes an entry of the register, and a revision keeps how it stood."""

from django.utils import timezone

from actionlines.alignment import Basis, Link
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import Actor
from actionlines_web.stocktaking.actions.attachments import publish_attachments
from actionlines_web.stocktaking.actions.contacts import write_contact
from actionlines_web.stocktaking.actions.entries import store_permitted
from actionlines_web.stocktaking.linking import links_of
from actionlines_web.stocktaking.models import Entry, Revision, Submission
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.submissions import fields_of, read_submission

# A revision that nobody made by a form: the register was changed by an import or through the API.
OUTSIDE = "outside"


def publish_submission(actor: Actor, submission: Submission) -> None:
    """Store what a submission says as an entry, in the caller's transaction; `submission.entry` is that entry then.

    Raises:
        ValueError: the entry is archived, or its identifier was taken meanwhile.
    """
    entry, contact, problems = read_submission(submission)
    if entry is None or contact is None:
        raise ValueError(f"submission {submission.pk} has {len(problems)} faults")
    stood = Entry.objects.select_for_update(of=("self",)).filter(identifier=entry.id).first()
    if stood is not None and (stood.pk != submission.entry_id or stood.archived_at is not None):
        raise ValueError(f"entry {entry.id} is archived or another's")
    if stood is not None:
        keep_standing(stood)
    store_permitted(
        actor,
        [entry],
        demonstration=stood is not None and stood.demonstration,
        links={entry.id: _wanted_links(entry, submission)},
        note={"submission": submission.pk},
    )
    row = Entry.objects.get(identifier=entry.id)
    today = timezone.now().date()
    if row.confirmed_on != today:  # nothing of it changed
        Entry.objects.filter(pk=row.pk).update(confirmed_on=today)
        write_postings([row.pk])
    write_contact(actor, row, contact)
    publish_attachments(submission, row)
    keep_revision(row, made_by_id=submission.submitter_id)
    submission.entry = row


def _wanted_links(entry: LibraryEntry, submission: Submission) -> list[Link]:
    """The entry's links without those its owner has refused; what the owner declares, and what contains it, stays."""
    return [
        link
        for link in links_of(entry)
        if link.basis is Basis.DECLARED
        or submission.decisions.get(f"{link.framework}:{link.node}") is not False
    ]


def keep_standing(entry: Entry) -> None:
    """A revision of what the register holds, where the last one is not that: it was changed by other ways than this."""
    keep_revision(entry, made_at=entry.changed_at, note=OUTSIDE)


def keep_revision(entry: Entry, **made: object) -> None:
    """A revision of how the entry stands now, where the last one differs; `made` is who, when and by what way."""
    fields = fields_of(entry)
    last = Revision.objects.filter(entry=entry).order_by("number").last()
    if last is None or last.fields != fields:
        number = last.number + 1 if last else 1
        Revision.objects.create(entry=entry, number=number, fields=fields, **made)
