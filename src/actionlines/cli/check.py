"""`actionlines check`: look at a file of statistics with every rule."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final

from actionlines.formats.tabular import read_table, write_table
from actionlines.measurement.checks import (
    Checked,
    Finding,
    Statistics,
    check,
    load_check_rules,
    read_statistics,
)
from actionlines.problems import InputError, Problem, marked

KINDS: Final = ("ict-statistics",)
_COLUMNS: Final = (
    "severity",
    "rule",
    "economy",
    "period",
    "breakdown",
    "message",
    "values",
    "fires in published data",
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `check`."""
    command = subparsers.add_parser(
        "check",
        help="check a file of statistics",
        description=(
            "Looks at statistics with every rule: identities, order, ranges, jumps, falls, values carried on, slips "
            "of the unit, populations that differ, economies far from their peers, revisions. A finding is a "
            "question to its owner, not a fault: each says how often its rule fires in published data."
        ),
        epilog="Exit status: 0 nothing found, 1 findings, 2 bad input.",
    )
    command.add_argument(
        "file", type=Path, metavar="FILE", help="csv, xlsx, xls or ods: one row for each value"
    )
    command.add_argument("--as", dest="kind", choices=KINDS, required=True, help="what the file holds")
    command.add_argument(
        "--format",
        choices=("text", "json", "html", "xlsx"),
        default="text",
        help="text (default), json, html or xlsx",
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="write there; xlsx needs it")
    command.set_defaults(func=_check)


def _check(arguments: argparse.Namespace) -> int:
    if arguments.format == "xlsx" and (arguments.out is None or arguments.out.suffix.lower() != ".xlsx"):
        raise InputError([Problem(marked("--format xlsx needs --out FILE.xlsx."))])
    table = read_table(arguments.file)
    statistics = read_statistics(table.columns, ((row.number, row.cells) for row in table.rows), table.name)
    statistics.problems.extend(table.problems)
    checked = check(statistics)
    if arguments.format == "xlsx":
        write_table(arguments.out, _COLUMNS, _rows(checked))
    else:
        makers = {"text": _text, "json": _json, "html": _html}
        _say(makers[arguments.format](statistics, checked), arguments.out)
    return 1 if checked.findings or statistics.problems else 0


def _say(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    part = out.with_name(out.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(out)


def _fires() -> dict[str, str]:
    return {rule.name: rule.fires for rule in load_check_rules()}


def _json(statistics: Statistics, checked: Checked) -> str:
    found = Counter(finding.rule for finding in checked.findings)
    fires = _fires()
    value: dict[str, Any] = {
        "file": statistics.name,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "economy": finding.economy,
                "period": finding.period,
                "breakdown": finding.breakdown,
                "values": dict(finding.values),
                "message": finding.message,
            }
            for finding in checked.findings
        ],
        "checked": {
            name: {"cases": cases, "findings": found[name], "fires": fires[name]}
            for name, cases in checked.cases.items()
        },
        "rows": statistics.rows,
        "empty": statistics.empty,
        "problems": [str(problem) for problem in statistics.problems],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _text(statistics: Statistics, checked: Checked) -> str:
    return "".join(f"{line}\n" for line in _lines(statistics, checked))


def _lines(statistics: Statistics, checked: Checked) -> Iterator[str]:
    yield from (str(problem) for problem in statistics.problems)
    for finding in checked.findings:
        place = " ".join(filter(None, (finding.economy, finding.period, finding.breakdown)))
        yield f"{finding.severity}: {place}: {finding.message} [{finding.rule}]"
    found = Counter(finding.rule for finding in checked.findings)
    fires = _fires()
    for name, cases in checked.cases.items():
        if cases:
            yield f"{name}: {found[name]} of {cases:,}; in published data: {fires[name]}"
    yield f"{statistics.rows:,} rows, {statistics.empty:,} without a value, {len(checked.findings):,} findings"


def _rows(checked: Checked) -> Iterator[tuple[str, ...]]:
    fires = _fires()
    for finding in checked.findings:
        yield (
            *(
                finding.severity,
                finding.rule,
                finding.economy,
                finding.period,
                finding.breakdown,
                finding.message,
            ),
            *(_values(finding), fires[finding.rule]),
        )


def _values(finding: Finding) -> str:
    return "; ".join(f"{name}: {value:g}" for name, value in finding.values.items())


def _html(statistics: Statistics, checked: Checked) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in _COLUMNS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in _rows(checked)
    )
    problems = "".join(f"<li>{escape(str(problem))}</li>\n" for problem in statistics.problems)
    faults = f"<h2>Cells that could not be read</h2>\n<ul>\n{problems}</ul>\n" if problems else ""
    title = f"{statistics.name}: {len(checked.findings):,} findings in {statistics.rows:,} rows"
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>body{{font:1rem/1.4 sans-serif;margin:2rem}}"
        "table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:start;"
        "vertical-align:top}</style></head>\n"
        f"<body><main><h1>{escape(title)}</h1>\n{faults}<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>"
        "</table></main></body>\n</html>\n"
    )
