"""What people write for a meeting paper: its head, and texts that stand beside the counted parts; a toml file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES

_MOST_CHARACTERS: Final = 200_000
_LISTS: Final = ("references", "background", "policy", "operations", "conclusions")


@dataclass(frozen=True, slots=True)
class Paper:
    """A meeting paper as far as people write it; what is '' or () the report says itself or leaves out.

    Attributes:
        language: of the texts (ISO 639-1, one of the six), or '' for the report's.
        meeting, place, dates, number, source, title: the head of the paper, plain text.
        summary, action: the boxed summary and what the meeting is asked to do.
        references: what the paper refers to, one text each.
        background, policy, operations, conclusions: paragraphs.
    """

    language: str = ""
    meeting: str = ""
    place: str = ""
    dates: str = ""
    number: str = ""
    source: str = ""
    title: str = ""
    summary: str = ""
    action: str = ""
    references: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()


def read_paper(source: Path | bytes, name: str = "") -> Paper:
    """The paper of a toml file.

    Raises:
        InputError: the file cannot be read, is no toml, names an unknown field, or a field is not text (a list of
            texts); every fault at once.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
        found = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise InputError([_unreadable(name, error.strerror or str(error))]) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError([_unreadable(name, str(error))]) from None
    problems = list(_faults(found, name))
    if problems:
        raise InputError(problems)
    return Paper(**{field: _value(field, value) for field, value in found.items()})


def _value(field: str, value: Any) -> Any:
    if field not in _LISTS:
        return value.strip()
    return tuple(text.strip() for text in ([value] if isinstance(value, str) else value) if text.strip())


def _faults(found: Mapping[str, Any], name: str) -> Iterator[Problem]:
    known = [field.name for field in fields(Paper)]
    for field, value in found.items():
        texts = value if isinstance(value, list) and field in _LISTS else [value]
        if field not in known:
            yield Problem(
                marked("the field is unknown."),
                {"known": ", ".join(known)},
                file=name,
                column=field,
                expected=marked("one of %(known)s."),
            )
        elif not all(isinstance(text, str) and len(text) <= _MOST_CHARACTERS for text in texts):
            yield Problem(
                marked("the field is no text."), file=name, column=field, expected=marked("text in quotes.")
            )
        elif field == "language" and value not in ("", *LANGUAGES):
            yield Problem(
                marked("there is no report in the language '%(language)s'."),
                {"language": value, "known": ", ".join(LANGUAGES)},
                file=name,
                column=field,
                expected=marked("one of %(known)s."),
            )


def _unreadable(name: str, reason: str) -> Problem:
    return Problem(
        marked("the file cannot be read (%(reason)s)."),
        {"reason": reason},
        file=name,
        expected=marked("a toml file with the texts of a meeting paper."),
    )
