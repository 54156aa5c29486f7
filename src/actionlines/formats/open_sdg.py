"""Open SDG: an indicator as its data repositories keep it: csv, metadata and translations in YAML.

The layout is that of sdg-build 2.3: `data/indicator_17-8-1.csv` whose first column is Year and last Value, a blank
for every total; `meta/17-8-1.yml` and `meta/fr/17-8-1.yml`; `indicator-config/17-8-1.yml`; `translations/fr/data.yml`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actionlines.formats.tabular import Grid, csv_text
from actionlines.problems import InputError, Problem, marked

YEAR: Final = "Year"
VALUE: Final = "Value"
GEO_CODE: Final = "GeoCode"
# Columns sdg-build treats in a way of its own: they split nothing.
SPECIAL: Final = (YEAR, VALUE, GEO_CODE, "Units", "Series")


@dataclass(frozen=True)
class OpenSdgData:
    """The data of an indicator.

    Attributes:
        columns: in their order; 'Year' first, 'Value' last.
        rows: column to text; a blank is not there.
        problems: rows that could not be used.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    problems: tuple[Problem, ...] = ()

    @property
    def years(self) -> tuple[str, ...]:
        """Every year, ascending."""
        return tuple(sorted({row[YEAR] for row in self.rows}))

    @property
    def headline(self) -> tuple[Mapping[str, str], ...]:
        """The rows that split by nothing: what the indicator's page shows first."""
        splits = [column for column in self.columns if column not in SPECIAL]
        return tuple(row for row in self.rows if not any(row.get(column) for column in splits))


def is_open_sdg(grid: Grid) -> bool:
    """Whether a table is the data of an indicator: first column Year, last Value, no economies."""
    head = grid.rows[0]
    return len(head) > 1 and head[0] == YEAR and head[-1] == VALUE


def read_data(grid: Grid) -> OpenSdgData:
    """The data; every cell stays text, so that a GeoCode 004 keeps its zeros.

    A row without a year or with something in Value that is no number is left out, and so is one whose key stands
    there already. A blank in Value is a value that is missing, and no row.

    Raises:
        InputError: another header, or a column twice.
    """
    if not is_open_sdg(grid):
        template = marked("the first column is not Year, or the last not Value.")
        raise InputError([Problem(template, file=grid.name, row=1)])
    columns = grid.rows[0]
    if len({*columns}) < len(columns) or "" in columns:
        raise InputError(
            [Problem(marked("a column has no name, or one that stands there twice."), file=grid.name, row=1)]
        )
    rows: list[Mapping[str, str]] = []
    problems: list[Problem] = []
    first: dict[tuple[tuple[str, str], ...], int] = {}
    for number, cells in enumerate(grid.rows[1:], 2):
        row = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
        if not row or (VALUE not in row and YEAR in row):
            continue
        fault = _fault(row, first, number)
        if fault:
            problems.append(Problem(fault, {"said": row.get(VALUE, "")[:40]}, grid.name, number))
        else:
            rows.append(row)
    return OpenSdgData(columns, tuple(rows), tuple(problems))


def _fault(row: Mapping[str, str], first: dict[tuple[tuple[str, str], ...], int], number: int) -> str:
    if not (len(row.get(YEAR, "")) == 4 and row[YEAR].isdecimal()):
        return marked("the row has no year of four digits.")
    if not _is_number(row[VALUE]):
        return marked("“%(said)s” is not a number.")
    key = tuple(sorted((name, text) for name, text in row.items() if name not in {VALUE, GEO_CODE}))
    if first.setdefault(key, number) != number:
        return marked("the row repeats the key of one above.")
    return ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text[-1].isdecimal() or text[-1] == "."


@dataclass(frozen=True)
class Indicator:
    """An indicator to be published.

    Attributes:
        number: such as '17.8.1'.
        data: its values.
        titles: language to title; 'en' is there.
        fields: language to field ('STAT_CONC_DEF', 'source_url_1', …) to text.
        unit: such as 'Percentage'.
        words: language to word of the data to its translation.
    """

    number: str
    data: OpenSdgData
    titles: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    unit: str = ""
    words: Mapping[str, Mapping[str, str]] | None = None


def data_csv(data: OpenSdgData) -> str:
    """The csv of an indicator; values that begin with a sign stay numbers."""
    lines = csv_text(data.columns, ())
    rows = [[row.get(column, "") for column in data.columns] for row in data.rows]
    # A negative value must not get the apostrophe that protects spreadsheets: it would be no number any more.
    return lines + "".join(csv_text(row[:-1], ()).rstrip("\r\n") + f",{row[-1]}\r\n" for row in rows)


