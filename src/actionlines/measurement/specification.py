"""The specification of an index: its hierarchy, and its steps in order, as data.

A specification is made from a document, nested tables as a TOML file gives them. The steps' settings stay as
written until an `Index` binds them to the hierarchy, so that one setting can be changed by its address.
"""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from actionlines.measurement.files.layout import Layout
from actionlines.measurement.hierarchy import Tree
from actionlines.text import Text

if TYPE_CHECKING:
    from actionlines.measurement.steps.step import Step

_PART: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class StepSettings:
    """One step as the specification says it.

    Attributes:
        kind: name of the step in the registry, such as 'treat'.
        name: how the specification calls this occurrence; unique, the kind where none is given.
        values: its settings as written, without `step` and `name`.
    """

    kind: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Specification:
    """An index, said completely.

    Attributes:
        code: of the index, such as 'IDI'; also the code of its root element.
        title: in one or more languages.
        edition: such as '2025', or ''.
        sources: where the method is published.
        errata: known faults of the publication, and what is done about them.
        rounding: decimals of published scores, or None for unrounded.
        ranked: whether the index is published with ranks.
        tree: the hierarchy.
        variables: series that are read but not scored: denominators, terms of derived indicators.
        steps: in the order they run.
        layout: where things stand in its data files.
        uncertainty: what the file says under [uncertainty], for the analysis that reads it.
        document: the nested tables it was made from.
        file: name of the file it was read from, or ''.
    """

    code: str
    title: Text
    edition: str
    sources: tuple[str, ...]
    errata: tuple[str, ...]
    rounding: int | None
    ranked: bool
    tree: Tree
    variables: tuple[str, ...]
    steps: tuple[StepSettings, ...]
    layout: Layout = field(default_factory=Layout)
    uncertainty: Mapping[str, Any] = field(default_factory=dict)
    document: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""

    @classmethod
    def of(cls, document: Mapping[str, Any], file: str = "") -> "Specification":
        """The specification a document says.

        Raises:
            InputError: every fault at once, with its place.
        """
        from actionlines.measurement.files.specification import specification_of

        return specification_of(document, file)

    @cached_property
    def bound(self) -> "tuple[Step, ...]":
        """The steps with their parameters, ready to run."""
        from actionlines.measurement.binding import bind

        return bind(self)

    def changed(self, *changes: tuple[str, Any]) -> "Specification":
        """The specification with settings changed, each by its address.

        Addresses: 'steps.treat.limit' (a step by its name, then its setting), 'steps[2].method' (counted from 1),
        'indicators.LPI.weight', 'elements.Conn.weight', 'index.rounding'.

        Raises:
            KeyError: the address leads nowhere.
            InputError: the value cannot stand there.
        """
        document = copy.deepcopy(dict(self.document))
        for address, value in changes:
            _set(document, address, value)
        return Specification.of(document, self.file)

    def without(self, *codes: str) -> "Specification":
        """The specification without these elements or indicators, all below them, and elements left empty.

        Steps keep their settings, except those that are about what is gone.

        Raises:
            KeyError: an element that does not exist; InputError: nothing would be left.
        """
        for code in codes:
            self.tree.by_code[code]
        tree = self.tree.without(codes)
        document = copy.deepcopy(dict(self.document))
        gone = {node.code for node in self.tree.nodes} - {node.code for node in tree.nodes}
        for part in ("elements", "indicators"):
            document[part] = [one for one in document.get(part, []) if one["code"] not in gone]
        steps = [one for one in document.get("steps", []) if one.get("indicator") not in gone]
        document["steps"] = [_pruned(one, gone) for one in steps]
        return Specification.of(document, self.file)


def _pruned(value: Any, gone: set[str]) -> Any:
    """Settings without keys and list entries that name what is gone; codes of units are left alone."""
    if isinstance(value, Mapping):
        return {
            key: one if key in ("keep", "drop") else _pruned(one, gone)
            for key, one in value.items()
            if key not in gone
        }
    if isinstance(value, list | tuple):
        return [_pruned(one, gone) for one in value if not (isinstance(one, str) and one in gone)]
    return value


def _set(document: dict[str, Any], address: str, value: Any) -> None:
    parts = [int(number) - 1 if number else word for word, number in _PART.findall(address)]
    place: Any = document
    for part in parts[:-1]:
        place = _enter(place, part, address)
    last = parts[-1]
    if isinstance(place, list) and isinstance(last, int) and not 0 <= last < len(place):
        raise KeyError(address)
    place[last] = value


def _enter(place: Any, part: str | int, address: str) -> Any:
    if isinstance(place, list):
        if isinstance(part, int):
            found = place[part] if 0 <= part < len(place) else None
        else:
            found = next(
                (one for one in place if part in (one.get("name"), one.get("code"), one.get("step"))), None
            )
    else:
        found = (
            place.setdefault(part, {})
            if part not in ("index", "steps", "indicators", "elements")
            else place.get(part)
        )
    if found is None:
        raise KeyError(address)
    return found
