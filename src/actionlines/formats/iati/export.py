"""Entries of the register as IATI activities that a publisher reports on the work of others.

What an entry says and IATI has no place for goes into an element of our own namespace beside the standard, so that our
export comes back whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from actionlines.formats.iati.activity import (
    Activity,
    ActivityDate,
    Coded,
    Description,
    Document,
    Organisation,
)
from actionlines.formats.iati.codes import PAGE, WSIS_VOCABULARY
from actionlines.frameworks import area, catalogue
from actionlines.stocktaking import Entry

# The most general OrganisationType of each stakeholder type.
_TYPES: Final[Mapping[str, str]] = {
    "government": "10",
    "civil-society": "22",
    "international-organisation": "40",
    "private-sector": "70",
    "academia": "80",
    "technical-community": "90",
    "other": "90",
}
# Sector of the DAC: information and communication technology, which every entry of the stocktaking is about.
_ICT: Final = Coded("22040", "1")
# Region of the DAC for what is not about one country of the list.
_UNSPECIFIED: Final = Coded("998", "1")
_NOT_IN_IDENTIFIERS: Final = re.compile(r"[/&|?\s]")
MOST_TITLE: Final = 300


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the entries as IATI: identifier of the organisation, name, OrganisationType (40 multilateral)."""

    ref: str
    name: str
    type: str = "40"


def activities_from_entries(
    entries: Iterable[Entry], publisher: Publisher, *, today: date
) -> Iterator[Activity]:
    """The entries as activities `publisher` reports on the work of others; each can be written by `activities_xml`.

    Args:
        today: decides whether an activity has ended, and is the day of registration where nothing else is known.
    """
    reporter = Organisation(publisher.ref, publisher.type, "", (("", publisher.name),), secondary=True)
    for entry in entries:
        yield _activity(entry, reporter, today)


def _activity(entry: Entry, reporter: Organisation, today: date) -> Activity:
    own = entry.language
    prefix = f"{reporter.ref}-"
    doer = Organisation(
        type=_TYPES.get(entry.stakeholder_type, ""), role="4", names=((own, entry.organisation),)
    )
    # Somebody must answer for it; where nobody is known to carry it out, the register does.
    answers = Organisation(reporter.ref, reporter.type, "2", ((own, reporter.names[0][1]),))
    dates, certainty = _dates(entry, today)
    country = area(entry.country) if entry.country else None
    kept = {
        "id": entry.id,
        "status": entry.status,
        "year": str(entry.year or ""),
        "stakeholder_type": entry.stakeholder_type,
        "source": entry.source,
        "dates": certainty,
    }
    page = Document(entry.website, "text/html", ((own, entry.title),), (PAGE,))
    return Activity(
        identifier=_NOT_IN_IDENTIFIERS.sub(
            "-", entry.id if entry.id.startswith(prefix) else prefix + entry.id
        ),
        reporter=Organisation(
            reporter.ref, reporter.type, "", ((own, reporter.names[0][1]),), secondary=True
        ),
        titles=((own, entry.title or entry.description[:MOST_TITLE]),),
        descriptions=(Description(((own, entry.description or entry.title),)),),
        organisations=(doer if entry.organisation else answers,),
        status=_status(entry, today),
        dates=dates,
        countries=(Coded(country.iso2),) if country is not None else (),
        regions=() if country is not None else (_UNSPECIFIED,),
        sectors=(_ICT,),
        tags=tuple(_tags(entry)),
        documents=(page,) if entry.website else (),
        language=own,
        kept={name: value for name, value in kept.items() if value},
    )


def _tags(entry: Entry) -> Iterator[Coded]:
    lines = catalogue().frameworks["wsis"]
    for code in entry.targets:
        yield Coded(code, "3" if "." in code else "2")
    for code in entry.lines:
        title = lines[code].title
        language = title.language(entry.language or "en")
        yield Coded(code, "99", WSIS_VOCABULARY, None, ((language, title.get(language)),))


def _dates(entry: Entry, today: date) -> tuple[tuple[ActivityDate, ...], str]:
    """The days (IATI demands one), and 'year' or 'none' where they say more than is known."""
    ends = ActivityDate("4" if entry.end <= today.isoformat() else "3", entry.end)
    if entry.start:
        begins = ActivityDate("2" if entry.start <= today.isoformat() else "1", entry.start)
        return ((begins, ends) if entry.end else (begins,)), ""
    if entry.end:
        return (ends,), ""
    if entry.year:
        said = (("en", "Only the year is known."),)
        return (ActivityDate("2" if entry.year <= today.year else "1", f"{entry.year}-01-01", said),), "year"
    said = (("en", "The day of this report; no day of the activity is known."),)
    return (ActivityDate("2", today.isoformat(), said),), "none"


def _status(entry: Entry, today: date) -> str:
    """Ended, not begun yet, or under way, as its days say."""
    day = today.isoformat()
    if entry.end and entry.end < day:
        return "4"
    return "1" if (entry.start or f"{entry.year or 0:04}") > day else "2"