def repository_files(indicators: Sequence[Indicator]) -> dict[str, str]:
    """The files of a data repository by their path: what sdg-build makes a site's data of.

    Texts in YAML are written as JSON strings, which every reader of YAML reads.
    """
    languages = sorted({language for one in indicators for language in one.titles} | {"en"})
    found: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {language: {} for language in languages}
    titles: dict[str, dict[str, str]] = {language: {} for language in languages}
    for one in indicators:
        slug = one.number.replace(".", "-")
        goal, _, _ = one.number.partition(".")
        found[f"data/indicator_{slug}.csv"] = data_csv(one.data)
        for language in languages:
            fields = {
                "SDG_GOAL": goal,
                "SDG_TARGET": one.number.rpartition(".")[0],
                "SDG_INDICATOR": f"{one.number} {one.titles.get(language, one.titles['en'])}",
                **one.fields.get(language, {}),
            }
            folder = "meta" if language == "en" else f"meta/{language}"
            found[f"{folder}/{slug}.yml"] = _yaml(fields)
            words[language] |= (one.words or {}).get(language, {})
            titles[language][f"{slug}-title"] = one.titles.get(language, one.titles["en"])
        found[f"indicator-config/{slug}.yml"] = _yaml(_configuration(one, slug))
    for language in languages:
        found[f"translations/{language}/titles.yml"] = _yaml(titles[language])
        if words[language]:
            found[f"translations/{language}/data.yml"] = _yaml(words[language])
    found["metadata_schema.yml"] = _yaml(_metadata_schema(indicators))
    found["config_data.yml"] = _yaml(_build(languages, indicators))
    return found


def _build(languages: Sequence[str], indicators: Sequence[Indicator]) -> dict[str, object]:
    """What sdg-build is told; columns are text, or codes would lose their zeros. Nothing is fetched from elsewhere."""
    columns = dict.fromkeys(column for one in indicators for column in one.data.columns)
    return {
        "languages": list(languages),
        "site_dir": "_site",
        "schema_file": "metadata_schema.yml",
        "inputs": [
            {
                "class": "InputCsvData",
                "path_pattern": "data/*-*.csv",
                "dtype": {column: "str" for column in columns if column not in {YEAR, VALUE}},
            },
            {"class": "InputYamlMeta", "path_pattern": "indicator-config/*-*.yml", "git": False},
            {"class": "InputYamlMeta", "path_pattern": "meta/*-*.yml", "git": False},
        ],
        "translations": [{"class": "TranslationInputYaml", "source": "translations"}],
    }


def _metadata_schema(indicators: Sequence[Indicator]) -> dict[str, object]:
    """The fields of metadata and configuration, in the form sdg-build keeps from the editor Prose."""
    names = dict.fromkeys(name for one in indicators for name in _configuration(one, ""))
    names |= dict.fromkeys(("SDG_GOAL", "SDG_TARGET", "SDG_INDICATOR"))
    names |= dict.fromkeys(name for one in indicators for fields in one.fields.values() for name in fields)
    elements = {"data_non_statistical": "checkbox", "published": "checkbox"}
    fields = [
        {"name": name, "field": {"element": elements.get(name, "text"), "label": name}} for name in names
    ]
    return {"prose": {"metadata": {"meta": fields}}}


def _configuration(one: Indicator, slug: str) -> dict[str, object]:
    return {
        "indicator_number": one.number,
        "indicator_name": f"titles.{slug}-title",
        "indicator_sort_order": "-".join(part.zfill(2) for part in slug.split("-")),
        "graph_title": f"titles.{slug}-title",
        "graph_type": "line",
        "reporting_status": "complete" if one.data.rows else "notstarted",
        "data_non_statistical": False,
        "published": True,
        "computation_units": one.unit,
    }


def _yaml(values: Mapping[str, object]) -> str:
    return "".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in values.items()
    )


def rows_of(
    records: Iterable[Mapping[str, str]], splits: Mapping[str, str], year: str, value: str
) -> OpenSdgData:
    """Records (of SDMX, say) as the data of an indicator.

    Args:
        splits: component to column, such as {'SEX': 'SEX'}; the code `_T` becomes a blank. A component that is
            total in every record gets no column.
        year, value: the components that hold them.
    """
    kept = [dict(record) for record in records]
    used = [one for one in splits if any(record.get(one, "_T") not in {"_T", "_Z", ""} for record in kept)]
    columns = (YEAR, *(splits[one] for one in used), VALUE)
    rows = tuple(
        {
            YEAR: record[year],
            **{splits[one]: record[one] for one in used if record.get(one, "_T") not in {"_T", "_Z", ""}},
            VALUE: record[value],
        }
        for record in kept
        if record.get(value, "NaN") != "NaN"
    )
    return OpenSdgData(columns, rows)
