"""A request for a session, as its organisers write it, and what may be wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from actionlines.frameworks import catalogue, find_area
from actionlines.problems import Problem, marked
from actionlines.programme.edition import FEATURES, Edition
from actionlines.text import LANGUAGES

FORMATS: Final = ("place", "hybrid", "remote")
ROLES: Final = ("moderator", "panellist", "speaker", "rapporteur")
LONGEST_TITLE: Final = 300
LONGEST_TEXT: Final = 20_000
MOST_SPEAKERS: Final = 60
MOST_ORGANISERS: Final = 30
LONGEST_SESSION: Final = 12
MOST_ATTENDANCE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is to speak.

    Attributes:
        name: as it is printed.
        email: small letters, or ''.
        role: one of ROLES.
        organisation, title: as they are printed.
        country: ISO 3166 alpha-3, or ''.
        remote: takes part from elsewhere.
    """

    name: str
    email: str = ""
    role: str = "panellist"
    organisation: str = ""
    title: str = ""
    country: str = ""
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a session. Codes are those of the edition and of the frameworks wsis and sdg."""

    title: str
    description: str = ""
    language: str = "en"
    kind: str = ""
    track: str = ""
    series: str = ""
    format: str = "hybrid"
    length: int = 1
    attendance: int = 0
    needs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    constraints: str = ""
    organisers: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()


def problems_of(request: Request, edition: Edition, *, complete: bool) -> list[Problem]:
    """What is wrong with a request; with `complete` also what a request that is sent in may not lack.

    Each problem names its field.
    """
    found = [
        *_lengths(request),
        *_codes(request, edition),
        *_numbers(request),
        *(problem for speaker in request.speakers for problem in _speaker(speaker)),
    ]
    if complete:
        found.extend(
            Problem(marked("“%(key)s” is missing."), {"key": name}, column=name)
            for name in ("title", "description", "kind", "organisers")
            if not getattr(request, name)
        )
        if not request.lines and not request.targets:
            found.append(
                Problem(
                    marked("“%(key)s” is missing."),
                    {"key": "lines"},
                    column="lines",
                    expected=marked("at least one action line, goal or target."),
                )
            )
    return found


def _lengths(request: Request) -> Iterator[Problem]:
    for name, most in (
        ("title", LONGEST_TITLE),
        ("description", LONGEST_TEXT),
        ("constraints", LONGEST_TEXT),
        ("series", 60),
    ):
        found = len(getattr(request, name))
        if found > most:
            yield Problem(
                marked("the text has %(found)d characters."),
                {"found": found, "most": most},
                column=name,
                expected=marked("at most %(most)d characters."),
            )
    for name, most in (("speakers", MOST_SPEAKERS), ("organisers", MOST_ORGANISERS)):
        found = len(getattr(request, name))
        if found > most:
            yield _wrong(name, found, marked("at most %(most)d."), most=most)
    for organiser in request.organisers:
        if len(organiser) > LONGEST_TITLE:
            yield _wrong(
                "organisers", organiser[:60], marked("at most %(most)d characters."), most=LONGEST_TITLE
            )


def _codes(request: Request, edition: Edition) -> Iterator[Problem]:
    asked = [kind.code for kind in edition.kinds]
    known: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("language", (request.language,), LANGUAGES),
        ("kind", (request.kind,) if request.kind else (), asked),
        ("track", (request.track,) if request.track else (), [track.code for track in edition.tracks]),
        ("format", (request.format,), FORMATS),
        ("needs", request.needs, FEATURES),
    )
    for name, values, codes in known:
        for value in values:
            if value not in codes:
                yield _wrong(name, value, marked("one of: %(known)s."), known=", ".join(codes))
    for name in ("wishes", "barred"):
        for slot in getattr(request, name):
            if slot not in edition.slot_by_id:
                first = edition.slots[0].id if edition.slots else ""
                yield _wrong(name, slot, marked("a slot of this edition, such as %(known)s."), known=first)
    frameworks = catalogue().frameworks
    for code in request.lines:
        if code not in frameworks["wsis"]:
            yield _wrong("lines", code, marked("codes such as C2 or C7-HEA."))
    for code in request.targets:
        if code not in frameworks["sdg"]:
            yield _wrong("targets", code, marked("codes such as 4 or 9.c."))


def _numbers(request: Request) -> Iterator[Problem]:
    if not 1 <= request.length <= LONGEST_SESSION:
        yield _wrong("length", request.length, marked("a number from 1 to %(most)d."), most=LONGEST_SESSION)
    if not 0 <= request.attendance <= MOST_ATTENDANCE:
        yield _wrong(
            "attendance", request.attendance, marked("a number from 0 to %(most)d."), most=MOST_ATTENDANCE
        )


def _speaker(speaker: Speaker) -> Iterator[Problem]:
    if not speaker.name.strip() or len(speaker.name) > 200:
        yield _wrong("speakers", speaker.name[:60], marked("a name of at most 200 characters."))
    if speaker.email and not _may_be_address(speaker.email):
        yield _wrong("speakers", speaker.email[:60], marked("an e-mail address."))
    if speaker.role not in ROLES:
        yield _wrong("speakers", speaker.role, marked("one of: %(known)s."), known=", ".join(ROLES))
    if speaker.country and find_area(speaker.country) is None:
        yield _wrong("speakers", speaker.country, marked("a country."))


def _may_be_address(text: str) -> bool:
    """Whether mail may be sent to it: one @ with something on both sides, and nothing that could end a line."""
    name, _, host = text.partition("@")
    return (
        bool(name and "." in host and "@" not in host)
        and text.isprintable()
        and " " not in text
        and len(text) <= 254
    )


def _wrong(column: str, found: object, expected: str, **values: object) -> Problem:
    told = {"found": found, **values}
    return Problem(marked("“%(found)s” cannot stand here."), told, column=column, expected=expected)
