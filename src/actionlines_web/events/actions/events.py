"""Events: made, changed, announced, cancelled; their agenda, documents and outcomes."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import rules
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction

from actionlines.frameworks.areas import areas, region_names
from actionlines.frameworks.initiatives import initiatives
from actionlines.problems import InputError, Problem, marked
from actionlines.results.events import EVENT_KINDS, read_agenda
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.events.models import Event, EventFile, Part
from actionlines_web.stocktaking.keeping import refused, take_file

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")
# What stands at the same place of an address.
_TAKEN: Final = ("new", "initiatives", "calendar")
MOST_DAYS: Final = 60
MOST_FILES: Final = 40
_MOST_TEXT: Final = 20_000


def _keeps(actor: Actor, region: str) -> None:
    if not rules.has_perm("events.keep_events", actor, region):
        raise PermissionDenied("only for coordinators and moderators of the region")


def _held(actor: Actor, slug: str) -> Event:
    found = Event.objects.select_for_update().get(slug=slug)
    _keeps(actor, found.region)
    return found


@transaction.atomic
def save_event(
    actor: Actor,
    slug: str,
    *,
    titles: Mapping[str, str],
    kind: str,
    starts: datetime,
    ends: datetime,
    zone: str = "UTC",
    region: str = "",
    country: str = "",
    city: str = "",
    online: bool = False,
    website: str = "",
    language: str = "en",
    description: str = "",
    serves: Sequence[str] = (),
    new: bool = False,
) -> Event:
    """Make an event, as a draft, or change it.

    Args:
        titles: language to title, at least one.
        starts, ends: moments; without a zone they are of `zone`.
        zone: the time zone of the place.
        region, country: codes, '' for all regions or no single country.
        serves: keys of regional initiatives.
        new: whether the code must not be taken.

    Raises:
        PermissionDenied: the actor keeps neither the region it is in nor the one it comes to.
        InputError: what cannot stand there, field by field.
        Event.DoesNotExist: it is to be changed, and there is none.
    """
    _keeps(actor, region)
    found = None if new else _held(actor, slug)
    titles = {code: titles[code].strip() for code in LANGUAGES if titles.get(code, "").strip()}
    given: dict[str, Any] = {
        "titles": titles,
        "kind": kind,
        "region": region,
        "country": country,
        "city": city.strip(),
        "online": online,
        "zone": zone,
        "website": website.strip(),
        "language": language,
        "description": description.strip(),
        "initiatives": f" {' '.join(dict.fromkeys(serves))} " if serves else "",
    }
    problems = [*_faults(slug, given, serves), *_faults_of_time(starts, ends, zone)]
    if new and Event.objects.filter(slug=slug).exists():
        problems.append(Problem(marked("the code “%(code)s” is taken."), {"code": slug}, column="slug"))
    if problems:
        raise InputError(problems)
    given |= {"starts": _in(starts, zone), "ends": _in(ends, zone)}
    before = {name: getattr(found, name) for name in given} if found else {}
    event = found or Event(slug=slug)
    for name, value in given.items():
        setattr(event, name, value)
    changes = difference(before, given)
    if found and not changes:
        return found
    event.sequence += 1 if found else 0
    event.save()
    write_record(actor, "change" if found else "create", event, {"changes": changes})
    return event


def _in(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _faults(slug: str, given: Mapping[str, Any], serves: Sequence[str]) -> list[Problem]:
    wrong = {
        "slug": not _CODE.match(slug) or slug in _TAKEN,
        "title_en": not given["titles"],
        "kind": given["kind"] not in EVENT_KINDS,
        "region": given["region"] not in {"", *region_names()},
        "country": given["country"] not in {"", *(area.iso3 for area in areas())},
        "website": bool(given["website"]) and not given["website"].startswith(("https://", "http://")),
        "language": given["language"] not in LANGUAGES,
        "description": len(given["description"]) > _MOST_TEXT,
        "serves": not set(serves) <= set(initiatives()) or len(serves) > 20,
    }
    expected = {
        "slug": marked("small letters, digits and hyphens, such as rdf-africa-2027."),
        "title_en": marked("a title in at least one language."),
        "website": marked("an address that begins with https://."),
        "description": marked("at most 20,000 characters."),
    }
    return [
        Problem(
            marked("this cannot stand here."),
            column=name,
            expected=expected.get(name, marked("one of those offered.")),
        )
        for name, is_wrong in wrong.items()
        if is_wrong
    ]


def _faults_of_time(starts: datetime, ends: datetime, zone: str) -> list[Problem]:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        expected = marked("a time zone such as Africa/Dakar.")
        return [Problem(marked("this cannot stand here."), column="zone", expected=expected)]
    first, last = _in(starts, zone), _in(ends, zone)
    if first < last <= first + timedelta(days=MOST_DAYS):
        return []
    expected = marked("a moment after the beginning, within %(most)d days.")
    return [Problem(marked("this cannot stand here."), {"most": MOST_DAYS}, column="ends", expected=expected)]


@transaction.atomic
def announce_event(actor: Actor, slug: str, state: str) -> Event:
    """Announce an event, cancel it, or take an announcement back among its keepers.

    Raises:
        InputError: an unknown state.
    """
    found = _held(actor, slug)
    if state not in Event.State.values:
        raise InputError([Problem(marked("“%(value)s” is not known."), {"value": state}, column="state")])
    if found.state != state:
        before, found.state = found.state, state
        found.sequence += 1
        found.save(update_fields=["state", "sequence", "changed_at"])
        write_record(actor, "change", found, {"changes": {"state": [before, state]}})
    return found


@transaction.atomic
def set_agenda(actor: Actor, slug: str, text: str) -> list[Part]:
    """Let the agenda be what the text says (`results.events.read_agenda`), in the event's own time.

    Raises:
        InputError: lines that are no items of the event.
    """
    found = _held(actor, slug)
    first, last = (moment.astimezone(found.tz).date() for moment in (found.starts, found.ends))
    items = read_agenda(text, first, last)
    found.parts.all().delete()
    made = Part.objects.bulk_create(
        Part(event=found, day=item.day, start=item.start, end=item.end, title=item.title) for item in items
    )
    write_record(actor, "set agenda", found, {"rows": len(made)})
    return made


@transaction.atomic
def set_outcomes(actor: Actor, slug: str, text: str) -> None:
    """Write what came of the event.

    Raises:
        InputError: the text is too long.
    """
    found = _held(actor, slug)
    if len(text) > _MOST_TEXT:
        expected = marked("at most 20,000 characters.")
        raise InputError([Problem(marked("this cannot stand here."), column="outcomes", expected=expected)])
    changes = difference({"outcomes": found.outcomes}, {"outcomes": text.strip()})
    if changes:
        found.outcomes = text.strip()
        found.save(update_fields=["outcomes", "changed_at"])
        write_record(actor, "change", found, {"changes": changes})


def add_event_file(
    actor: Actor, slug: str, title: str, name: str, size: int, read: Callable[[], bytes]
) -> EventFile:
    """Keep a document of an event.

    Raises:
        PermissionDenied: the actor does not keep the event.
        InputError: no title, one too many, or a file that is not taken (`keeping.take_file`).
    """
    _keeps(actor, Event.objects.get(slug=slug).region)
    if not title.strip() or len(title) > 200:
        expected = marked("at most %(most)d characters.")
        raise InputError(
            [
                Problem(
                    marked("“%(key)s” is missing or too long."),
                    {"key": "title", "most": 200},
                    column="title",
                    expected=expected,
                )
            ]
        )
    taken = take_file("events", name, size, read)
    try:
        return _keep(actor, slug, title.strip(), taken)
    except BaseException:
        default_storage.delete(taken.path)
        raise


@transaction.atomic
def _keep(actor: Actor, slug: str, title: str, taken: Any) -> EventFile:
    found = _held(actor, slug)
    if found.files.count() >= MOST_FILES:
        raise refused(marked("there are %(most)d files already."), taken.name, most=MOST_FILES)
    kept = EventFile.objects.create(
        event=found,
        title=title,
        key=taken.key,
        file=taken.path,
        name=taken.name,
        kind=taken.kind,
        size=taken.size,
        digest=taken.digest,
    )
    write_record(actor, "attach", found, {"kind": taken.kind, "digest": taken.digest})
    return kept


@transaction.atomic
def remove_event_file(actor: Actor, slug: str, number: int) -> None:
    """Take a document away; EventFile.DoesNotExist where the event has none of this number."""
    found = _held(actor, slug)
    kept = found.files.get(pk=number)
    path = kept.file.name
    write_record(actor, "detach", found, {"digest": kept.digest})
    kept.delete()
    transaction.on_commit(lambda: default_storage.delete(path))
