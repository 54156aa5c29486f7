"""`actionlines download`: files from the public sources of others, kept in a folder and fetched anew where they changed."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from actionlines.cli.output import add_format, answer
from actionlines.connectors import Client, Fetched, iati, sdg_wording
from actionlines.frameworks import catalogue
from actionlines.problems import Problem

_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `download` with a command for each source."""
    group = subparsers.add_parser("download", help="fetch files of public sources: IATI, official SDG titles")
    commands = group.add_subparsers(title="sources", metavar="SOURCE", required=True)

    command = commands.add_parser(
        "iati",
        help="files of IATI activities, of some publishers or of all",
        description=(
            "Files lie in FOLDER/publisher/name.xml. Run again, it takes only what has changed. Ends with 1 where a "
            "file could not be had."
        ),
    )
    command.add_argument("folder", type=Path, metavar="FOLDER", help="where the files go")
    command.add_argument(
        "--publisher", action="append", default=[], metavar="NAME", help="short name; repeat"
    )
    command.add_argument("--list", action="store_true", help="fetch nothing, only say what there is")
    _add_source(command, iati.ORIGIN, 0.2)
    command.set_defaults(func=_iati)

    command = commands.add_parser(
        "sdg-titles",
        help="official titles of goals, targets and indicators in six languages, as a folder of frameworks",
        description=(
            "Writes FOLDER/sdg/2023, which takes the place of the short titles: actionlines frameworks --folder "
            "FOLDER, and on a site ACTIONLINES_FRAMEWORKS_DIR=FOLDER."
        ),
    )
    command.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of frameworks")
    command.add_argument("--edition", default=sdg_wording.EDITION, help="branch or tag of the source")
    _add_source(command, sdg_wording.ORIGIN, 0.5)
    command.set_defaults(func=_sdg_titles)


def _add_source(command: argparse.ArgumentParser, origin: str, pause: float) -> None:
    add_format(command)
    command.add_argument("--source", default=origin, metavar="ORIGIN", help=f"a mirror (default: {origin})")
    command.add_argument("--cache", type=Path, metavar="FOLDER", help="default: .cache in FOLDER")
    command.set_defaults(pause=pause)


def _client(arguments: argparse.Namespace) -> Client:
    cache: Path = arguments.cache or arguments.folder / ".cache"
    return Client([arguments.source], cache, pause=arguments.pause)


def _iati(arguments: argparse.Namespace) -> int:
    client = _client(arguments)
    wanted = iati.datasets(client, arguments.source, arguments.publisher)
    if arguments.list:
        rows = [{"publisher": one.publisher, "name": one.name, "licence": one.licence} for one in wanted]
        answer(
            arguments, rows, (f"{one['publisher']} {one['name']} {one['licence']}".strip() for one in rows)
        )
        return 0
    changed = failed = 0
    for one, found in iati.fetch_datasets(client, wanted):
        if isinstance(found, Problem):
            failed += 1
            sys.stderr.write(f"actionlines: error: {found}\n")
        else:
            changed += _place(arguments.folder, one, found)
    said: dict[str, Any] = {"files": len(wanted), "changed": changed, "failed": failed}
    answer(arguments, said, _lines(said))
    return 1 if failed else 0


def _place(folder: Path, one: iati.Dataset, found: Fetched) -> bool:
    """Put a file where its name says; returns whether it is another than was there."""
    # Names come from outside: nothing in them may lead out of the folder.
    parts = [_NO_NAME.sub("-", part).strip(".-") or "unnamed" for part in (one.publisher, one.name)]
    target = folder / parts[0] / f"{parts[1]}.xml"
    content = found.read()
    if target.is_file() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(content)
    part.replace(target)
    return True


def _lines(said: dict[str, Any]) -> Iterator[str]:
    yield f"{said['files']} files, {said['changed']} of them new or changed, {said['failed']} not to be had"


def _sdg_titles(arguments: argparse.Namespace) -> int:
    wording = sdg_wording.fetch_wording(_client(arguments), arguments.source, arguments.edition)
    written = sdg_wording.write_framework(wording, arguments.folder)
    catalogue(arguments.folder)
    left = sdg_wording.lacking(written)
    for problem in (*wording.problems, *([left] if left else [])):
        sys.stderr.write(f"actionlines: {problem.severity}: {problem}\n")
    said = {"folder": str(arguments.folder), "official": written.replaced, "ours": list(written.left)}
    answer(arguments, said, [f"{written.replaced} official titles in {arguments.folder}"])
    return 0
