"""The words of an export in its reader's language, looked up once and not a million times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote

from actionlines.frameworks import areas, catalogue, region_names
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.stocktaking.models import Coverage, Stage, Status
from actionlines_web.ui.language import library_language

_SAFE = re.compile("[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Names of codes in one language.

    Attributes:
        language: one of the library's six.
        nodes: (framework, code) to title.
        address: the site's 'https://host', for permanent addresses.
    """

    language: str
    address: str
    stakeholder_types: Mapping[str, str]
    countries: Mapping[str, str]
    regions: Mapping[str, str]
    statuses: Mapping[str, str]
    coverages: Mapping[str, str]
    stages: Mapping[str, str]
    nodes: Mapping[tuple[str, str], str]

    @classmethod
    def of_reader(cls, address: str) -> "Words":
        """The words of the active language, for a site at `address`."""
        return replace(_words_in(library_language()), address=address)

    def entry_address(self, identifier: str) -> str:
        """The permanent address of an entry."""
        return f"{self.address}/entries/{_quoted(identifier)}/"

    def story_address(self, identifier: str) -> str:
        """The address of an entry's success story."""
        return f"{self.address}/stories/{_quoted(identifier)}/"

    def node_address(self, framework: str, code: str) -> str:
        """The address of a node: the United Nations' own for goals and targets, the site's page for action lines."""
        if framework == "sdg":
            return f"http://metadata.un.org/sdg/{code}"
        return self.page_address(framework, code)

    def page_address(self, framework: str, code: str) -> str:
        """The address of a node's page on this site."""
        return f"{self.address}/frameworks/{framework}/{code}/"


def _quoted(identifier: str) -> str:
    return identifier if _SAFE.fullmatch(identifier) else quote(identifier, safe="")


@cache
def _words_in(language: str) -> Words:
    """The words of the active language, which is `language`."""
    known = catalogue().frameworks
    return Words(
        language,
        "",
        stakeholder_labels(),
        {area.iso3: area.names.get(language) for area in areas()},
        {code: names.get(language) for code, names in region_names().items()},
        *({value: str(label) for value, label in choices.choices} for choices in (Status, Coverage, Stage)),
        {
            (code, node.code): node.title.get(language)
            for code in ("wsis", "sdg")
            for node in known[code].nodes
        },
    )
