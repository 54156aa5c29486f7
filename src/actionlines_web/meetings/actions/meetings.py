"""Meetings and their agenda."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines.results.contributions import MEETING_KINDS
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.meetings.models import AgendaItem, Meeting

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_SERIES: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}\Z")
# What stands at the same place of an address.
_TAKEN: Final = ("new", "documents", "contributions")


def _runs(actor: Actor) -> None:
    if not rules.has_perm("meetings.run_meetings", actor):
        raise PermissionDenied("only for coordinators")


@transaction.atomic
def save_meeting(
    actor: Actor,
    slug: str,
    *,
    titles: Mapping[str, str],
    kind: str,
    series: str,
    first_day: date,
    last_day: date,
    deadline: datetime,
    place: str = "",
    new: bool = False,
) -> Meeting:
    """Make a meeting, as a draft, or change it.

    Args:
        titles: language to title, at least one.
        series: what the numbers of its documents begin with; it stays once a document has one.
        deadline: until when documents are not late.
        new: whether the code must not be taken.

    Raises:
        InputError: a code, series, title, kind or dates that cannot be.
        Meeting.DoesNotExist: it is to be changed, and there is none.
    """
    _runs(actor)
    found = None if new else Meeting.objects.select_for_update().get(slug=slug)
    titles = {
        language: titles[language].strip() for language in LANGUAGES if titles.get(language, "").strip()
    }
    others = Meeting.objects.exclude(pk=found.pk if found else None)
    faults = {
        "slug": not _CODE.match(slug) or slug in _TAKEN,
        "series": not _SERIES.match(series),
        "title_en": not titles,
        "kind": kind not in MEETING_KINDS,
        "last_day": last_day < first_day,
        "deadline": deadline.date() > first_day,
    }
    expected = {
        "slug": marked("small letters, digits and hyphens, such as tdag-18-23."),
        "series": marked("letters, digits, points and hyphens, such as TDAG18-23."),
        "title_en": marked("a title in at least one language."),
        "kind": marked("one of the kinds offered."),
        "last_day": marked("a day not before the first one."),
        "deadline": marked("a moment not after the meeting begins."),
    }
    problems = [
        Problem(marked("this cannot stand here."), column=name, expected=expected[name])
        for name, wrong in faults.items()
        if wrong
    ]
    if others.filter(slug=slug).exists():
        problems.append(Problem(marked("the code “%(code)s” is taken."), {"code": slug}, column="slug"))
    if others.filter(series=series).exists():
        problems.append(Problem(marked("the code “%(code)s” is taken."), {"code": series}, column="series"))
    if found and found.series != series and found.contributions.filter(number__gt=0).exists():
        problems.append(Problem(marked("documents carry this series already: it stays."), column="series"))
    if problems:
        raise InputError(problems)
    given: dict[str, Any] = {
        "titles": titles,
        "kind": kind,
        "series": series,
        "place": place.strip(),
        "first_day": first_day,
        "last_day": last_day,
        "deadline": deadline,
    }
    before = {name: getattr(found, name) for name in given} if found else {}
    meeting = found or Meeting(slug=slug)
    for name, value in given.items():
        setattr(meeting, name, value)
    meeting.save()
    write_record(actor, "change" if found else "create", meeting, {"changes": difference(before, given)})
    return meeting


@transaction.atomic
def set_agenda(actor: Actor, meeting: Meeting, language: str, items: Sequence[tuple[str, str]]) -> None:
    """Let the agenda be these items (number, title in a language); titles in other languages stay by their number.

    Raises:
        InputError: a number or title that cannot be, a number twice, an item left out that has documents.
    """
    _runs(actor)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    numbers = [number for number, _ in items]
    problems = [
        Problem(
            marked("“%(said)s” is no item of an agenda."),
            {"said": f"{number} {title}"[:60]},
            row=row,
            column="agenda",
            expected=marked(
                "a number of at most 8 characters, a blank, and a title, such as “3.1 Road maps”."
            ),
        )
        for row, (number, title) in enumerate(items, 1)
        if not 0 < len(number) <= 8 or not 0 < len(title) <= 300 or numbers.count(number) > 1
    ]
    gone = held.agenda.exclude(number__in=numbers)
    used = list(gone.filter(contributions__isnull=False).values_list("number", flat=True).distinct())
    if used:
        told = {"numbers": ", ".join(used)}
        problems.append(
            Problem(marked("items with documents are missing: %(numbers)s."), told, column="agenda")
        )
    if language not in LANGUAGES:
        problems.append(Problem(marked("“%(value)s” is not known."), {"value": language}, column="language"))
    if problems:
        raise InputError(problems)
    gone.delete()
    known = {item.number: item for item in held.agenda.all()}
    for position, (number, title) in enumerate(items, 1):
        item = known.get(number) or AgendaItem(meeting=held, number=number)
        item.position, item.titles = position, {**item.titles, language: title}
        item.save()
    write_record(actor, "set agenda", held, {"language": language, "rows": len(items)})


@transaction.atomic
def publish_meeting(actor: Actor, meeting: Meeting, *, public: bool = True) -> Meeting:
    """Let everybody see a meeting, or take it back among coordinators."""
    _runs(actor)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.public != public:
        held.public = public
        held.save(update_fields=["public"])
        write_record(actor, "publish" if public else "withdraw", held)
    return held
