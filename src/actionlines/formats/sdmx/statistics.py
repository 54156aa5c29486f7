"""The structure of the statistics of a site, and observations as its records.

The structure of the SDG data (`sdg_structure`) has no room for administrative counts or for the national parts of a
population. Ours holds every observation: series by the code of the catalogue, economies by their three letters, what
splits the population in the dimensions of the SDG structure, and all else in `PART`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from actionlines.formats.sdmx.structure import Component, Record, Reference, Structure
from actionlines.frameworks import areas
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import series, series_catalogue

REFERENCE: Final = Reference("ACTIONLINES", "STATISTICS", "1.0")
# Our names of what splits a population, to dimensions.
_DIMENSIONS: Final = {
    "sex": "SEX",
    "age": "AGE",
    "area": "URBANISATION",
    "education": "EDUCATION_LEV",
    "wealth": "INCOME_WEALTH_QUANTILE",
    "occupation": "OCCUPATION",
}
_CODED: Final = {
    "FREQ": {"A": "Annual"},
    "SEX": {"_T": "Total", "F": "Women", "M": "Men"},
    "URBANISATION": {"_T": "Total", "R": "Rural", "U": "Urban"},
    "OBS_STATUS": {
        "A": "Normal value",
        "B": "Break in the series",
        "E": "Estimate",
        "F": "Forecast",
        "I": "Imputed value",
        "P": "Provisional value",
    },
}


def series_id(code: str) -> str:
    """The code of a series as SDMX may write it: 'SP_POP_TOTL' of 'SP.POP.TOTL'."""
    return code.replace(".", "_")


def series_of_id(identifier: str) -> str:
    """The code of the catalogue that `series_id` was made of; what is none stays."""
    return _series_ids().get(identifier, identifier)


@cache
def _series_ids() -> Mapping[str, str]:
    return {series_id(one.code): one.code for one in series()}


@cache
def statistics_structure() -> Structure:
    """The structure: eleven dimensions with the period, and what is said of a value."""
    units = {one.code: one.text.get("en") for one in series_catalogue().units.values()}
    codes: Mapping[str, Mapping[str, str]] = {
        **_CODED,
        "REF_AREA": {one.iso3: one.names.get("en") for one in areas()},
        "SERIES": {series_id(one.code): one.title.get("en") for one in series()},
        "UNIT_MEASURE": units,
    }

    def made(identifier: str) -> Component:
        return Component(identifier, codes=codes.get(identifier, {}), coded=identifier in codes)

    return Structure(
        REFERENCE,
        tuple(map(made, ("FREQ", "REF_AREA", "SERIES", *_DIMENSIONS.values(), "PART"))),
        attributes=tuple(
            map(made, ("UNIT_MEASURE", "OBS_STATUS", "SOURCE_DETAIL", "COMMENT_OBS", "VINTAGE"))
        ),
    )


def statistics_records(observations: Iterable[Observation]) -> Iterator[Record]:
    """Observations of series of the catalogue as records of `statistics_structure()`, none left out."""
    units = {one.code: one.unit_code for one in series()}
    for one in observations:
        parts = dict.fromkeys(_DIMENSIONS.values(), "_T")
        rest = []
        for part in filter(None, one.breakdown.split(";")):
            name, _, code = part.partition("=")
            component = _DIMENSIONS.get(name, "")
            known = _CODED.get(component)
            if component and (known is None or code in known):
                parts[component] = code
            else:
                rest.append(part)
        record = {
            "FREQ": "A",
            "REF_AREA": one.economy,
            "SERIES": series_id(one.series),
            **parts,
            "PART": ";".join(rest) or "_T",
            "TIME_PERIOD": one.period,
            "OBS_VALUE": format(one.value, "f"),
            "UNIT_MEASURE": units[one.series],
            "OBS_STATUS": one.flag or "A",
            "SOURCE_DETAIL": one.source,
            "COMMENT_OBS": one.note,
            "VINTAGE": one.vintage,
        }
        yield {name: text for name, text in record.items() if text}
