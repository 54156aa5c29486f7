"""What was meant by a search that found nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from actionlines_web.search import queries as search
from actionlines_web.stocktaking.models import Entry, EntryTranslation
from actionlines_web.stocktaking.queries.entries import Page, entry_page
from actionlines_web.stocktaking.queries.filters import EntryQuery

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """Another search, and the best of what it finds."""

    query: EntryQuery
    page: Page


def meant(query: EntryQuery) -> list[Meant]:
    """The searches that may have been meant, the likeliest first; each finds something under the other filters too."""
    found = (
        Meant(other, entry_page(other, size=SHOWN))
        for other in (replace(query, q=text) for text in search.meant(query.q, _titles))
    )
    return [item for item in found if item.page.entries]


def _titles(keys: list[int]) -> Iterable[str]:
    yield from Entry.objects.filter(pk__in=keys).order_by("-pk").values_list("title", flat=True)
    translated = EntryTranslation.objects.filter(entry_id__in=keys).order_by("-entry_id", "language")
    yield from translated.values_list("title", flat=True)
