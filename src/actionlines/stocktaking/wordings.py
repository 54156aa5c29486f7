"""The words people write for a status, a stakeholder type or a language, in the six languages."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale

from actionlines.text import LANGUAGES, fold

_FILE: Final = Path(__file__).parent / "data" / "wordings.csv"


@cache
def wordings(field: str) -> Mapping[str, str]:
    """Folded wording to value ('laureat' to 'winner'), for the field 'status', 'stakeholder_type' or 'language'.

    Raises:
        ValueError: the data file gives one wording two meanings.
    """
    if field == "language":
        return _language_names()
    found: dict[str, str] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["field"] != field:
                continue
            for wording in (row["value"], *row["wordings"].split("|")):
                if found.setdefault(key(wording), row["value"]) != row["value"]:
                    raise ValueError(f"{_FILE.name}: “{wording.strip()}” means two things in {field}")
    return found


def key(wording: str) -> str:
    """What spellings of one wording share: case, accents, hyphens and spaces do not matter."""
    return " ".join(fold(wording).replace("-", " ").replace("_", " ").split())


def _language_names() -> dict[str, str]:
    """Codes and names of the six languages in each of the six, from CLDR."""
    names = {code: code for code in LANGUAGES}
    for shown_in in LANGUAGES:
        for code in LANGUAGES:
            names[key(str(Locale.parse(shown_in).languages[code]))] = code
    return names
