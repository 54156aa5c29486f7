"""An explanation in sentences, in the reader's language: data/explanation/<language>.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel.numbers import format_decimal

from actionlines.alignment.explanation import Explanation
from actionlines.frameworks import catalogue
from actionlines.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, direction, isolate

FOLDER: Final = Path(__file__).parent / "data" / "explanation"
_PLACES: Final = "0.###"


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Key to sentence.

    Raises:
        KeyError: not one of the six languages.
    """
    path = FOLDER / f"{language}.toml"
    if not path.exists():
        raise KeyError(language)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def told(explanation: Explanation, language: str) -> Iterator[str]:
    """The explanation, one sentence a line.

    Args:
        explanation: of a link.
        language: the reader's, ISO 639-1; that of the text does not matter.
    """
    said = sentences(language)
    node = catalogue().frameworks[explanation.framework][explanation.node]

    def filled(key: str, values: Mapping[str, str | float]) -> str:
        return said[key].format_map({name: _shown(value, language) for name, value in values.items()})

    yield filled(
        "asked",
        {"link": f"{explanation.framework}:{explanation.node}", "title": node.title.get(language)},
    )
    for step in explanation.steps:
        yield filled(step.key, step.values)
    for change in explanation.changes:
        yield filled("change", {"words": change.place.text, "probability": change.probability})
    if explanation.needed:
        words = dict.fromkeys(f"“{place.text}”" for place in explanation.needed)
        yield filled("needed", {"words": ", ".join(words)})
    elif explanation.link is not None:
        yield said["never"]


def _shown(value: str | float, language: str) -> str:
    """A number as the language writes it; codes, words and numbers keep together in a line from right to left."""
    if direction(language) != "rtl":
        return value if isinstance(value, str) else _number(value, language)
    return (
        f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"
        if isinstance(value, str)
        else isolate(_number(value, language))
    )


def _number(value: float, language: str) -> str:
    return format_decimal(round(value, 3) + 0.0, format=_PLACES, locale=language)  # + 0.0: never "-0"
