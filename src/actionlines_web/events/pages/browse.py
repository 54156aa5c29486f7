"""Reading: the events as list and map, one event, calendars, regional initiatives, files."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines.formats.event_calendar import write_calendar
from actionlines.frameworks.areas import region_names
from actionlines.frameworks.initiatives import initiatives as known_initiatives
from actionlines.results.events import agenda_text
from actionlines_web.events import queries
from actionlines_web.events.forms import EventAgendaForm, EventFileForm, JoinForm, OutcomesForm
from actionlines_web.events.models import Event
from actionlines_web.events.queries import EventQuery
from actionlines_web.events.rules import sees_event
from actionlines_web.organisations.queries import names_of, organisations_of
from actionlines_web.stocktaking.files import on_files_host, pass_for, passes
from actionlines_web.stocktaking.keeping import given
from actionlines_web.ui.language import country_name, library_language
from actionlines_web.ui.maps import world_map


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The events by time, on a map, and by region."""
    query, now, language = EventQuery.from_params(request.GET.dict()), timezone.now(), library_language()
    found, following = queries.page_of_events(request.user, query, now)
    by_country, by_region = queries.counts(request.user, query, now)
    base = reverse("events:events")
    links = {code: base + query.address(country=code) for code in by_country}
    context = {
        "query": query,
        "events": found,
        "following": following,
        "kinds": Event.Kind.choices,
        "world": world_map(by_country, gettext("Events by country"), links, language),
        "by_country": sorted(
            ((country_name(code), number, links[code]) for code, number in by_country.items()),
            key=lambda row: (-row[1], row[0]),
        ),
        "by_region": [
            (name.get(language), by_region.get(code, 0), base + query.address(region=code))
            for code, name in region_names().items()
        ],
        "regions": [(code, name.get(language)) for code, name in region_names().items()],
        "calendar": reverse("events:calendar") + query.address(),
        "may_keep": _keeps_any(request),
    }
    return render(request, "events/events.html", context)


def _keeps_any(request: HttpRequest) -> bool:
    return any(request.user.has_perm("events.keep_events", region) for region in ("", *region_names()))


def event_of(request: HttpRequest, slug: str) -> Event:
    """The event, where the reader may see it."""
    found = queries.event_by_slug(slug) if "\x00" not in slug else None
    if found is None or not sees_event(request.user, found):
        raise Http404
    return found


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: when and where, agenda, documents, participants, outcomes."""
    return render(request, "events/event.html", page_of(request, event_of(request, slug)))


def page_of(request: HttpRequest, found: Event, **more: Any) -> dict[str, Any]:
    """What the page of an event shows to this reader."""
    user = request.user
    keeps = user.has_perm("events.keep_events", found.region)
    agenda = queries.agenda_of(found)
    mine = queries.participation(found, user) if user.is_authenticated else None
    known = known_initiatives()
    return {
        "event": found,
        "starts": found.starts.astimezone(found.tz).replace(tzinfo=None),
        "ends": found.ends.astimezone(found.tz).replace(tzinfo=None),
        "agenda": agenda,
        "serves": [known[key] for key in found.initiative_keys if key in known],
        "files": list(found.files.all()),
        "number": found.participants.count(),
        "participants": queries.participants_of(found, all_=keeps),
        "mine": mine,
        "open": found.state == Event.State.PUBLIC and found.ends >= timezone.now(),
        "may_keep": keeps,
        "join_form": JoinForm(
            organisations=names_of(organisations_of(user)),
            initial={"organisation": mine.organisation_id, "named": mine.named} if mine else None,
        ),
        "agenda_form": EventAgendaForm(initial={"agenda": agenda_text(agenda)}),
        "outcomes_form": OutcomesForm(initial={"outcomes": found.outcomes}),
        "file_form": EventFileForm(),
        **more,
    }


@require_safe
def calendar(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One event, or the public events of a filter, as iCalendar."""
    language = library_language()
    if slug:
        one = event_of(request, slug)
        found, name = [one], one.title.get(language)
    else:
        query = EventQuery.from_params({"when": "all", **request.GET.dict()})
        found, name = list(queries.calendar_of(query, timezone.now())), gettext("Regional events")
    items = [
        queries.as_calendar(
            item,
            language,
            request.build_absolute_uri(reverse("events:event", args=[item.slug])),
            [
                str(item.get_kind_display()),
                *([region_names()[item.region].get(language)] if item.region else []),
            ],
        )
        for item in found
    ]
    answer = HttpResponse(write_calendar(name, items), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug or "events"}.ics"'
    return answer


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """The regional initiatives by cycle and region, with the events that serve them."""
    language = library_language()
    cycles: dict[str, list[Any]] = {}
    for item, number in queries.initiative_counts():
        address = reverse("events:events") + EventQuery(initiative=item.key, when="all").address()
        cycles.setdefault(item.cycle, []).append(
            (item, region_names()[item.region].get(language), number, address)
        )
    context = {"cycles": sorted(cycles.items(), reverse=True)}
    return render(request, "events/initiatives.html", context)


@require_safe
def event_file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A document of an event, where the reader may have it; whoever may not learns nothing of it."""
    found = queries.file_by_key(key) if "\x00" not in key else None
    if found is None:
        raise Http404
    public = found.event.state != Event.State.DRAFT
    if on_files_host(request):
        if not public and not passes(key, request.GET.get("pass", "")):
            raise Http404
        return given(found.file, found.name, found.kind, public=public)
    if not sees_event(request.user, found.event):
        raise Http404
    if settings.FILES_ADDRESS:
        query = "" if public else "?" + urlencode({"pass": pass_for(key)})
        return redirect(f"{settings.FILES_ADDRESS}{request.path}{query}")
    return given(found.file, found.name, found.kind, public=public)
