"""The words of a report in one language: sentences from a data file, numbers, dates and lists by CLDR."""

import string
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from actionlines.problems import InputError, Problem, marked
from actionlines.text import FIRST_STRONG_ISOLATE, LANGUAGES, POP_ISOLATE, direction, isolate

_FOLDER: Final = Path(__file__).parent / "data"
_MODEL_LANGUAGE: Final = "en"
_SHARED: Final = "report"  # what all kinds say; a kind's own file goes before it
_PLURAL_NUMBER: Final = "n"
_PLURAL_FORMS: Final = frozenset({"zero", "one", "two", "few", "many", "other"})

Message = str | Mapping[str, str]


@dataclass(frozen=True)
class Wording:
    """Sentences of one kind of report in one language.

    Attributes:
        language: one of the six.
        messages: by dotted key; a plain sentence, or its plural forms by CLDR category ('one', 'few', 'other').
    """

    language: str
    messages: Mapping[str, Message] = field(repr=False)

    @property
    def locale(self) -> Locale:
        """The CLDR locale."""
        # British English: '25 November 2026', 'a, b and c'.
        return Locale.parse("en_GB" if self.language == "en" else self.language)

    def say(self, key: str, /, **values: str | int) -> str:
        """The sentence `key` with its places filled; whole numbers are written as the language writes them.

        A sentence with plural forms is chosen by the number `n`. KeyError when the sentence does not exist.
        """
        message = self.messages[key]
        if not isinstance(message, str):
            message = message[self.locale.plural_form(int(values[_PLURAL_NUMBER]))]
        shown = {
            name: value if isinstance(value, str) else self.number(value) for name, value in values.items()
        }
        return message.format_map(shown)

    def number(self, value: int | float) -> str:
        """The number with the language's separators, isolated where the text runs from right to left."""
        return self.code(format_decimal(value, locale=self.locale))

    def day(self, day: date) -> str:
        """The date, written out; in French the first of a month is '1er'."""
        written = format_date(day, format="long", locale=self.locale)
        return f"1er{written[1:]}" if self.language == "fr" and day.day == 1 else written

    def list(self, items: Iterable[str]) -> str:
        """'a, b and c' in the language; '' for nothing."""
        found = list(items)
        return format_list(found, locale=self.locale) if found else ""

    def language_name(self, code: str) -> str:
        """The name of a language in this one: 'Arabic', 'arabe'."""
        name = Locale.parse(code).get_language_name(self.locale.language)
        return name or code

    def codes(self, items: Iterable[str]) -> str:
        """Codes one after the other, each isolated where needed."""
        return self.say("list.separator").join(self.code(item) for item in items)

    def code(self, text: str) -> str:
        """A code or a number, isolated where the text runs from right to left."""
        return isolate(text) if direction(self.language) == "rtl" else text

    def name(self, text: str) -> str:
        """A proper name in whatever script, kept together in a line of the other direction."""
        turned = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
        if turned == (direction(self.language) == "rtl") or not text:
            return text
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


@cache
def wording(kind: str, language: str, folder: Path = _FOLDER) -> Wording:
    """The words of a kind of report ('contribution') in a language, over those all kinds share.

    Each file is checked against the English one of its name.

    Raises:
        InputError: the language has no file, or the file lacks sentences, places or plural forms, or has others
            than the English file; all faults at once.
    """
    if language not in LANGUAGES:
        raise InputError([_no_language(language)])
    messages: dict[str, Message] = {}
    problems: list[Problem] = []
    for part in (_SHARED, kind):
        said = _read(folder / f"{part}.{language}.toml")
        model = said if language == _MODEL_LANGUAGE else _read(folder / f"{part}.{_MODEL_LANGUAGE}.toml")
        problems += _faults(said, model, language, f"{part}.{language}.toml")
        messages |= said
    if problems:
        raise InputError(problems)
    return Wording(language, messages)


def _no_language(language: str) -> Problem:
    return Problem(
        marked("there is no report in the language '%(language)s'."),
        {"language": language, "known": ", ".join(LANGUAGES)},
        expected=marked("one of %(known)s."),
    )


def _read(path: Path) -> dict[str, Message]:
    """The messages of a file, sections joined to keys by dots; a table of plural forms is one message."""
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, Message]]:
    for name, value in table.items():
        if isinstance(value, dict) and not value.keys() <= _PLURAL_FORMS:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _faults(
    messages: Mapping[str, Message], model: Mapping[str, Message], language: str, file: str
) -> Iterable[Problem]:
    for key in sorted(model.keys() - messages.keys()):
        yield Problem(marked("the sentence is missing."), file=file, column=key)
    for key in sorted(messages.keys() - model.keys()):
        yield Problem(marked("the sentence is not in the English file."), file=file, column=key)
    categories = Locale.parse(language).plural_form.tags | {"other"}
    for key in sorted(messages.keys() & model.keys()):
        forms, wanted = (
            _forms(messages[key]),
            set().union(*(_places(form) for form in _forms(model[key]).values())),
        )
        if isinstance(messages[key], str) != isinstance(model[key], str) or (
            not isinstance(messages[key], str) and forms.keys() != categories
        ):
            expected = ", ".join(sorted(categories)) if not isinstance(model[key], str) else "one sentence"
            yield Problem(
                marked("the forms are %(found)s."),
                {"found": ", ".join(sorted(forms)), "wanted": expected},
                file=file,
                column=key,
                expected=marked("%(wanted)s."),
            )
        for category, form in forms.items():
            # 'one', 'two' and 'zero' may spell the number out, as Arabic does.
            spelt = {_PLURAL_NUMBER} if category in {"zero", "one", "two"} else set()
            if not wanted - spelt <= _places(form) <= wanted:
                yield Problem(
                    marked("the places are %(found)s."),
                    {
                        "found": ", ".join(sorted(_places(form))) or "none",
                        "wanted": ", ".join(sorted(wanted)) or "none",
                    },
                    file=file,
                    column=key,
                    expected=marked("%(wanted)s."),
                )


def _forms(message: Message) -> Mapping[str, str]:
    return {"other": message} if isinstance(message, str) else message


def _places(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}
