"""World Development Indicators, from the World Bank's interface (api.worldbank.org, version 2).

`/country/all/indicator/CODE?format=json&source=2&date=2000:2024&per_page=…&page=…` answers with a list of two: what the
page is, and its values; or with a list of one, a message of what is wrong.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from actionlines.connectors.statistics import Asking, Source, figure, unexpected
from actionlines.problems import InputError, marked

_PER_PAGE: Final = 10_000
_MOST_PAGES: Final = 200


def _rows(asking: Asking, code: str) -> Iterator[tuple[str, ...]]:
    wanted = asking.wanted
    countries = ";".join(wanted.economies) or "all"
    indicator = quote(asking.source.codes()[code].code, safe="")
    page, pages = 1, 1
    while page <= min(pages, _MOST_PAGES):
        path = (
            f"/v2/country/{countries}/indicator/{indicator}?format=json&source=2&date={wanted.first}:{wanted.last}"
            f"&per_page={_PER_PAGE}&page={page}"
        )
        head, values = _parts(asking.answer(path), path)
        if head is None:
            asking.note(marked("%(series)s: the source says “%(said)s”."), series=code, said=values)
            return
        pages = int(head["pages"])
        for one in values:
            if one["value"] is not None:
                # Aggregates have codes of their own: their reader names and leaves them out.
                economy = one["countryiso3code"] or one["country"]["value"]
                yield (
                    *(economy, one["date"], figure(one["value"]), one.get("obs_status") or "", "", "", ""),
                    *("World Development Indicators", ""),
                )
        page += 1


def _parts(answer: Any, path: str) -> tuple[Any, Any]:
    """The head and the values of an answer; no head and what is wrong of a refusal."""
    try:
        if len(answer) == 1 and "message" in answer[0]:
            return None, "; ".join(str(one["value"]) for one in answer[0]["message"])[:200]
        head, values = answer
        int(head["pages"])
        for one in values or ():
            _ = one["value"], one["date"], one["countryiso3code"], one["country"]["value"]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise InputError([unexpected(path)]) from None
    return head, values or ()


WDI: Final = Source("wdi", "World Development Indicators", "https://api.worldbank.org", _rows)
