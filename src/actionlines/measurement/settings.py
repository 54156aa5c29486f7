"""Settings: a table of a specification, read value by value; every fault is noted with its place.

Reading goes on after a fault with a value that is safe to go on with, so that a person sees all faults at once.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from actionlines.problems import Problem, marked
from actionlines.text import LANGUAGES, Text

Path = tuple[str | int, ...]
_NEEDED: Final[Any] = object()


def dotted(path: Path) -> str:
    """'steps[3].limit': the path as a person writes it, tables counted from 1."""
    said = ""
    for part in path:
        said += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if said else part
    return said


@dataclass
class Settings:
    """One table.

    Attributes:
        values: key to value, as tomllib or json gives them.
        path: where the table stands, such as ('steps', 2).
        file: name of the file, '' when the table was made in code.
        lines: path to line number, as far as known.
        faults: where faults are noted; shared by all tables of a file.
    """

    values: Mapping[str, Any]
    path: Path = ()
    file: str = ""
    lines: Mapping[Path, int] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def fault(self, key: str, template: str, expected: str = "", /, **values: object) -> None:
        """Note a fault of `key` ('' for the whole table); `template` and `expected` share `values`."""
        path = (*self.path, key) if key else self.path
        line = next(
            (self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), None
        )
        self.faults.append(Problem(template, values, self.file, line, dotted(path), expected))

    def raw(self, key: str, default: Any = None) -> Any:
        """The value as it stands; the reader vouches for its checks."""
        self._seen.add(key)
        return self.values.get(key, default)

    def text(self, key: str, default: str = _NEEDED) -> str:
        """A text; without a default it must be there and not be empty."""
        value = self._get(key, default)
        if isinstance(value, str) and (value or default is not _NEEDED):
            return value
        return str(self._refuse(key, value, marked("a text."), default, ""))

    def texts(self, key: str, default: Sequence[str] = _NEEDED) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key, default)
        if isinstance(value, list | tuple) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        return tuple(self._refuse(key, value, marked("a list of texts."), default, ()))

    def title(self, key: str) -> Text:
        """A text in one or more languages: a plain text is English, a table has language codes as keys."""
        value = self._get(key, "")
        if isinstance(value, str):
            return Text({"en": value})
        if isinstance(value, Mapping) and set(value) <= set(LANGUAGES):
            return Text({code: str(text) for code, text in value.items()})
        self._refuse(key, value, marked("a text, or a table of texts by language."), "", "")
        return Text()

    def choice(self, key: str, allowed: Collection[str], default: str = _NEEDED) -> str:
        """One of `allowed`."""
        value = self._get(key, default)
        if isinstance(value, str) and value in allowed:
            return value
        fallback = next(iter(allowed))
        expected = marked("one of: %(allowed)s.")
        return str(self._refuse(key, value, expected, default, fallback, allowed=", ".join(allowed)))

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._get(key, default)
        return (
            value
            if isinstance(value, bool)
            else bool(self._refuse(key, value, marked("true or false."), default, default))
        )

    def whole(self, key: str, default: int = _NEEDED, *, low: int | None = None) -> int:
        """A whole number, at least `low`."""
        value = self._get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and (low is None or value >= low):
            return value
        expected = marked("a whole number.") if low is None else marked("a whole number, at least %(low)s.")
        return int(self._refuse(key, value, expected, default, low or 0, low=low))

    def number(
        self, key: str, default: float = _NEEDED, *, low: float | None = None, high: float | None = None
    ) -> float:
        """A finite number between `low` and `high`, both allowed."""
        value = self._get(key, default)
        if is_number(value) and (low is None or value >= low) and (high is None or value <= high):
            return float(value)
        expected = marked("a number.")
        if low is not None:
            expected = marked("a number, at least %(low)s.")
            if high is not None:
                expected = marked("a number from %(low)s to %(high)s.")
        return float(self._refuse(key, value, expected, default, low or 0.0, low=low, high=high))

    def numbers(
        self, key: str, default: Sequence[float] = _NEEDED, *, count: int | None = None
    ) -> tuple[float, ...]:
        """A list of finite numbers, `count` of them."""
        value = self._get(key, default)
        if isinstance(value, list | tuple) and all(map(is_number, value)) and count in (None, len(value)):
            return tuple(map(float, value))
        expected = marked("a list of numbers.") if count is None else marked("a list of %(count)s numbers.")
        fallback = tuple(float(place) for place in range(count or 0))
        return tuple(self._refuse(key, value, expected, default, fallback, count=count))

    def numbers_by_code(self, key: str) -> dict[str, float]:
        """A table of finite numbers."""
        value = self._get(key, {})
        if isinstance(value, Mapping) and all(map(is_number, value.values())):
            return {str(code): float(number) for code, number in value.items()}
        return dict(self._refuse(key, value, marked("a table of numbers."), {}, {}))

    def table(self, key: str) -> "Settings":
        """The table under `key`, empty when absent."""
        value = self._get(key, {})
        if not isinstance(value, Mapping):
            value = self._refuse(key, value, marked("a table."), {}, {})
        return Settings(value, (*self.path, key), self.file, self.lines, self.faults)

    def tables_by_code(
        self, key: str, known: Collection[str] | None = None, template: str = ""
    ) -> dict[str, "Settings"]:
        """The tables inside the table under `key`, each with its own code.

        Args:
            known: the codes there may be; another one is a fault, said by `template` with `%(code)s`, and left out.
        """
        whole = self.table(key)
        tables = {code: whole.table(code) for code in whole.values}
        for code, table in tables.items():
            if known is not None and code not in known:
                expected = marked("one of: %(known)s.")
                table.fault("", template, expected, code=code, known=", ".join(known))
        return {code: table for code, table in tables.items() if known is None or code in known}

    def tables(self, key: str) -> Iterator["Settings"]:
        """The array of tables under `key`."""
        value = self._get(key, [])
        if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
            value = self._refuse(key, value, marked("an array of tables, [[%(key)s]]."), [], [], key=key)
        for place, one in enumerate(value):
            yield Settings(one, (*self.path, key, place), self.file, self.lines, self.faults)

    def done(self) -> None:
        """Note every key nobody asked for."""
        for key in self.values:
            if key not in self._seen:
                known = ", ".join(sorted(self._seen))
                self.fault(
                    key,
                    marked("“%(key)s” is not known here."),
                    marked("one of: %(known)s."),
                    key=key,
                    known=known,
                )

    def _get(self, key: str, default: Any) -> Any:
        self._seen.add(key)
        return self.values.get(key, default)

    def _refuse(
        self, key: str, value: Any, expected: str, default: Any, fallback: Any, /, **values: object
    ) -> Any:
        if value is _NEEDED:
            self.fault(key, marked("“%(setting)s” is missing."), expected, setting=key, **values)
        else:
            self.fault(key, marked("%(found)s cannot stand here."), expected, found=repr(value), **values)
        return fallback if default is _NEEDED else default


def is_number(value: object) -> bool:
    """Whether `value` is a finite number (true and false are none)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
