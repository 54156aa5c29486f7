"""What organisations answer to what they are asked."""

from collections.abc import Sequence

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines.results.followup import STATES as ANSWER_STATES
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference as fields_that_differ
from actionlines_web.coordination.models import Answer
from actionlines_web.coordination.queries import known_sets
from actionlines_web.stocktaking.queries import entry_by_identifier


@transaction.atomic
def save_answer(
    actor: Actor,
    organisation: int,
    *,
    ask_set: str,
    number: str,
    state: str,
    text: str,
    entries: Sequence[str] = (),
    public: bool = False,
) -> Answer:
    """What an organisation (its number) says it did about an ask; an earlier answer of it is changed.

    Raises:
        InputError: no such ask, an unknown state, no text, an entry the register does not hold.
    """
    if not rules.has_perm("coordination.answer", actor, organisation):
        raise PermissionDenied("only for members of the organisation")
    known = known_sets().get(ask_set)
    problems = []
    if known is None or number not in {ask.number for ask in known.asks}:
        problems.append(
            Problem(marked("there is no ask %(number)s in “%(code)s”."), {"number": number, "code": ask_set})
        )
    if state not in ANSWER_STATES:
        problems.append(Problem(marked("“%(value)s” is not known."), {"value": state}, column="state"))
    if not text.strip():
        problems.append(Problem(marked("the answer has no text."), column="text"))
    problems.extend(
        Problem(
            marked("the register holds no entry “%(identifier)s”."), {"identifier": item}, column="entries"
        )
        for item in entries
        if entry_by_identifier(item) is None
    )
    if problems:
        raise InputError(problems)
    given = {"state": state, "text": text.strip(), "entries": list(entries), "public": public}
    found = (
        Answer.objects.select_for_update()
        .filter(ask_set=ask_set, number=number, organisation_id=organisation)
        .first()
    )
    before = {name: getattr(found, name) for name in given} if found else {}
    answer = found or Answer(ask_set=ask_set, number=number, organisation_id=organisation)
    for name, value in given.items():
        setattr(answer, name, value)
    answer.author = actor if isinstance(actor, User) else None
    answer.save()
    # The text is the organisation's and may name people: the trail keeps that it changed, not what it said.
    changed = sorted(fields_that_differ(before, given))
    write_record(actor, "answer", answer, {"name": f"{ask_set} {number}", "fields": changed})
    return answer


def erase_author(user: User) -> None:
    """Forget who wrote an answer; it stays, for it is the organisation's."""
    Answer.objects.filter(author=user).update(author=None)
