"""A place: the folder of one version of a framework or crosswalk, with its toml page."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from actionlines.frameworks.datafile import Faults, Table, read_page
from actionlines.problems import Problem, marked
from actionlines.text import LANGUAGES, Text

_NEEDED: Final = ("code", "version", "source", "date", "licence")


def newest_last(versions: Iterable[str]) -> list[str]:
    """Version names in order: '2016-2019' before '2020-2023', '9' before '10'."""
    return sorted(
        versions,
        key=lambda name: [(int(number or 0), word) for number, word in re.findall(r"(\d+)|(\D+)", name)],
    )


class Place:
    """One version's folder `<code>/<version>`, its page read.

    Attributes:
        code, version: the names of the folders; page: what the toml file says; faults: where faults are noted.
    """

    def __init__(self, folder: Path, name: str, page: str, needed: Collection[str], faults: Faults) -> None:
        self.code = folder.parent.name
        self.version = folder.name
        self.faults = faults
        self._folder = folder
        self._name = name
        self._page_name = f"{name}/{page}"
        self.page: dict[str, Any] = read_page(folder / page, self._page_name, (*_NEEDED, *needed), faults)
        for key in ("code", "version"):
            said, named = self.page.get(key), getattr(self, key)
            if said and said != named:
                self.fault(
                    marked("“%(key)s” says %(said)s, the folder %(folder)s."),
                    key,
                    marked("the folder's name."),
                    key=key,
                    said=said,
                    folder=named,
                )

    def fault(self, template: str, key: str, expected: str = "", /, **values: object) -> None:
        """Note a fault of the page."""
        self.faults.append(Problem(template, values, self._page_name, column=key, expected=expected))

    def table(self, name: str, columns: Collection[str]) -> Table:
        """The csv file `name` of this place."""
        return Table(self._folder / name, f"{self._name}/{name}", columns, self.faults)

    def string(self, key: str) -> str:
        """The value of `key` as text, '' where absent."""
        return str(self.page.get(key, ""))

    def strings(self, key: str) -> tuple[str, ...]:
        """The value of `key`, a list of texts; any other shape is a fault."""
        value = self.page.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
        self.fault(
            marked("“%(key)s” is not a list of texts."), key, marked("a list such as [“en”, “fr”]."), key=key
        )
        return ()

    def day(self) -> str:
        """The day on which the source was read, ISO; anything but a day is a fault."""
        value = self.page.get("date", "")
        if isinstance(value, date):
            return value.isoformat()
        if value:
            self.fault(
                marked("“%(value)s” is not a day."),
                "date",
                marked("a day such as 2017-12-31, without quotation marks."),
                value=value,
            )
        return ""

    def text(self, key: str) -> Text:
        """The value of `key`, a table of texts by language; any other shape is a fault."""
        value = self.page.get(key, {})
        if isinstance(value, dict) and all(
            code in LANGUAGES and isinstance(value[code], str) for code in value
        ):
            return Text(value)
        self.fault(
            marked("“%(key)s” is not a table of texts by language."),
            key,
            marked("the languages %(languages)s."),
            key=key,
            languages=", ".join(LANGUAGES),
        )
        return Text()


def places(
    root: Path, below: str, page: str, needed: Collection[str], faults: Faults, skipped: Collection[str] = ()
) -> Iterator[Place]:
    """The places two levels down from `root/below`, by code, the versions of one code from the oldest to the newest."""
    folder = root / below
    if not folder.is_dir():
        return
    for named in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in skipped):
        for version in newest_last(path.name for path in named.iterdir() if path.is_dir()):
            place = named / version
            yield Place(place, place.relative_to(root).as_posix(), page, needed, faults)
