"""The export as IATI 2.03: the register reports on the work of others, under the publisher the site is set to.

A tag names each line, goal and target the list's filter counts; a goal is left out where one of its targets is named.
"""

from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.utils import timezone

from actionlines.formats.iati import Publisher, activities_from_entries, activities_xml
from actionlines.stocktaking import Entry
from actionlines_web.stocktaking.queries import ExportedEntry, Words, narrowest

MEDIA_TYPE = "application/xml; charset=utf-8"
_ACTIVITIES_OF_A_PART = 100


def parts(chunks: Iterator[list[ExportedEntry]], words: Words) -> Iterator[bytes]:
    """The beginning of the file, then its activities, a hundred at a time."""
    now = timezone.now()
    entries = (_entry(entry) for chunk in chunks for entry in chunk)
    publisher = Publisher(settings.IATI_PUBLISHER, settings.IATI_PUBLISHER_NAME, settings.IATI_PUBLISHER_TYPE)
    made = activities_xml(activities_from_entries(entries, publisher, today=now.date()), now)
    yield next(made).encode()
    while some := list(islice(made, _ACTIVITIES_OF_A_PART)):
        yield "".join(some).encode()


def _entry(row: ExportedEntry) -> Entry:
    codes: dict[str, list[str]] = {"wsis": [], "sdg": []}
    for link in row.links:
        codes[link.framework].append(link.node)
    return Entry(
        id=row.identifier,
        title=row.title,
        description=row.description,
        language=row.language,
        organisation=row.organisation or "",
        stakeholder_type=row.stakeholder_type,
        country=row.country,
        year=row.year or None,
        status=row.status,
        lines=narrowest("wsis", codes["wsis"]),
        targets=narrowest("sdg", codes["sdg"]),
        website=row.website,
        source=row.source,
        start=row.starts_on.isoformat() if row.starts_on else "",
        end=row.ends_on.isoformat() if row.ends_on else "",
    )
