"""The wording of messages: one file a kind and language, checked when it is read.

`messages/<kind>/kind.toml` names the values the kind needs, with an example of each, and whether it is essential (sent
even to who has unsubscribed from all else). `messages/<kind>/<language>.md` begins with `Subject: …`, then an empty
line, then Markdown with `$values`. A kind may be `secret`: it carries a code or an address that lets its reader in, so
nobody else is shown it and its content is thrown away once it is sent. A value whose name ends with `_list` is a list
of pages, one a line: title, tab, address; in the Markdown it stands as a paragraph by itself. A site may put its own file of the same name under its folder of messages.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

from django.conf import settings
from django.utils.html import escape
from markdown_it import MarkdownIt

from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES, direction, isolate

SHIPPED = Path(__file__).parent / "messages"
_LIST = re.compile(r"<p>(\$\w+_list)</p>")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Wording:
    """A message of one kind in one language, with places for its values."""

    subject: Template
    text: Template
    html: Template


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message.

    Attributes:
        examples: name of each value to an example of it, for previews.
        essential: whether it cannot be unsubscribed from.
        secret: whether its content is for its reader's eyes only.
        wordings: language to wording, all six.
    """

    code: str
    examples: Mapping[str, str]
    essential: bool
    secret: bool
    wordings: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Written:
    """A message with its values in."""

    subject: str
    text: str
    html: str


def kinds() -> Mapping[str, Kind]:
    """Every kind by its code.

    Raises:
        InputError: a file is missing or cannot be used; names every fault.
    """
    return _read(Path(settings.MESSAGES_DIR))


def write(kind: str, language: str, values: Mapping[str, str]) -> Written:
    """The message in words.

    Raises:
        ValueError: the values are not those the kind needs, or an address among them is no address.
    """
    known = kinds()[kind]
    if set(values) != set(known.examples):
        raise ValueError(f"{kind} needs the values {sorted(known.examples)}, got {sorted(values)}")
    for name, value in values.items():
        if name.endswith("address") and not value.startswith(("https://", "http://")):
            raise ValueError(f"{kind}: {name} is {value!r}: expected http:// or https://")
    wording = known.wordings[language]
    lists = {name: _pages(value, kind) for name, value in values.items() if name.endswith("_list")}
    # A value is one line: nobody writes headers or paragraphs of a message through a name.
    lines = {name: " ".join(value.split()) for name, value in values.items() if name not in lists}
    shown = lines
    if direction(language) == "rtl":
        # What is copied out of a message must come without marks: addresses, and codes, which stand on a line alone.
        bare = [name for name in lines if name == "code" or name.endswith("address")]
        shown = {name: value if name in bare else isolate(value) for name, value in lines.items()}
    in_text = {
        name: "\n\n".join(f"{title}\n{page}" for title, page in pages) for name, pages in lists.items()
    }
    in_html = {name: _as_list(pages) for name, pages in lists.items()}
    return Written(
        wording.subject.substitute(shown),
        wording.text.substitute({**shown, **in_text}),
        wording.html.substitute({**{name: escape(value) for name, value in shown.items()}, **in_html}),
    )


def _pages(value: str, kind: str) -> list[tuple[str, str]]:
    """The (title, address) of each line."""
    found = []
    for line in value.split("\n"):
        title, _, page = line.rpartition("\t")
        if not page.startswith(("https://", "http://")):
            raise ValueError(f"{kind}: {line!r}: expected a title, a tab and an address")
        found.append((" ".join(title.split()), page))
    return found


def _as_list(pages: Iterable[tuple[str, str]]) -> str:
    items = (f'<li><a href="{escape(page)}"><bdi>{escape(title)}</bdi></a></li>' for title, page in pages)
    return f"<ul>{''.join(items)}</ul>"


@lru_cache(maxsize=4)
def _read(own: Path) -> Mapping[str, Kind]:
    problems: list[Problem] = []
    found = {}
    for folder in sorted(path for path in SHIPPED.iterdir() if path.is_dir()):
        described = tomllib.loads((folder / "kind.toml").read_text(encoding="utf-8"))
        examples = {name: str(value) for name, value in described["values"].items()}
        wordings = {}
        for language in LANGUAGES:
            name = f"{folder.name}/{language}.md"
            path = own / name if (own / name).is_file() else SHIPPED / name
            if not path.is_file():
                problems.append(Problem(marked("the file is missing."), {}, name))
                continue
            wording, faults = _parsed(path.read_text(encoding="utf-8"), name, examples)
            wordings[language] = wording
            problems.extend(faults)
        found[folder.name] = Kind(
            folder.name,
            examples,
            bool(described["essential"]),
            bool(described.get("secret", False)),
            wordings,
        )
    if problems:
        raise InputError(problems)
    return found


def _parsed(content: str, name: str, examples: Iterable[str]) -> tuple[Wording, list[Problem]]:
    problems: list[Problem] = []
    first, _, body = content.partition("\n")
    if not first.startswith("Subject: ") or not first.removeprefix("Subject: ").strip():
        problems.append(
            Problem(marked("the subject is missing."), {}, name, 1, "", marked("a first line “Subject: …”."))
        )
    html = MarkdownIt("commonmark", {"html": False}).render(body)
    html = _LIST.sub(r"\1", html)
    wording = Wording(
        Template(first.removeprefix("Subject: ").strip()),
        Template(_LINK.sub(r"\1: \2", body.strip())),
        Template(html),
    )
    used: set[str] = set()
    for part in (wording.subject, wording.text, wording.html):
        if not part.is_valid():
            problems.append(
                Problem(
                    marked("a “$” stands without the name of a value."),
                    {},
                    name,
                    None,
                    "",
                    marked("“$$” for the sign itself."),
                )
            )
        used.update(part.get_identifiers())
    for value in sorted(set(examples) ^ used):
        template = (
            marked("the value “%(value)s” is unknown.")
            if value in used
            else marked("the value “%(value)s” is not used.")
        )
        problems.append(Problem(template, {"value": value}, name))
    return wording, problems
