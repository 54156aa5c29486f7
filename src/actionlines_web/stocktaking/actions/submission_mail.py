"""What the two sides of a submission are told by mail."""

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.outbox.actions import page_address, queue_message
from actionlines_web.stocktaking.models import Submission

_KINDS = {
    "submit": "submission-received",
    "return": "submission-returned",
    "refuse": "submission-refused",
    "publish": "submission-published",
}


def tell_of_step(actor: Actor, submission: Submission, step: str, comment: str) -> None:
    """The submitter's receipt, and what was decided; other steps are nobody's mail."""
    kind = _KINDS.get(step)
    reader = submission.submitter
    if kind is None:
        return
    values = {"title": submission.title or submission.identifier, "address": _address(reader, submission)}
    if kind in {"submission-returned", "submission-refused"}:
        values["comment"] = comment
    if kind == "submission-published" and submission.entry is not None:
        values["address"] = page_address(reader, "stocktaking:entry", submission.entry.identifier)
    if kind == "submission-received":
        values["identifier"] = submission.identifier
    queue_message(_sender(actor), reader, kind, values)


def tell_of_comment(actor: Actor, submission: Submission, comment: str) -> None:
    """The submitter of what a moderator says, and the moderator who has taken it of what the owner says."""
    for reader in (submission.submitter, submission.moderator):
        if reader is not None and reader != actor:
            values = {
                "title": submission.title or submission.identifier,
                "comment": comment,
                "address": _address(reader, submission),
            }
            queue_message(_sender(actor), reader, "submission-comment", values)


def _address(reader: User, submission: Submission) -> str:
    return page_address(reader, "stocktaking:submission", submission.pk)


def _sender(actor: Actor) -> Actor:
    return actor if isinstance(actor, User | System) else System("site")
