"""The wording of messages: one file a kind and language, checked when it is read.

`messages/<kind>/kind.toml` names the values the kind needs, with an example of each, and whether it is essential (sent
even to who has unsubscribed from all else). `messages/<kind>/<language>.md` begins with `Subject: …`, then an empty
line, then Markdown with `$values`. A kind may be `secret`: it carries a code or an address that lets its reader in, so
nobody else is shown it and its content is thrown away once it is sent. A value whose name ends with `_list` is a list
of pages, one a line: title, tab, address; in the Markdown it stands as a paragraph by itself.

A site may put its own file of the same name under its folder of messages; before both goes what its coordinators write on
the page of the wording (`queries.own_source`).
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
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
_TARGET = re.compile(r'(?:href|src)="\$\{?(\w+)')


@dataclass(frozen=True, slots=True)
class Source:
    """A wording as people write it: one line, and Markdown, both with `$values`."""

    subject: str
    text: str

    @property
    def fingerprint(self) -> str:
        """Tells whether a wording is still the one that somebody had before them."""
        return sha256(f"{self.subject}\n{self.text}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Wording:
    """A message of one kind in one language, with places for its values."""

    source: Source
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


def write(kind: str, language: str, values: Mapping[str, str], own: Source | None = None) -> Written:
    """The message in words: those of `own`, where the site has its own, else those of the files.

    Raises:
        InputError: `own` cannot be used.
        ValueError: the values are not those the kind needs, or an address among them is no address.
    """
    known = kinds()[kind]
    if set(values) != set(known.examples):
        raise ValueError(f"{kind} needs the values {sorted(known.examples)}, got {sorted(values)}")
    for name, value in values.items():
        if name.endswith("address") and not value.startswith(("https://", "http://")):
            raise ValueError(f"{kind}: {name} is {value!r}: expected http:// or https://")
    wording = known.wordings[language] if own is None else usable(own, known.examples)
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
            source, first_line = _taken_apart(path.read_text(encoding="utf-8"))
            wordings[language], faults = compiled(source, examples)
            problems.extend(_in_file(fault, name, first_line) for fault in faults)
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


def usable(source: Source, values: Collection[str]) -> Wording:
    """The wording.

    Raises:
        InputError: it has a fault; names every one.
    """
    wording, problems = compiled(source, values)
    if problems:
        raise InputError(problems)
    return wording


def compiled(source: Source, values: Collection[str]) -> tuple[Wording, list[Problem]]:
    """The wording and its faults, each with the field ('subject', 'text') and the line of the text it stands in.

    Args:
        source: as it was written.
        values: names of the values that every message of the kind brings; each must be used, and no other.
    """
    html = MarkdownIt("commonmark", {"html": False}).render(source.text)
    wording = Wording(
        source,
        Template(source.subject),
        Template(_LINK.sub(r"\1: \2", source.text)),
        Template(_LIST.sub(r"\1", html)),
    )
    return wording, list(_faults(wording, set(values)))


def _faults(wording: Wording, values: Set[str]) -> Iterator[Problem]:
    source = wording.source
    if not source.subject:
        expected = marked("a first line “Subject: …”.")
        yield Problem(marked("the subject is missing."), {}, "", 1, "subject", expected)
    parts = (wording.subject, wording.text, wording.html)
    if not all(part.is_valid() for part in parts):
        expected = marked("“$$” for the sign itself.")
        template = marked("a “$” stands without the name of a value.")
        yield Problem(template, {}, "", *_place_of_stray_sign(source), expected)
    used = {name for part in parts for name in part.get_identifiers()}
    for name in sorted(used - values):
        template = marked("the value “%(value)s” is unknown.")
        yield Problem(template, {"value": name}, "", *_place(source, name))
    for name in sorted(values - used):
        yield Problem(marked("the value “%(value)s” is not used."), {"value": name}, column="text")
    for name in sorted(name for name in values & used if name.endswith("_list")):
        lines = [line for line in source.text.splitlines() if re.search(rf"\$\{{?{name}\b", line)]
        if f"${name}" in source.subject or any(line.strip() != f"${name}" for line in lines):
            template = marked("the list “%(value)s” stands among other words.")
            expected = marked("a line of its own between empty lines.")
            yield Problem(template, {"value": name}, "", *_place(source, name), expected)
    for name in sorted(set(_TARGET.findall(wording.html.template)) & values):
        if not name.endswith("address"):
            template = marked("a link leads to the value “%(value)s”, which is no address.")
            yield Problem(template, {"value": name}, "", *_place(source, name))


def _place(source: Source, name: str) -> tuple[int | None, str]:
    """Line and field in which a value stands first; no line where it is written in some other way, such as `&#36;x`."""
    found = re.compile(rf"\$\{{?{name}\b")
    if found.search(source.subject):
        return 1, "subject"
    lines = source.text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if found.search(line)), None), "text"


def _place_of_stray_sign(source: Source) -> tuple[int | None, str]:
    if not Template(source.subject).is_valid():
        return 1, "subject"
    lines = source.text.splitlines()
    return next(
        (number for number, line in enumerate(lines, 1) if not Template(line).is_valid()), None
    ), "text"


def _taken_apart(content: str) -> tuple[Source, int]:
    """A file's subject and text, and the line on which the text begins."""
    first, _, body = content.partition("\n")
    subject = first.removeprefix("Subject: ").strip() if first.startswith("Subject: ") else ""
    text = body.strip()
    return Source(subject, text), 2 + body[: body.find(text)].count("\n")


def _in_file(problem: Problem, name: str, first_line: int) -> Problem:
    """The same fault with the file's own lines."""
    row = problem.row
    if row is not None and problem.column == "text":
        row += first_line - 1
    return replace(problem, file=name, row=row, column="")
