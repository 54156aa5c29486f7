"""Stocktaking: the entry, the noun of the register."""

from actionlines.stocktaking.contact import CONTACT_COLUMNS, Contact, contact_from_row
from actionlines.stocktaking.entry import (
    COLUMNS,
    COVERAGES,
    LONG_TEXTS,
    STAGES,
    STAKEHOLDER_TYPES,
    STATUSES,
    Entry,
    entry_from_row,
    figure_parts,
    row_of,
)
from actionlines.stocktaking.length import WordRule, description_words, word_count
from actionlines.stocktaking.translation import MAKERS, TRANSLATION_COLUMNS, Translation

__all__ = [
    "COLUMNS",
    "CONTACT_COLUMNS",
    "COVERAGES",
    "LONG_TEXTS",
    "MAKERS",
    "STAGES",
    "STAKEHOLDER_TYPES",
    "STATUSES",
    "TRANSLATION_COLUMNS",
    "Contact",
    "Entry",
    "Translation",
    "WordRule",
    "contact_from_row",
    "description_words",
    "entry_from_row",
    "figure_parts",
    "row_of",
    "word_count",
]
