"""The official wording of goals, targets and indicators in six languages, from open-sdg/sdg-translations (MIT).

The titles that ship with actionlines are short and our own; an owner who wants the wording of the United Nations has a
folder of frameworks written, which stands in place of what ships (see `frameworks.catalogue`).
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from actionlines.connectors.client import Client
from actionlines.formats.open_sdg_words import read_words
from actionlines.frameworks.catalogue import DATA
from actionlines.problems import Problem, marked
from actionlines.text import LANGUAGES

ORIGIN: Final = "https://raw.githubusercontent.com"
EDITION: Final = "2.5.0-dev"
VERSION: Final = "2023"
_FOLDERS: Final[Mapping[str, str]] = {"zh": "zh-Hans"}
_FILES: Final = ("goals", "targets", "indicators")
_KEY: Final = re.compile(r"(\d{1,2}(?:-[0-9a-d]{1,2}){0,2})(?:-title)?")
_WEEK: Final = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Wording:
    """What was found.

    Attributes:
        titles: code ('9.c.1') to language to title.
        problems: of the files.
    """

    titles: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        replaced: titles that are official now, over all languages.
        left: codes for which a language that the framework asks for has our own title still.
    """

    replaced: int
    left: tuple[str, ...]


def fetch_wording(client: Client, origin: str = ORIGIN, edition: str = EDITION) -> Wording:
    """The titles of all files in six languages.

    Raises:
        InputError: a file cannot be had or is no YAML.
    """
    titles: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for language in LANGUAGES:
        for part in _FILES:
            folder = _FOLDERS.get(language, language)
            path = f"/open-sdg/sdg-translations/{edition}/translations/{folder}/global_{part}.yml"
            words = read_words(client.fetch(f"{origin}{path}", max_age=_WEEK).read(), f"{folder}/{part}")
            problems += words.problems
            for key, text in words.fields.items():
                match = _KEY.fullmatch(key)
                title = _title(text)
                if match and title:
                    titles.setdefault(match[1].replace("-", "."), {})[language] = title
    return Wording(titles, tuple(problems))


def _title(text: str) -> str:
    """The title itself, or that among the names of a node; on one line."""
    if text.startswith("{"):
        found = json.loads(text).get("title", "")
        text = found if isinstance(found, str) else ""
    return " ".join(text.split())


def write_framework(wording: Wording, folder: Path, version: str = VERSION) -> Written:
    """Write the framework sdg with official titles into a folder that takes the place of what ships.

    Codes stay as they ship; a title the wording lacks stays our own and is not marked official.
    """
    shipped = DATA / "sdg" / version
    target = folder / "sdg" / version
    with (shipped / "nodes.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    replaced, left = 0, []
    for row in rows:
        official = wording.titles.get(row["code"], {})
        stood = row["official"].split()
        for language in LANGUAGES:
            if language in official:
                row[language] = official[language]
                replaced += 1
        row["official"] = " ".join(one for one in LANGUAGES if one in official or one in stood)
        if any(row[language] and language not in official for language in LANGUAGES):
            left.append(row["code"])
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    target.mkdir(parents=True, exist_ok=True)
    (target / "nodes.csv").write_text(text.getvalue(), encoding="utf-8")
    (target / "framework.toml").write_text(_described(shipped / "framework.toml"), encoding="utf-8")
    return Written(replaced, tuple(left))


def _described(path: Path) -> str:
    """The description that ships, with where the titles are from."""
    text = path.read_text(encoding="utf-8")
    values = {
        "source": "Titles: open-sdg/sdg-translations. Goals and targets: A/RES/70/1. Indicators: A/RES/71/313 as refined.",
        "licence": "MIT (open-sdg/sdg-translations); titles not marked official are the wording of actionlines, Apache-2.0.",
        "note": "Official titles where a node is marked so; the others are short and ours.",
    }
    for key, value in values.items():
        text = re.sub(rf'(?m)^{key} = ".*"$', f'{key} = "{value}"', text)
    return text


def lacking(written: Written) -> Problem | None:
    """What is still our own wording, as a warning."""
    if not written.left:
        return None
    template = marked("%(count)d nodes keep a title of ours in some language: %(codes)s.")
    shown = ", ".join(written.left[:20]) + (" …" if len(written.left) > 20 else "")
    return Problem(template, {"count": len(written.left), "codes": shown}, severity="warning")
