"""Sets of asks that a coordinator loads, who is asked, and reminders of what is due."""

from collections.abc import Mapping, Sequence
from datetime import date

import rules
from babel.dates import format_date
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.results.followup import Ask, AskSet, as_plain, ask_sets, check_set, reminder_step
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_id
from actionlines_web.audit.actions import write_record
from actionlines_web.coordination.models import Addressee, Answer, LoadedSet, Reminder
from actionlines_web.coordination.queries import known_sets, waiting_organisations
from actionlines_web.organisations.queries import names_of, organisation_by_name, people_of
from actionlines_web.outbox.actions import page_address, queue_message, reading_language

KIND = "asks-due"
# Codes that would stand in the way of other addresses.
_TAKEN = ("overview", "load")


@transaction.atomic
def load_ask_set(actor: Actor, found: AskSet, *, dry_run: bool = False) -> Mapping[str, Sequence[str]]:
    """Keep a set of asks, in place of an earlier one of this code; answers stay with their numbers.

    Returns:
        The numbers that are 'added', 'changed' and 'removed'.

    Raises:
        InputError: the set cannot be kept, its code is one that comes with the product, or an ask that was answered
            is gone from it.
    """
    if not rules.has_perm("coordination.load_asks", actor):
        raise PermissionDenied("only for coordinators")
    check_set(found)
    if found.code in ask_sets() or found.code in _TAKEN:
        raise InputError(
            [Problem(marked("the code “%(code)s” is taken."), {"code": found.code}, column="code")]
        )
    kept = LoadedSet.objects.select_for_update().filter(code=found.code).first()
    before = {item["number"]: item for item in kept.content["ask"]} if kept else {}
    after = {item["number"]: item for item in as_plain(found)["ask"]}
    changes = {
        "added": [number for number in after if number not in before],
        "changed": [number for number in after if number in before and after[number] != before[number]],
        "removed": [number for number in before if number not in after],
    }
    answered = set(
        Answer.objects.filter(ask_set=found.code, number__in=changes["removed"]).values_list(
            "number", flat=True
        )
    )
    if answered:
        told = {"numbers": ", ".join(sorted(answered))}
        raise InputError(
            [Problem(marked("asks with answers are missing: %(numbers)s."), told, column="number")]
        )
    if dry_run:
        return changes
    kept = kept or LoadedSet(code=found.code)
    kept.content = as_plain(found)
    kept.save()
    Addressee.objects.filter(ask_set=found.code, number__in=changes["removed"]).delete()
    counts = {name: len(numbers) for name, numbers in changes.items()}
    write_record(actor, "load asks", kept, {"name": found.code, "rows": counts})
    return changes


@transaction.atomic
def ask_organisation(actor: Actor, *, ask_set: str, number: str, name: str) -> Addressee:
    """Note that an organisation of the register is asked: it is reminded before the day.

    Raises:
        InputError: no such ask, or no such organisation.
    """
    if not rules.has_perm("coordination.load_asks", actor):
        raise PermissionDenied("only for coordinators")
    known = known_sets().get(ask_set)
    if known is None or number not in {ask.number for ask in known.asks}:
        told = {"number": number, "code": ask_set}
        raise InputError([Problem(marked("there is no ask %(number)s in “%(code)s”."), told)])
    organisation = organisation_by_name(name)
    if organisation is None:
        raise InputError(
            [Problem(marked("the register holds no organisation “%(name)s”."), {"name": name}, column="name")]
        )
    made, new = Addressee.objects.get_or_create(
        ask_set=ask_set, number=number, organisation_id=organisation.pk
    )
    if new:
        write_record(actor, "ask organisation", made, {"name": f"{ask_set} {number}"})
    return made


@transaction.atomic
def stop_asking(actor: Actor, number: int) -> None:
    """Take an organisation off those who are asked; what it answered stays."""
    if not rules.has_perm("coordination.load_asks", actor):
        raise PermissionDenied("only for coordinators")
    found = Addressee.objects.select_for_update().get(pk=number)
    write_record(actor, "stop asking", found, {"name": f"{found.ask_set} {found.number}"})
    found.delete()


def remind_asked(today: date | None = None) -> int:
    """Remind organisations of what they are asked by a day, each step once; returns how many messages were queued.

    Each organisation is one transaction that notes the steps, so a second run, or one cut off, reminds of nothing twice.
    """
    day = today or timezone.localdate()
    due = {
        (found.code, ask.number): (found, ask, step)
        for found in known_sets().values()
        for ask in found.asks
        if (step := reminder_step(ask.due, day)) is not None
    }
    return sum(_remind(organisation, due) for organisation in waiting_organisations(due))


@transaction.atomic
def _remind(organisation: int, due: Mapping[tuple[str, str], tuple[AskSet, Ask, int]]) -> int:
    wanted = waiting_organisations(due, organisation).get(organisation, [])
    new: list[tuple[AskSet, Ask]] = []
    for key in sorted(wanted):
        found, ask, step = due[key]
        _, made = Reminder.objects.get_or_create(
            ask_set=found.code, number=ask.number, organisation_id=organisation, step=step
        )
        if made:
            new.append((found, ask))
    if not new:
        return 0
    names = dict(names_of([organisation]))
    sent = 0
    for person in sorted(people_of(organisation)):
        reader = user_by_id(person)
        if reader is not None and reader.is_active:
            sent += (
                queue_message(System("reminder"), reader, KIND, _values(reader, names[organisation], new))
                is not None
            )
    return sent


def _values(reader: User, organisation: str, asks: Sequence[tuple[AskSet, Ask]]) -> dict[str, str]:
    language = reading_language(reader)
    lines = []
    for found, ask in asks:
        due = format_date(ask.due or date.max, "long", locale=language)  # one without a day has no step
        address = page_address(reader, "coordination:ask", found.code, ask.number)
        lines.append(f"{found.title.get(language)}, {ask.number} ({due})\t{address}")
    return {
        "organisation": organisation,
        "asks_list": "\n".join(lines),
        "address": page_address(reader, "coordination:follow-up"),
    }
