"""The person to ask about an entry: for its submitters and moderators, never part of the entry itself.

The contact is kept out of `Entry` on purpose: whatever shows, exports or compares entries cannot show a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from actionlines.problems import Problem, marked
from actionlines.stocktaking.fields import RowReader

CONTACT_COLUMNS: Final = ("contact_name", "contact_email")
_ADDRESS: Final = re.compile(r"[^@\s<>\"(),:;\\]+@[^@\s<>\"(),:;\\.]+(?:\.[^@\s<>\"(),:;\\.]+)+")


@dataclass(frozen=True, slots=True)
class Contact:
    """Name and electronic mail address of the person to ask; either may be ''."""

    name: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.email)


def contact_from_row(
    row: Mapping[str, str], *, file: str = "", number: int | None = None
) -> tuple[Contact | None, list[Problem]]:
    """The contact of one row (columns of CONTACT_COLUMNS), None when an error stops it, and every problem."""
    reader = RowReader(row, file, number, {})
    contact = Contact(reader.plain("contact_name", most=200), reader.plain("contact_email", most=254))
    if contact.email and not _ADDRESS.fullmatch(contact.email):
        reader.note(
            "contact_email",
            marked("“%(said)s” is not an e-mail address."),
            marked("an address such as name@example.org."),
            said=contact.email[:80],
        )
    return (None if reader.refused else contact), reader.problems
