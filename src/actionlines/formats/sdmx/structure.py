"""The structure of SDMX data: which components there are, in which order, and what may stand in each.

Types come from here and never from the values: "004" is a code, and so is "NA", until a structure says number.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from actionlines.problems import Problem, marked

SDG_FILE: Final = Path(__file__).parent / "sdg.toml"
LEVELS: Final = ("dataset", "series", "observation")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|NaN|[+-]?INF")
_REFERENCE: Final = re.compile(r"([A-Za-z][\w.-]*):([\w@$-]+)(?:\(([\d.+*]+)\))?")

# Component to its text. A component that is not reported is not there; "NaN" is reported, and is no number.
Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """What identifies a structure or a dataflow: 'IAEG-SDGs:SDG(1.8)'."""

    agency: str
    id: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.agency}:{self.id}" + (f"({self.version})" if self.version else "")


def reference_of(text: str) -> Reference | None:
    """The reference a text such as 'IAEG-SDGs:SDG(1.8)' is, or the end of a URN."""
    match = _REFERENCE.fullmatch(text.rpartition("=")[2].partition(": ")[0].strip())
    return Reference(match[1], match[2], match[3] or "") if match else None


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, a measure or an attribute.

    Attributes:
        id: such as 'REF_AREA'.
        number: whether its values are numbers; all others are text.
        codes: code to English label, or empty where any text may stand, or where the codes are not known.
        level: of an attribute, one of LEVELS: what it belongs to.
        coded: whether its values are codes, known or not.
    """

    id: str
    number: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    level: str = "observation"
    coded: bool = False


@dataclass(frozen=True)
class Structure:
    """A data structure definition.

    Attributes:
        reference: who made it, its identifier, its version.
        dimensions: in the order of the key, without that of time.
        time: the identifier of the dimension of time, '' where there is none.
        measures: usually one, OBS_VALUE.
        attributes: in their order.
    """

    reference: Reference
    dimensions: tuple[Component, ...]
    time: str = "TIME_PERIOD"
    measures: tuple[Component, ...] = (Component("OBS_VALUE", number=True),)
    attributes: tuple[Component, ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All components in the order of a table: dimensions, time, measures, attributes."""
        return (
            *(one.id for one in self.dimensions),
            *((self.time,) if self.time else ()),
            *(one.id for one in self.measures),
            *(one.id for one in self.attributes),
        )

    def component(self, identifier: str) -> Component | None:
        """The component of this identifier, None for that of time and for what the structure does not have."""
        return self._components.get(identifier)

    @cached_property
    def _components(self) -> dict[str, Component]:
        return {one.id: one for one in (*self.dimensions, *self.measures, *self.attributes)}

    def key_of(self, record: Record) -> tuple[str, ...]:
        """The values of the dimensions and the period: what makes an observation the one it is."""
        return tuple(record.get(identifier, "") for identifier in self.key)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The identifiers of the dimensions, that of time last."""
        return (*(one.id for one in self.dimensions), *((self.time,) if self.time else ()))


def faults_of(
    structure: Structure, record: Record, file: str = "", row: int | None = None
) -> Iterator[Problem]:
    """What a record has against its structure: dimensions that are missing, unknown codes, what is no number."""
    for identifier in structure.key:
        if not record.get(identifier):
            template = marked("the dimension %(column)s has no value.")
            yield Problem(template, {"column": identifier}, file, row, identifier)
    known = {*structure.columns}
    for identifier, text in record.items():
        if identifier not in known:
            template = marked("%(structure)s has no component %(column)s.")
            values = {"structure": str(structure.reference), "column": identifier}
            yield Problem(template, values, file, row, identifier)
            continue
        component = structure.component(identifier)
        if component is None:
            continue
        if component.number and not _NUMBER.fullmatch(text):
            template = marked("“%(said)s” is not a number.")
            yield Problem(template, {"said": text[:40]}, file, row, identifier)
        elif component.codes and text not in component.codes:
            template = marked("“%(said)s” is not in the code list of %(column)s.")
            yield Problem(template, {"said": text[:40], "column": identifier}, file, row, identifier)


@cache
def sdg_structure() -> Structure:
    """The structure of the global SDG data, `IAEG-SDGs:SDG`: 15 dimensions and the period."""
    data = tomllib.loads(SDG_FILE.read_text(encoding="utf-8"))
    codes = data["codes"]

    def made(identifier: str, level: str = "observation") -> Component:
        return Component(
            identifier,
            identifier in data["numbers"],
            codes.get(identifier, {}),
            level,
            identifier in data["coded"],
        )

    return Structure(
        Reference(data["agency"], data["id"], data["version"]),
        tuple(map(made, data["dimensions"])),
        data["time"],
        tuple(map(made, data["measures"])),
        tuple(
            made(identifier, level) for level in LEVELS for identifier in data["attributes"].get(level, ())
        ),
    )
