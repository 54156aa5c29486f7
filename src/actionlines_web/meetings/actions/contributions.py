"""Contributions: begun, written in a language, submitted with a number, revised, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.results.contributions import is_late, takes_documents
from actionlines.text import LANGUAGES, search_terms
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.meetings.models import Contribution, Meeting, Revision, Words
from actionlines_web.meetings.rules import sees_meeting

WORD_FIELDS: Final = ("title", "summary", "action", "references")
_MOST: Final[Mapping[str, int]] = {"title": 300, "summary": 10_000, "action": 5_000, "references": 5_000}
# A document is indexed with at most so many different words.
MOST_TERMS: Final = 20_000


def held_contribution(actor: Actor, number: int) -> Contribution:
    """The contribution, locked, where the actor may write it.

    Raises:
        PermissionDenied: it is another organisation's.
    """
    found = Contribution.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=number)
    if not rules.has_perm("meetings.contribute", actor, found.organisation_id):
        raise PermissionDenied("only for members of the organisation")
    return found


@transaction.atomic
def start_contribution(actor: Actor, meeting: Meeting, organisation: int) -> Contribution:
    """Begin a contribution of an organisation (its number), as a draft.

    Raises:
        InputError: the meeting is over.
    """
    if not rules.has_perm("meetings.contribute", actor, organisation) or not sees_meeting(actor, meeting):
        raise PermissionDenied("only for members of the organisation")
    _check_open(meeting)
    made = Contribution.objects.create(
        meeting=meeting, organisation_id=organisation, author=actor if isinstance(actor, User) else None
    )
    write_record(actor, "create", made, {"name": meeting.slug})
    return made


@transaction.atomic
def save_words(
    actor: Actor,
    number: int,
    language: str,
    words: Mapping[str, str],
    *,
    item: str = "",
    restricted: bool = False,
) -> Contribution:
    """Write the texts of a contribution in a language; of one that is submitted this makes a revision.

    Args:
        words: WORD_FIELDS; title, summary and action are needed.
        item: number of the agenda item it is about, or ''.
        restricted: whether only members may read it.

    Raises:
        InputError: a text is missing or too long, no such language or item, the contribution is withdrawn or its
            meeting is over.
    """
    found = held_contribution(actor, number)
    given = {name: words.get(name, "").strip() for name in WORD_FIELDS}
    problems = [
        Problem(
            marked("“%(key)s” is missing or too long."),
            {"key": name, "most": _MOST[name]},
            column=name,
            expected=marked("a text of at most %(most)d characters."),
        )
        for name, text in given.items()
        if len(text) > _MOST[name] or (not text and name != "references")
    ]
    if language not in LANGUAGES:
        problems.append(Problem(marked("“%(value)s” is not known."), {"value": language}, column="language"))
    chosen = found.meeting.agenda.filter(number=item).first() if item else None
    if item and chosen is None:
        problems.append(Problem(marked("“%(value)s” is not known."), {"value": item}, column="item"))
    if problems:
        raise InputError(problems)
    if found.state == Contribution.State.WITHDRAWN:
        raise InputError([Problem(marked("the contribution was withdrawn."))])
    stood = found.words.filter(language=language).first()
    before = {name: getattr(stood, name) for name in WORD_FIELDS} if stood else {}
    same = before == given and found.item_id == (chosen.pk if chosen else None)
    if same and found.restricted == restricted:
        return found
    if found.number and before != given:
        _check_open(found.meeting)
        found.revision += 1
    Words.objects.update_or_create(contribution=found, language=language, defaults=given)
    found.item, found.restricted = chosen, restricted
    index_contribution(found)
    found.save()
    if found.number and before != given:
        _keep_revision(found)
    # What it says is its organisation's: the trail keeps which texts changed, not what they say.
    changed = sorted(name for name in given if before.get(name, "") != given[name])
    write_record(
        actor, "revise" if found.number else "change", found, {"language": language, "fields": changed}
    )
    return found


@transaction.atomic
def submit_contribution(actor: Actor, number: int, now: datetime | None = None) -> Contribution:
    """Send a contribution in: it gets the next number of its meeting, and is late after the deadline.

    Raises:
        InputError: it has no texts, is no draft, or its meeting is over.
    """
    moment = now or timezone.now()
    found = held_contribution(actor, number)
    # One at a time for each meeting, so that no number is given twice or left out.
    meeting = Meeting.objects.select_for_update().get(pk=found.meeting_id)
    if found.state != Contribution.State.DRAFT:
        raise InputError([Problem(marked("the contribution was sent in already."))])
    if not found.words.exists():
        raise InputError([Problem(marked("the contribution has no text."))])
    if not takes_documents(meeting.last_day, timezone.localdate(moment)):
        raise _over()
    found.number = (meeting.contributions.aggregate(last=Max("number"))["last"] or 0) + 1
    found.state, found.submitted_at = Contribution.State.SUBMITTED, moment
    found.late = is_late(moment, meeting.deadline)
    found.save()
    _keep_revision(found)
    write_record(actor, "submit", found, {"name": found.code, "late": found.late})
    return found


@transaction.atomic
def withdraw_contribution(actor: Actor, number: int) -> Contribution:
    """Take a contribution back; a number it had is not given again, a draft is deleted."""
    found = held_contribution(actor, number)
    write_record(actor, "withdraw", found, {"name": found.code})
    if found.state == Contribution.State.DRAFT:
        for file in found.files.all():
            path, storage = file.file.name, file.file.storage
            transaction.on_commit(lambda path=path, storage=storage: storage.delete(path))  # type: ignore[misc]
        found.delete()
    else:
        found.state = Contribution.State.WITHDRAWN
        found.save(update_fields=["state", "changed_at"])
    return found


def index_contribution(contribution: Contribution) -> None:
    """Put the words of all texts and files where a search looks, in the caller's transaction; does not save."""
    texts = [
        f"{words.title} {words.summary} {words.action} {words.references}"
        for words in contribution.words.all()
    ]
    texts += contribution.files.values_list("text", flat=True)
    terms = list(dict.fromkeys(search_terms(" ".join(texts))))[:MOST_TERMS]
    contribution.terms = f" {' '.join(terms)} " if terms else ""


def erase_contributor(user: User) -> None:
    """Forget who wrote a contribution; it stays, for it is the organisation's."""
    Contribution.objects.filter(author=user).update(author=None)


def _keep_revision(contribution: Contribution) -> None:
    kept = [
        {"language": words.language, **{name: getattr(words, name) for name in WORD_FIELDS}}
        for words in contribution.words.order_by("pk")
    ]
    Revision.objects.create(contribution=contribution, number=contribution.revision, words=kept)


def _check_open(meeting: Meeting) -> None:
    if not takes_documents(meeting.last_day, timezone.localdate()):
        raise _over()


def _over() -> InputError:
    return InputError([Problem(marked("the meeting is over: documents are no longer taken."))])
