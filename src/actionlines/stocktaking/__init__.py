"""Stocktaking: the entry, the noun of the register."""

from actionlines.stocktaking.entry import STAKEHOLDER_TYPES, STATUSES, Entry, entry_from_row

__all__ = ["STAKEHOLDER_TYPES", "STATUSES", "Entry", "entry_from_row"]
