"""Deleting what never came into the register: the submission, all that was said about it, and its files."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.stocktaking.workflow import DELETABLE
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.stocktaking.actions.attachments import remove_attachment
from actionlines_web.stocktaking.models import EntryAttachment, Submission
from actionlines_web.stocktaking.rules import owns


@transaction.atomic
def delete_submission(actor: User, submission: Submission) -> None:
    """Delete a draft, or what was withdrawn, for good.

    Raises:
        PermissionDenied: the actor does not own it.
        ValueError: it is with the moderators, or was published.
    """
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if not owns(actor, locked):
        raise PermissionDenied("only its owner deletes a submission")
    if locked.state not in DELETABLE:
        raise ValueError(f"submission {locked.pk} is {locked.state}")
    number = locked.pk
    remove_submission(locked)
    locked.pk = number  # for the record of who did so
    write_record(actor, "delete", locked)


def remove_submission(submission: Submission) -> None:
    """Delete the rows in the caller's transaction, and the files once that stands."""
    for item in EntryAttachment.objects.filter(submission=submission):
        remove_attachment(item)
    submission.delete()
