"""A report as JSON: every figure with its query and the records it counts, and the sections that show them."""

import dataclasses
import json
import re
from typing import Any

from actionlines.reports.model import Block, Report, Section

NAME = "actionlines report"
VERSION = 1


def render(report: Report) -> bytes:
    """The JSON text, UTF-8, keys in the order of the model, one figure a line so that two reports compare well."""
    data = as_data(report)
    figures = ",\n".join(f"  {_text(name)}: {_text(figure)}" for name, figure in data.pop("figures").items())
    parts = [
        f"{_text(name)}: {json.dumps(value, ensure_ascii=False, indent=1)}" for name, value in data.items()
    ]
    parts.append(f'"figures": {{\n{figures}\n}}')
    text = ",\n".join(parts)
    return f"{{\n{text}\n}}\n".encode("utf-8", errors="replace")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data: what the JSON form holds."""
    figures = {identifier: dataclasses.asdict(figure) for identifier, figure in report.figures.items()}
    return shown_data(report) | {"figures": figures}


def shown_data(report: Report) -> dict[str, Any]:
    """What a reader of the report sees, as plain data: everything but the figures."""
    return {
        "format": NAME,
        "version": VERSION,
        "kind": report.kind,
        "language": report.language,
        "title": report.title,
        "subtitle": report.subtitle,
        "cover": list(report.cover),
        "notice": report.notice,
        "date": report.made_on.isoformat(),
        "method": dict(report.method),
        "sections": [_section(section) for section in report.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "continued": section.continued,
        "blocks": [_block(block) for block in section.blocks],
        "sections": [_section(below) for below in section.sections],
    }


def _block(block: Block) -> dict[str, Any]:
    """{'type': 'key-figures', …}: the name of the class, then its fields."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(block).__name__).lower()
    return {"type": name} | dataclasses.asdict(block)
