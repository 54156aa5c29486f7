"""Reads of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from actionlines.formats.event_calendar import CalendarEvent
from actionlines.frameworks.areas import region_names
from actionlines.frameworks.initiatives import Initiative, initiatives
from actionlines.results.events import EVENT_KINDS, AgendaItem
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.rules import is_coordinator, scopes
from actionlines_web.events.models import Event, EventFile, Participant

PAGE_SIZE: Final = 50
MOST_IN_CALENDAR: Final = 1_000


def visible(actor: Actor) -> QuerySet[Event]:
    """The events the actor may see (the rule `sees_event`, as a filter)."""
    if is_coordinator(actor):
        return Event.objects.all()
    kept = scopes(actor, RoleGrant.Role.MODERATOR)
    if "" in kept:
        return Event.objects.all()
    return Event.objects.filter(~Q(state=Event.State.DRAFT) | Q(region__in=kept & set(region_names())))


@dataclass(frozen=True, slots=True)
class EventQuery:
    """A filter of the events: the list, the map, the calendar and the API ask the same one.

    Attributes:
        region, country, kind, initiative: codes, '' for all.
        when: 'coming' (what has not ended), 'past', or 'all'.
        after: 'start|key' of the row after which the page begins.
    """

    region: str = ""
    country: str = ""
    kind: str = ""
    initiative: str = ""
    when: str = "coming"
    after: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "EventQuery":
        """The filter of an address; what cannot be used is left out."""
        region, kind = params.get("region", ""), params.get("kind", "")
        initiative, when = params.get("initiative", ""), params.get("when", "")
        return cls(
            region if region in region_names() else "",
            params.get("country", "")[:3].upper(),
            kind if kind in EVENT_KINDS else "",
            initiative if initiative in initiatives() else "",
            when if when in {"past", "all"} else "coming",
            params.get("after", "")[:60],
        )

    def params(self) -> dict[str, str]:
        """As parameters of an address, without what says nothing."""
        given = {name: getattr(self, name) for name in ("region", "country", "kind", "initiative")}
        return {name: value for name, value in given.items() if value} | (
            {"when": self.when} if self.when != "coming" else {}
        )

    def address(self, **changes: str) -> str:
        """'?region=AFR…' of this filter with changes, '' for none."""
        params = replace(self, after="", **changes).params()
        return f"?{urlencode(params)}" if params else ""

    def apply(self, found: QuerySet[Event], now: datetime) -> QuerySet[Event]:
        """Those that match: what comes, the next first; what is past, the latest first."""
        for name in ("region", "country", "kind"):
            if getattr(self, name):
                found = found.filter(**{name: getattr(self, name)})
        if self.initiative:
            found = found.filter(initiatives__contains=f" {self.initiative} ")
        if self.when == "past":
            return found.filter(ends__lt=now).order_by("-starts", "-pk")
        if self.when == "coming":
            found = found.filter(ends__gte=now)
        return found.order_by("starts", "pk")


def page_of_events(actor: Actor, query: EventQuery, now: datetime) -> tuple[Sequence[Event], str]:
    """A page of events the actor may see, and where the next one begins ('' on the last)."""
    found = query.apply(visible(actor), now)
    last = Event.objects.filter(slug=query.after).first() if query.after else None
    if last is not None and query.when == "past":
        found = found.filter(Q(starts__lt=last.starts) | Q(starts=last.starts, pk__lt=last.pk))
    elif last is not None:
        found = found.filter(Q(starts__gt=last.starts) | Q(starts=last.starts, pk__gt=last.pk))
    page = list(found[: PAGE_SIZE + 1])
    return page[:PAGE_SIZE], page[PAGE_SIZE - 1].slug if len(page) > PAGE_SIZE else ""


def counts(actor: Actor, query: EventQuery, now: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """How many events match, by country and by region ('' for all regions); each filter leaves its own choice open."""
    found = visible(actor)
    by_country = replace(query, country="").apply(found, now).exclude(country="").order_by()
    by_region = replace(query, region="").apply(found, now).order_by()
    return (
        dict(by_country.values_list("country").annotate(Count("pk"))),
        dict(by_region.values_list("region").annotate(Count("pk"))),
    )


def calendar_of(query: EventQuery, now: datetime) -> Sequence[Event]:
    """The public events of a calendar, cancelled ones too, so that subscribers learn of it."""
    return list(query.apply(Event.objects.exclude(state=Event.State.DRAFT), now)[:MOST_IN_CALENDAR])


def as_calendar(event: Event, language: str, address: str, categories: Sequence[str]) -> CalendarEvent:
    """An event as a calendar holds it."""
    return CalendarEvent(
        uid=f"{event.slug}@actionlines",
        start=event.starts,
        end=event.ends,
        title=event.title.get(language),
        changed=event.changed_at,
        description=event.description,
        place=event.city,
        address=address,
        sequence=event.sequence,
        cancelled=event.state == Event.State.CANCELLED,
        categories=tuple(categories),
    )


def event_by_slug(slug: str) -> Event | None:
    """The event of this code."""
    return Event.objects.filter(slug=slug).first()


def agenda_of(event: Event) -> list[AgendaItem]:
    """The items of its agenda in their order."""
    return [AgendaItem(item.day, item.start, item.end, item.title) for item in event.parts.all()]


def participants_of(event: Event, *, all_: bool) -> Sequence[Participant]:
    """Who takes part, by name: all of them for its keepers, for others those who let themselves be named."""
    found = event.participants.select_related("user", "organisation")
    return list((found if all_ else found.filter(named=True)).order_by("user__name", "pk"))


def participation(event: Event, user: User) -> Participant | None:
    """Whether somebody takes part."""
    return event.participants.filter(user=user).first()


def participant_counts(found: Sequence[Event]) -> dict[int, int]:
    """How many take part in each of some events."""
    return dict(
        Participant.objects.filter(event__in=[item.pk for item in found])
        .values_list("event")
        .annotate(Count("pk"))
        .order_by()
    )


def file_by_key(key: str) -> EventFile | None:
    """The file with this key, with its event."""
    return EventFile.objects.select_related("event").filter(key=key).first()


def initiative_counts() -> list[tuple[Initiative, int]]:
    """Each regional initiative with how many public events serve it."""
    served: dict[str, int] = {}
    for keys in (
        Event.objects.exclude(state=Event.State.DRAFT)
        .exclude(initiatives="")
        .values_list("initiatives", flat=True)
    ):
        for key in keys.split():
            served[key] = served.get(key, 0) + 1
    return [(item, served.get(key, 0)) for key, item in initiatives().items()]


def held_about(user: User) -> list[dict[str, Any]]:
    """The events somebody takes part in, as plain data."""
    return list(
        Participant.objects.filter(user=user)
        .order_by("pk")
        .values("event__slug", "organisation__name", "named", "joined_at")
    )
