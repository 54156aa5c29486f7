"""Canned replies of moderators: one folder a kind, one file a language, checked when they are read.

`replies/<kind>/<language>.md` begins with `Title: …`, under which moderators choose it, then an empty line, then the
text that its reader gets. A site may put its own file of the same name under its folder of replies, or a kind of its own
in all six languages; before both goes what its coordinators write on the page of replies (`queries.replies`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES, Text

SHIPPED: Final = Path(__file__).parent / "replies"
_TITLE: Final = "Title: "


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply in the six languages."""

    kind: str
    title: Text
    text: Text

    @property
    def fingerprint(self) -> str:
        """Tells whether a reply is still the one that somebody had before them."""
        words = "\n".join(f"{part.get(code)}" for code in LANGUAGES for part in (self.title, self.text))
        return sha256(words.encode()).hexdigest()[:16]


def replies_of_files() -> Mapping[str, Reply]:
    """Every reply of the files by its kind.

    Raises:
        InputError: a file is missing or cannot be used; names every fault.
    """
    return _read(Path(settings.REPLIES_DIR))


@lru_cache(maxsize=4)
def _read(own: Path) -> Mapping[str, Reply]:
    problems: list[Problem] = []
    found = {}
    folders = [
        path for folder in (SHIPPED, own) if folder.is_dir() for path in folder.iterdir() if path.is_dir()
    ]
    for kind in sorted({path.name for path in folders}):
        titles, texts = {}, {}
        for language in LANGUAGES:
            name = f"{kind}/{language}.md"
            path = own / name if (own / name).is_file() else SHIPPED / name
            if not path.is_file():
                problems.append(Problem(marked("the file is missing."), {}, name))
                continue
            titles[language], texts[language], faults = _parsed(path.read_text(encoding="utf-8"), name)
            problems += faults
        found[kind] = Reply(kind, Text(titles), Text(texts))
    if problems:
        raise InputError(problems)
    return found


def _parsed(content: str, name: str) -> tuple[str, str, list[Problem]]:
    first, _, body = content.partition("\n")
    title, text = first.removeprefix(_TITLE).strip(), body.strip()
    problems = []
    if not first.startswith(_TITLE) or not title:
        expected = marked("a first line “Title: …”.")
        problems.append(Problem(marked("the title is missing."), {}, name, 1, "", expected))
    if not text:
        problems.append(Problem(marked("the text is missing."), {}, name))
    return title, text, problems
