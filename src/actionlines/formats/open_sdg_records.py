"""Figures of the SDG structure as indicators of Open SDG, with the words their data need in six languages."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from actionlines.formats.open_sdg import Indicator, rows_of
from actionlines.formats.sdmx import Record
from actionlines.formats.sdmx.observations import sdg_codes
from actionlines.measurement.series import Series, series_by_code, series_catalogue

# Components that split an indicator's data; each is its own column, as Kazakhstan's and Kyrgyzstan's repositories do.
SPLITS: Final = (
    *("REF_AREA", "SEX", "AGE", "URBANISATION", "EDUCATION_LEV", "INCOME_WEALTH_QUANTILE", "OCCUPATION"),
    *("CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT"),
)


def indicators_of(records: Iterable[Record]) -> tuple[Indicator, ...]:
    """An indicator for each SDG indicator the records have figures of, in their order.

    The total of a component is `_T`; where no record has it, the code more than half of them have: an office's AGE is
    Y_GE15 where the survey asks people of 15 and more.
    """
    series = {sdg: series_by_code()[own] for own, sdg in sdg_codes().series.items()}
    grouped: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        # The United Nations' own interface writes IT_USE_ii99 for IT_USE_II99.
        known = series.get(record["SERIES"].upper()) or series.get(record["SERIES"])
        if known is not None:
            grouped[known.code].append(record)
    return tuple(_indicator(series_by_code()[code], found) for code, found in grouped.items())


def _indicator(series: Series, records: list[Record]) -> Indicator:
    totals = {name: _total(records, name) for name in SPLITS}
    plain = [
        {**record, **{name: "_T" for name in SPLITS if record.get(name) == totals[name]}}
        for record in records
    ]
    data = rows_of(plain, {name: name for name in SPLITS}, "TIME_PERIOD", "OBS_VALUE")
    titles = {language: series.title.get(language) for language in series.title}
    definition = {
        language: {"STAT_CONC_DEF": series.definition.get(language)} for language in series.definition
    }
    return Indicator(
        series.indicator,
        data,
        {"en": series.title.get("en"), **titles},
        definition,
        series.unit.get("en"),
        _words(data.columns),
    )


def _total(records: list[Record], name: str) -> str:
    """The code of the whole in a component, '' where there is none."""
    counts = Counter(record.get(name, "_T") for record in records)
    if "_T" in counts:
        return "_T"
    if name == "REF_AREA":
        # KG is the whole of KG05: the parts of a country begin with its code, and two countries have no whole.
        shortest = min(counts, key=len)
        return shortest if all(code.startswith(shortest) for code in counts) else ""
    code, times = counts.most_common(1)[0]
    return code if times * 2 > len(records) else ""


def _words(columns: Iterable[str]) -> dict[str, dict[str, str]]:
    """Names of columns and codes in the six languages, as far as the catalogue has them."""
    names = {component: own for own, component in sdg_codes().breakdowns.items()}
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for column in columns:
        own = names.get(column, "")
        for key, text in series_catalogue().breakdowns.items():
            name, _, part = key.partition("=")
            if own and name == own:
                for language in text:
                    found[language][part or column] = text.get(language)
    return dict(found)
