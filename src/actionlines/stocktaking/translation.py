"""An entry's text in another language than its own, and who put it there: a person or a machine."""

from dataclasses import dataclass
from typing import Final

from actionlines.text import LANGUAGES

MAKERS: Final = ("human", "machine")


@dataclass(frozen=True, slots=True)
class Translation:
    """The title, and as a rule the description, of an entry in one more language.

    Attributes:
        language: ISO 639-1, one of the six; never the entry's own.
        title: plain text of one line.
        description: plain text; '' where only the title was translated.
        made_by: 'human' or 'machine' (one of MAKERS).

    Raises:
        ValueError: another language or another maker.
    """

    language: str
    title: str
    description: str = ""
    made_by: str = "human"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"“{self.language}” is not one of {', '.join(LANGUAGES)}")
        if self.made_by not in MAKERS:
            raise ValueError(f"“{self.made_by}” is not one of {', '.join(MAKERS)}")


def columns_of(language: str) -> tuple[str, str, str]:
    """The columns of a table that hold title, description and maker in `language`."""
    return f"title_{language}", f"description_{language}", f"translation_{language}"


TRANSLATION_COLUMNS: Final = tuple(column for language in LANGUAGES for column in columns_of(language))
