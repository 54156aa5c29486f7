"""The public programme: days, one session, one person, the reader's agenda."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actionlines.frameworks import catalogue
from actionlines.programme.edition import Edition as LibraryEdition
from actionlines_web.accounts.models import User
from actionlines_web.forum import labels
from actionlines_web.forum.actions.agenda import choose_session
from actionlines_web.forum.models import Appearance, Edition, Session
from actionlines_web.forum.pages.found import context_of, found_edition
from actionlines_web.forum.queries.editions import edition_of, moves_of
from actionlines_web.forum.queries.published import (
    ProgrammeQuery,
    PublicSession,
    Published,
    agenda_of,
    favourites_of,
    published,
)
from actionlines_web.forum.queries.sessions import session_by_number
from actionlines_web.ui.language import library_language

# A longer address is none that the pages themselves make.
LONGEST_KEPT = 200


def _programme(slug: str) -> tuple[Edition, Published]:
    """The edition and its published programme; without one there is no page."""
    edition = found_edition(slug)
    found = published(edition)
    if not found.number:
        raise Http404
    return edition, found


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The sessions of a day, or those that fit the filters; on the clock of the place or, asked for, the reader's own."""
    edition, found = _programme(slug)
    query = ProgrammeQuery.from_params(request.GET)
    days = list(dict.fromkeys(session.day for session in found.sessions))
    if not query.day and not query.filters:
        today = timezone.now().astimezone(edition_of(edition).clock).date()
        first = today if today in days else days[0]
        query = ProgrammeQuery(day=first.isoformat())
    zone = _own_zone(request, edition_of(edition))

    def made() -> HttpResponse:
        context = context_of(
            request,
            edition,
            published=found,
            query=query,
            days=days,
            filters=_filters(edition_of(edition), found, query),
            own_zone=zone,
            other_zone=_reader_zone(edition_of(edition)),
            sessions_html=_sessions_html(edition, found, query, zone),
            moves=moves_of(edition),
        )
        return render(request, "forum/programme.html", context)

    return _kept(request, found, query, made)


def _kept(
    request: HttpRequest, found: Published, what: object, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page as it was made before for readers whom the site does not know: it is the same for all of them."""
    known = {settings.SESSION_COOKIE_NAME, "messages"} & set(request.COOKIES)
    address = request.build_absolute_uri()
    if known or len(address) > LONGEST_KEPT:
        return make()
    return HttpResponse(found.once((get_language(), address, what), lambda: make().content))


def _reader_zone(data: LibraryEdition) -> str:
    """The reader's own zone, where it is another one than the place's."""
    name = timezone.get_current_timezone_name()
    return "" if name in {data.zone, "UTC"} else name


def _own_zone(request: HttpRequest, data: LibraryEdition) -> str:
    return _reader_zone(data) if request.GET.get("clock") == "own" else ""


def _sessions_html(edition: Edition, found: Published, query: ProgrammeQuery, zone: str) -> str:
    """The list of sessions, made once for each version, language and filter, as long as that is not too many."""

    def made() -> str:
        sessions = query.apply(found.sessions)
        return render_to_string("forum/_sessions.html", _listed(edition, sessions, zone))

    return found.once((get_language(), query, zone), made)


def _listed(edition: Edition, sessions: Any, zone: str = "") -> dict[str, Any]:
    data, language = edition_of(edition), library_language()
    return {
        "edition": edition,
        "sessions": sessions,
        "zone": zone or data.zone,
        "kinds": {kind.code: kind.title.get(language) for kind in data.kinds},
        "tracks": {track.code: track.title.get(language) for track in data.tracks},
    }


def _filters(
    data: LibraryEdition, found: Published, query: ProgrammeQuery
) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """(parameter, label, choices, what is chosen) of each filter: only what sessions have."""
    language = library_language()
    wsis, sdg = catalogue().frameworks["wsis"], catalogue().frameworks["sdg"]
    lines = sorted({line for session in found.sessions for line in session.lines}, key=_line_order)
    goals = sorted({goal for session in found.sessions for goal in session.goals}, key=int)
    kinds = {session.kind for session in found.sessions}
    tracks = {session.track for session in found.sessions}
    rooms = {session.room for session in found.sessions}
    choices = {
        "track": [(item.code, item.title.get(language)) for item in data.tracks if item.code in tracks],
        "kind": [(item.code, item.title.get(language)) for item in data.kinds if item.code in kinds],
        "line": [(code, f"{code} · {wsis[code].title.get(language)}") for code in lines],
        "goal": [(code, f"{code} · {sdg[code].title.get(language)}") for code in goals],
        "room": [(item.id, item.name) for item in data.rooms if item.id in rooms],
    }
    words = {
        "track": gettext("Track"),
        "kind": gettext("Type of session"),
        "line": gettext("Action line"),
        "goal": gettext("Goal"),
        "room": gettext("Room"),
    }
    return [(name, words[name], known, getattr(query, name)) for name, known in choices.items() if known]


def _line_order(code: str) -> tuple[int, str]:
    number, _dash, part = code.partition("-")
    return int(number[1:]), part


@require_safe
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One session: when, where, who, what it serves."""
    edition, found = _programme(slug)
    shown = found.by_number.get(number)
    if shown is None:
        raise Http404
    return _kept(request, found, number, lambda: _session_page(request, edition, found, shown))


def _session_page(
    request: HttpRequest, edition: Edition, found: Published, shown: PublicSession
) -> HttpResponse:
    data, language = edition_of(edition), library_language()
    zone = _reader_zone(data)
    kind, track = data.kind_by_code.get(shown.kind), data.track_by_code.get(shown.track)
    roles = dict(Appearance.Role.choices)
    context = context_of(
        request,
        edition,
        session=shown,
        kind=kind.title.get(language) if kind else "",
        track=track.title.get(language) if track else "",
        format=dict(Session.Format.choices).get(shown.format, ""),
        features=[label for code, label in labels.FEATURES.items() if code in shown.features],
        people=[(person, roles.get(person.role, person.role)) for person in shown.people],
        other_zone=zone,
        chosen=request.user.is_authenticated
        and shown.number in favourites_of(cast("User", request.user), edition),
        version=found.number,
    )
    return render(request, "forum/session.html", context)


@require_safe
def person(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Somebody who speaks, and in which sessions."""
    edition, found = _programme(slug)
    shown = found.people.get(code)
    if shown is None:
        raise Http404
    sessions = ProgrammeQuery(person=code).apply(found.sessions)
    context = context_of(request, edition, person=shown, **_listed_part(edition, sessions))
    return render(request, "forum/person.html", context)


def _listed_part(edition: Edition, sessions: Any, zone: str = "") -> dict[str, Any]:
    return {name: value for name, value in _listed(edition, sessions, zone).items() if name != "edition"}


@login_required
@never_cache
@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's own agenda."""
    edition, found = _programme(slug)
    zone = _own_zone(request, edition_of(edition))
    sessions = agenda_of(cast("User", request.user), edition)
    context = context_of(
        request,
        edition,
        published=found,
        other_zone=_reader_zone(edition_of(edition)),
        own_zone=zone,
        **_listed_part(edition, sessions, zone),
    )
    return render(request, "forum/agenda.html", context)


@login_required
@require_POST
def choose(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a session into the own agenda, or take it out."""
    edition, found = _programme(slug)
    row = session_by_number(edition, number)
    if row is None or number not in found.by_number:
        raise Http404
    choose_session(cast("User", request.user), row, wanted=request.POST.get("do") != "remove")
    return redirect("forum:session", slug, number)
