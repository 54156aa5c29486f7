"""How long a description should be: a rule kept as data, and the count behind it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from actionlines.problems import Problem, marked

_FILE: Final = Path(__file__).parent / "data" / "rules.toml"
SEVERITIES: Final = ("warning", "error", "off")

# Translators reckon 1,000 English words as about 1,600 Chinese characters; a rule in words then asks of a Chinese
# text what it asks of an English one.
CHARACTERS_PER_WORD: Final = 1.6
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")
# A hyphen or an apostrophe inside a word does not part it ("e-health", "l’accès"), nor does a point in a number.
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’.,\u0300-\u036f\u064b-\u0652][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class WordRule:
    """From `least` to `most` words, both included; outside, a problem of this `severity` ('off': none).

    Raises:
        ValueError: bounds the wrong way round, or an unknown severity.
    """

    least: int
    most: int
    severity: str = "warning"

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError(f"{self.least}–{self.most} is no range of words")
        if self.severity not in SEVERITIES:
            raise ValueError(f"“{self.severity}” is not one of {', '.join(SEVERITIES)}")

    def check(self, text: str, language: str, column: str = "description") -> Problem | None:
        """The problem with the length of `text`, or None."""
        count = word_count(text, language)
        if self.severity == "off" or self.least <= count <= self.most:
            return None
        return Problem(
            marked("the text has %(found)d words."),
            {"found": count, "least": self.least, "most": self.most},
            column=column,
            expected=marked("from %(least)d to %(most)d words."),
            severity=self.severity,
        )


@cache
def description_words() -> WordRule:
    """The rule for descriptions that ships with the product (data/rules.toml).

    Raises:
        ValueError: the file was changed for the worse; names what is wrong.
    """
    return read_rule(_FILE, "description_words")


def read_rule(path: Path, name: str) -> WordRule:
    """The table `name` of a TOML file (least, most, severity) as a rule.

    Raises:
        ValueError: the file is no TOML, the table is missing, or a value cannot be used; names file and key.
    """
    try:
        tables: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from error
    table = tables.get(name)
    if not isinstance(table, dict) or set(table) != {"least", "most", "severity"}:
        raise ValueError(f"{path.name}: [{name}] needs least, most and severity, and nothing else")
    for key, kind in (("least", int), ("most", int), ("severity", str)):
        if type(table[key]) is not kind:
            raise ValueError(f"{path.name}: {name}.{key} = {table[key]!r}")
    try:
        return WordRule(**table)
    except ValueError as error:
        raise ValueError(f"{path.name}: [{name}] {error}") from error


def word_count(text: str, language: str = "") -> int:
    """How many words `text` has.

    Chinese writes no spaces: its characters are counted and every CHARACTERS_PER_WORD of them are one word, also
    where a text in another language quotes them. `language` 'zh' keeps a single character from counting as none.

    Returns:
        A whole number, 0 for a text without a word.
    """
    characters = len(_HAN.findall(text))
    others = len(_WORD.findall(_HAN.sub(" ", text)))
    words = round(characters / CHARACTERS_PER_WORD)
    return others + (max(words, 1) if characters and language == "zh" else words)
