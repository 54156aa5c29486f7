"""Where the demonstration data lies; `formats.demonstration` reads it. Origin and method: data/SOURCES.md."""

from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parent / "data"
DEMO_ENTRIES: Final = _DATA / "demo_entries.csv"
DEMO_ORGANISATIONS: Final = _DATA / "demo_organisations.csv"
