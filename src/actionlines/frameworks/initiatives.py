"""Regional initiatives: five for each region and cycle. The codes come again each cycle, so cycle and code are the key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.frameworks.areas import DATA, region_names
from actionlines.frameworks.datafile import Faults, Table, raise_faults
from actionlines.frameworks.roles import STATUSES
from actionlines.problems import marked
from actionlines.text import Text

_CYCLE: Final = re.compile(r"\d{4}-\d{4}\Z")
_COLUMNS: Final = ("cycle", "code", "region", "en", "source", "status")


@dataclass(frozen=True, slots=True)
class Initiative:
    """A regional initiative.

    Attributes:
        cycle: its years, such as '2018-2021'.
        code: within the cycle, such as 'AFR1'.
        region: 'AFR' … 'EUR'.
        title: as far as its languages were found.
        source, status: where the title stands, and how sure it is (`roles.STATUSES`).
    """

    cycle: str
    code: str
    region: str
    title: Text
    source: str
    status: str

    @property
    def key(self) -> str:
        """'2018-2021/AFR1'."""
        return f"{self.cycle}/{self.code}"


@cache
def initiatives() -> Mapping[str, Initiative]:
    """All initiatives by their key, in the order of the file."""
    return read_initiatives(DATA)


def read_initiatives(folder: Path) -> Mapping[str, Initiative]:
    """The initiatives of a folder's `initiatives.csv`.

    Raises:
        InputError: every fault, with row and column: a cycle or code that is none, a code of another region, a key twice.
    """
    faults: Faults = []
    table = Table(folder / "initiatives.csv", "initiatives.csv", _COLUMNS, faults)
    found: dict[str, Initiative] = {}
    for row in table.rows:
        region = row.choice("region", region_names())
        cycle, code = row.needed("cycle"), row.needed("code")
        if not _CYCLE.match(cycle):
            row.fault(
                marked("“%(said)s” is no cycle."), "cycle", marked("years such as 2026-2029."), said=cycle
            )
        if not re.fullmatch(rf"{region}\d{{1,2}}", code):
            row.fault(
                marked("“%(code)s” is no code of the region."),
                "code",
                marked("the region and a number, such as AFR1."),
                code=code,
            )
        title = row.text()
        if not title:
            row.fault(marked("the cell is empty."), "en", marked("a value."))
        made = Initiative(cycle, code, region, title, row.needed("source"), row.choice("status", STATUSES))
        if made.key in found:
            row.fault(marked("“%(key)s” stands there already."), "code", key=made.key)
        found[made.key] = made
    raise_faults(faults)
    return found
