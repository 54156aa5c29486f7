"""An entry as one reader sees it: in which language its text stands there, and what its owner tells beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from actionlines.stocktaking import figure_parts
from actionlines_web.stocktaking.models import Entry, EntryTranslation
from actionlines_web.stocktaking.queries.library import items

ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Reading:
    """The text shown.

    Attributes:
        title, description, language: as shown.
        description_language: that of the description, which stays the original's where only the title is translated.
        translation: the translation shown, or None for the original.
        others: (parameter of the address, language) of the other versions, the original first.
    """

    title: str
    description: str
    language: str
    description_language: str
    translation: EntryTranslation | None
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One heading of an entry and what stands below it."""

    name: str
    title: str
    parts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...] = ()


def reading_of(entry: Entry, wanted: str, reader_language: str) -> Reading:
    """The version of an entry's text to show.

    Args:
        wanted: 'original' or the language of a version, as an address asks; otherwise the reader's language decides.
        reader_language: shown where the entry has been translated into it.
    """
    translations = sorted(entry.translations.all(), key=lambda item: item.language)
    by_language = {item.language: item for item in translations}
    asked = wanted if wanted == ORIGINAL or wanted in by_language else reader_language
    shown = by_language.get(asked)
    others = ((ORIGINAL, entry.language), *((item.language, item.language) for item in translations))
    current = shown.language if shown else ORIGINAL
    return Reading(
        title=shown.title if shown else entry.title,
        description=(shown and shown.description) or entry.description,
        language=shown.language if shown else entry.language,
        description_language=shown.language if shown and shown.description else entry.language,
        translation=shown,
        others=tuple(pair for pair in others if pair[0] != current),
    )


def told(entry: Entry) -> Sequence[Told]:
    """What stands in the entry beyond its description, under three headings; empty ones are left out."""
    figures = tuple(figure_parts(item) for item in items(entry.figures))
    found = (
        Told(
            "results",
            gettext("Results"),
            _filled(("", entry.results), (gettext("Who benefits"), entry.beneficiaries)),
            figures,
        ),
        Told(
            "working",
            gettext("How it works"),
            _filled(
                (gettext("Technology"), entry.technology),
                (gettext("What others can take over"), entry.replicability),
                (gettext("What keeps it going"), entry.sustainability),
                (gettext("Financing"), entry.financing),
            ),
        ),
        Told(
            "values-and-challenges",
            gettext("Values and challenges"),
            _filled(
                (gettext("Values of the Summit"), entry.values), (gettext("Challenges"), entry.challenges)
            ),
        ),
    )
    return [item for item in found if item.parts or item.figures]


def _filled(*parts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((title, text) for title, text in parts if text)
