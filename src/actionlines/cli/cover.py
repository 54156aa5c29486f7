"""`actionlines cover`: which goals, targets and action lines a plan addresses, and where it is silent."""

import argparse
import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from actionlines.documents import read
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.results.cover import KEPT, THRESHOLD, Cover, compare, cover
from actionlines.text import LANGUAGES, direction


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `cover`."""
    command = subparsers.add_parser(
        "cover",
        help="what a plan covers",
        description=(
            "Reads a national development plan, a cooperation framework or a digital strategy (docx, PDF, html, md, "
            "txt) and says where it addresses each goal, target and action line, and where the official matrix says "
            "that ICT could contribute and the plan is silent. Several files are compared."
        ),
        epilog="Exit status: 0 done, 2 bad input.",
    )
    command.add_argument("files", type=Path, nargs="+", metavar="FILE")
    command.add_argument("--lang", choices=LANGUAGES, default="", help="of the files; found out by default")
    command.add_argument(
        "--threshold",
        type=float,
        default=THRESHOLD,
        metavar="P",
        help=f"least probability of a link ({THRESHOLD})",
    )
    command.add_argument("--format", choices=("text", "json", "html"), default="text")
    command.set_defaults(func=_cover)


def _cover(arguments: argparse.Namespace) -> int:
    if not 0 < arguments.threshold <= 1:
        raise InputError([Problem(marked("--threshold lies above 0 and is at most 1."))])
    found = [_read(path, arguments) for path in arguments.files]
    if arguments.format == "json":
        sys.stdout.write(json.dumps(_value(found), ensure_ascii=False, indent=1) + "\n")
    elif arguments.format == "html":
        sys.stdout.write(_html(found))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found))
    return 0


def _read(path: Path, arguments: argparse.Namespace) -> Cover:
    document = read(path)
    tell = _teller(path.name) if sys.stderr.isatty() else None
    return cover(document, language=arguments.lang, threshold=arguments.threshold, progress=tell)


def _teller(name: str) -> Any:
    def tell(done: int, total: int) -> None:
        sys.stderr.write(f"\r{name}: {done} of {total} passages")
        if total - done <= 50:
            sys.stderr.write("\n")

    return tell


def _title(framework: str, node: str) -> str:
    return catalogue().frameworks[framework][node].title.get("en")


def _value(found: list[Cover]) -> dict[str, Any]:
    return {
        "plans": [
            {
                "file": plan.name,
                "language": plan.language,
                "passages": plan.passages,
                "addressed": [
                    {
                        "framework": one.framework,
                        "node": one.node,
                        "title": _title(one.framework, one.node),
                        "passages": one.passages,
                        "share": round(one.share, 6),
                        "mentions": [
                            {
                                "paragraph": mention.paragraph,
                                "page": mention.page,
                                "basis": mention.basis,
                                "probability": round(mention.probability, 4),
                                "text": mention.text,
                            }
                            for mention in one.mentions
                        ],
                    }
                    for one in plan.addressed
                ],
                "silent": {framework: list(codes) for framework, codes in plan.silent.items()},
                "opportunities": [{"node": one.node, "lines": list(one.lines)} for one in plan.opportunities],
            }
            for plan in found
        ],
        "comparison": [
            {"framework": framework, "node": node, "shares": [round(share, 6) for share in shares]}
            for framework, node, shares in compare(found)
        ]
        if len(found) > 1
        else [],
    }


def _lines(found: list[Cover]) -> Iterator[str]:
    for plan in found:
        yield f"{plan.name}: {plan.passages} passages, language {plan.language or 'not known'}"
        for one in plan.addressed:
            title = _title(one.framework, one.node)
            pages = sorted({mention.page for mention in one.mentions if mention.page})
            where = f", first on page {pages[0]}" if pages else ""
            yield f"  {one.node:<8}{one.passages:>5} passages {100 * one.share:5.1f} %  {title}{where}"
        for framework, codes in plan.silent.items():
            yield f"  silent on {framework}: {', '.join(codes) or 'nothing'}"
        for opportunity in plan.opportunities:
            yield f"  {opportunity.node}: ICT could contribute through {', '.join(opportunity.lines)}"
    if len(found) > 1:
        yield "share of the text: " + " | ".join(plan.name for plan in found)
        for _, node, shares in compare(found):
            yield f"  {node:<8}" + " ".join(f"{100 * share:6.1f} %" for share in shares)


def _html(found: list[Cover]) -> str:
    parts = "".join(_section(plan) for plan in found)
    if len(found) > 1:
        heads = "".join(f'<th scope="col">{escape(plan.name)}</th>' for plan in found)
        rows = "".join(
            f'<tr><th scope="row">{escape(node)} {escape(_title(framework, node))}</th>'
            + "".join(f"<td>{100 * share:.1f} %</td>" for share in shares)
            + "</tr>\n"
            for framework, node, shares in compare(found)
        )
        parts += f"<section><h2>Comparison: share of the text</h2><table><tr><td></td>{heads}</tr>\n{rows}</table></section>"
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>What the plans cover</title><style>body{font:1rem/1.5 sans-serif;margin:2rem auto;max-width:70rem;"
        "padding:0 1rem}table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.3rem .6rem;"
        "text-align:start;vertical-align:top}blockquote{margin:.3rem 0}</style></head>\n"
        f"<body><main><h1>What the plans cover</h1>\n{parts}</main></body>\n</html>\n"
    )


def _section(plan: Cover) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(one.node)} {escape(_title(one.framework, one.node))}</th>'
        f"<td>{one.passages}</td><td>{100 * one.share:.1f} %</td><td>{_mentions(one.mentions[:2], plan.language)}</td></tr>\n"
        for one in plan.addressed
    )
    silent = "".join(
        f"<li>{escape(framework)}: {escape(', '.join(codes) or 'nothing')}</li>"
        for framework, codes in plan.silent.items()
    )
    open_ = "".join(
        f"<li>{escape(one.node)}: {escape(', '.join(one.lines))}</li>" for one in plan.opportunities
    )
    return (
        f"<section><h2>{escape(plan.name)}</h2>\n<table><tr><th>addressed</th><th>passages</th><th>share of the text</th>"
        f"<th>surest passages (at most {KEPT} are kept)</th></tr>\n{rows}</table>\n"
        f"<h3>Silent</h3><ul>{silent}</ul>\n<h3>Where ICT could contribute and the plan is silent</h3><ul>{open_}</ul></section>\n"
    )


def _mentions(mentions: Any, language: str) -> str:
    said = f' lang="{language}" dir="{direction(language)}"' if language else ""
    return "".join(
        f"<blockquote{said}>{escape(mention.text[:400])}</blockquote>"
        f"<p>paragraph {mention.paragraph}{f', page {mention.page}' if mention.page else ''}; {mention.basis}, "
        f"{mention.probability:.2f}</p>"
        for mention in mentions
    )
