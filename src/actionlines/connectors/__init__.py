"""Downloads from the public sources of others: a polite client, and a module for each source."""

from typing import Final

from actionlines.connectors.client import Client, Fetched, Progress, silent
from actionlines.connectors.itu import ITU
from actionlines.connectors.statistics import Source, Wanted, download
from actionlines.connectors.un_sdg import UN_SDG
from actionlines.connectors.wdi import WDI

# Sources of statistics, by their codes.
SOURCES: Final = {one.code: one for one in (WDI, UN_SDG, ITU)}

__all__ = [
    "ITU",
    "SOURCES",
    "UN_SDG",
    "WDI",
    "Client",
    "Fetched",
    "Progress",
    "Source",
    "Wanted",
    "download",
    "silent",
]
