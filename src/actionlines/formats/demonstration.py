"""The demonstration entries: real projects that show the product, not the register itself."""

from dataclasses import replace
from functools import cache

from actionlines.formats.tabular import read_entries, read_table
from actionlines.problems import InputError
from actionlines.stocktaking.demonstration import DEMO_ENTRIES, DEMO_ORGANISATIONS
from actionlines.stocktaking.entry import Entry


@cache
def demonstration_entries() -> tuple[Entry, ...]:
    """The 70 entries, in the file's order, with the stakeholder types of their organisations.

    Raises:
        InputError: the files that ship have been changed for the worse; names every fault.
    """
    found = read_entries(DEMO_ENTRIES)
    if found.problems:
        raise InputError(found.problems)
    types = {row.cells[0]: row.cells[1] for row in read_table(DEMO_ORGANISATIONS).rows}
    return tuple(
        replace(entry, stakeholder_type=types.get(entry.organisation, "")) for entry in found.entries
    )
