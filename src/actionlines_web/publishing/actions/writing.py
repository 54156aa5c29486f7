"""What people do in the parts of a report: write, comment, give a part to somebody, say that it is done."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.reports.narrative import MOST_CHARACTERS
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_email
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import page_address, queue_message
from actionlines_web.publishing.actions.held import kept, writable
from actionlines_web.publishing.models import Comment, Part, Passage, Report
from actionlines_web.publishing.rules import keeps, writes


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the passage since the writer read it; `passage` is as it stands."""

    def __init__(self, passage: Passage) -> None:
        super().__init__(str(passage))
        self.passage = passage


@transaction.atomic
def save_passage(actor: Actor, part: Part, language: str, text: str, *, seen: int) -> Passage:
    """Set what stands in a part in one language.

    Args:
        seen: the number of the passage that the writer had before them; 0 for none.

    Raises:
        PermissionDenied: the part is not the actor's to write.
        InputError: the report is not being written, has no such language, or the text is too long.
        ChangedMeanwhileError: somebody else has changed it meanwhile.
    """
    held = writable(actor, part)
    if language not in held.report.languages:
        raise InputError(
            [Problem(marked("“%(value)s” is not known."), {"value": language}, column="language")]
        )
    if len(text) > MOST_CHARACTERS:
        most = {"most": MOST_CHARACTERS}
        raise InputError([Problem(marked("at most %(most)d characters."), most, column="text")])
    found, _ = Passage.objects.select_for_update().get_or_create(part=held, language=language)
    if found.number != seen:
        raise ChangedMeanwhileError(found)
    text = text.replace("\r\n", "\n").strip()
    if text == found.text:
        return found
    found.text, found.number, found.author = (
        text,
        found.number + 1,
        actor if isinstance(actor, User) else None,
    )
    found.save()
    # The text may name people: the trail keeps that it changed, not what it says.
    write_record(actor, "write part", held.report, {"name": held.name, "language": language})
    return found


@transaction.atomic
def assign_part(actor: Actor, part: Part, address: str) -> None:
    """Give a part to somebody with an account, who is told; '' takes it back.

    Raises:
        PermissionDenied: the actor does not keep the report.
        InputError: nobody has this address, or the report is not being written.
    """
    report = kept(actor, part.report, Report.State.WRITING)
    held = Part.objects.select_for_update().get(pk=part.pk)
    person = user_by_email(address) if address else None
    if address and person is None:
        raise InputError(
            [
                Problem(
                    marked("nobody here has the address “%(address)s”."),
                    {"address": address[:80]},
                    column="assignee",
                    expected=marked("the address of somebody with an account."),
                )
            ]
        )
    if held.assignee_id == (person.pk if person else None):
        return
    held.assignee, held.finished = person, False
    held.save(update_fields=["assignee", "finished"])
    write_record(actor, "assign part", report, {"name": held.name})
    if person is not None and person != actor:
        values = {
            "report": report.title,
            "part": held.titles.get(report.languages[0], held.name),
            "address": page_address(person, "publishing:part", report.key, held.name),
        }
        queue_message(actor, person, "report-part", values)


@transaction.atomic
def finish_part(actor: Actor, part: Part, *, finished: bool) -> None:
    """Say that a part is done, or that it is not."""
    held = writable(actor, part)
    held.finished = finished
    held.save(update_fields=["finished"])
    write_record(actor, "finish part", held.report, {"name": held.name})


@transaction.atomic
def comment_on(actor: Actor, part: Part, text: str) -> Comment:
    """Say something about a part to those who work on the report.

    Raises:
        PermissionDenied: the actor does not work on it.
        InputError: no text.
    """
    _works(actor, part)
    if not text.strip():
        raise InputError([Problem(marked("“%(key)s” is missing."), {"key": "text"}, column="text")])
    author = actor if isinstance(actor, User) else None
    made = Comment.objects.create(part=part, author=author, text=text.strip()[:5000])
    write_record(actor, "comment", part.report, {"name": part.name})
    return made


@transaction.atomic
def settle_comment(actor: Actor, part: Part, number: int) -> None:
    """Note that a comment has been dealt with; Comment.DoesNotExist where there is no such one."""
    _works(actor, part)
    found = Comment.objects.select_for_update().get(part=part, pk=number)
    if found.settled_at is None:
        found.settled_at = timezone.now()
        found.save(update_fields=["settled_at"])
        write_record(actor, "settle comment", part.report, {"name": part.name})


def _works(actor: Actor, part: Part) -> None:
    if not (keeps(actor, part.report) or writes(actor, part.report)):
        raise PermissionDenied("only for those who work on the report")
