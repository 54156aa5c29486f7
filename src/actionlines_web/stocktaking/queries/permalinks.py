"""Short addresses of filtered views: 'list/C4/KEN/2015-2020' for the list of C4 in Kenya from 2015 to 2020.

The address is made of the filter itself, so nothing is stored and nothing expires. What each part means is told by its
form alone, in any order; what has no form of its own carries its name ('status.winner'). Forms are only ever added:
an address that was given out keeps its meaning. One filter has one address.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from actionlines.frameworks import catalogue, region_names
from actionlines_web.stocktaking.queries.filters import EntryQuery

VIEWS: Final = {"list": "stocktaking:entries", "matrix": "stocktaking:matrix", "feed": "stocktaking:feed"}
# In the order in which an address names them.
_NAMED: Final = (
    *("sub_line", "outcome", "year", "stakeholder", "organisation", "status", "language", "freshness"),
    *("direction", "story", "basis", "framework"),
)
_YEARS: Final = re.compile(r"(\d{4})?-(\d{4})?|\d{4}")
_SIGNS: Final = {"~": "~~", "/": "~s", "\n": "~n", "\r": "~r"}
_MEANT: Final = {escape: sign for sign, escape in _SIGNS.items()}


def short(query: EntryQuery) -> str:
    """The parts of the address of a filter, '' without one: 'C4/KEN/2015-2020/q.school'."""
    return "/".join(quote(part, safe="") for part in _parts(query))


def _escaped(words: str) -> str:
    """Free words as one part of a path: a stroke would divide it, even one that is quoted."""
    return "".join(_SIGNS.get(sign, sign) for sign in words)


def _unescaped(part: str) -> str:
    return re.sub("~([~snr])", lambda match: _MEANT[match.group()], part)


def _parts(query: EntryQuery) -> Iterator[str]:
    params = query.params()
    for name in ("line", "goal", "target", "region", "country"):
        if value := params.get(name):
            yield value if value != "none" and _name_of(value) == name else f"{name}.{value}"
    first, last = params.get("year_from", ""), params.get("year_to", "")
    if first or last:
        yield first if first == last else f"{first}-{last}"
    for name in _NAMED:
        if value := params.get(name):
            yield f"{name}.{_escaped(value)}"
    if query.q:
        yield f"q.{_escaped(query.q)}"


def params_of(address: str) -> dict[str, str] | None:
    """The parameters that parts of an address, unquoted, stand for; None where one of them means nothing."""
    found: dict[str, str] = {}
    for part in filter(None, address.split("/")):
        read = _read(part)
        if read is None or set(read) & set(found):
            return None
        found |= read
    return found


def _read(part: str) -> dict[str, str] | None:
    if _YEARS.fullmatch(part) and part != "-":
        first, _, last = part.partition("-")
        years = {"year_from": first, "year_to": last if "-" in part else first}
        return {name: year for name, year in years.items() if year}
    name = _name_of(part)
    if name:
        return {name: part}
    name, dot, value = part.partition(".")
    known = {"q", "line", "goal", "target", "region", "country", *_NAMED}
    return {name: _unescaped(value)} if dot and value and name in known else None


def _name_of(part: str) -> str:
    """The parameter whose value has this form; '' for none."""
    known = catalogue().frameworks
    if part in known["wsis"]:
        return "line"
    if part in known["sdg"] and known["sdg"][part].kind in {"goal", "target"}:
        return known["sdg"][part].kind
    if part in region_names():
        return "region"
    return "country" if re.fullmatch("[A-Z]{3}", part) else ""
