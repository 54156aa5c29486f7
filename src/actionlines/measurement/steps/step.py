"""What every step is: a pure function of a cube and its parameters, with what it did and decided."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np

from actionlines.measurement.cube import Bits, Cube
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings

Params = TypeVar("Params")


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing a step decided, for people and for tables.

    Attributes:
        subject: code of the indicator, element or unit it is about; '' for all.
        template: the sentence, given through `problems.marked`, with `%(name)s` places; `subject` brings the period.
        values: what goes into the places, and further facts under their names (numbers unrounded).
        period: the period it holds for; '' for all.
    """

    subject: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""

    @property
    def message(self) -> str:
        """The English sentence."""
        subject = f"{self.subject} {self.period}".strip()
        return self.template % {**self.values, "subject": subject}


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step gives back.

    Attributes:
        cube: the data after the step; its flags hold all that was done up to here.
        flags: the bits this step added, (P, U, I) of the new cube; zeros when the cube carries draws.
        decisions: what it decided; empty when the cube carries draws.
    """

    cube: Cube
    flags: Bits
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind(Generic[Params]):
    """A kind of step, as the registry knows it.

    Attributes:
        name: as a specification calls it, such as 'treat'.
        version: raised whenever the same parameters would give other numbers; part of every key.
        bind: reads a step's settings in the light of the hierarchy (directions, goalposts, weights, …) into
            parameters that say all the step needs; notes faults in the settings.
        run: `(cube, params) -> StepResult`, pure, and over draws on a leading axis.
    """

    name: str
    version: int
    bind: Callable[[Settings, Tree], Params]
    run: Callable[[Cube, Params], StepResult]


@dataclass(frozen=True, eq=False)
class Step:
    """A step with its parameters, ready to run.

    Attributes:
        name: how the specification calls it; kind: what it is; params: everything it needs beside the cube.
    """

    name: str
    kind: Kind[Any]
    params: Any

    def __call__(self, cube: Cube) -> StepResult:
        """Run it on a cube, with or without draws."""
        return self.kind.run(cube, self.params)

    @cached_property
    def digest(self) -> str:
        """A digest of kind, version and parameters; equal steps have equal digests on every machine."""
        return digest(self.kind.name, self.kind.version, self.params)


def digest(*parts: object) -> str:
    """A digest of plain values, dataclasses and arrays, nested in tuples and mappings."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        whole.update(_canonical(part))
    return whole.hexdigest()


def _canonical(part: object) -> bytes:
    text = repr(part)
    # The representation of plain values is exact; an array's is cut short, an object's holds its address.
    if "array(" not in text and " at 0x" not in text:
        return text.encode()
    if is_dataclass(part):
        inner = [(one.name, getattr(part, one.name)) for one in fields(part)]
        return type(part).__name__.encode() + _canonical(inner)
    if isinstance(part, np.ndarray):
        return repr((part.shape, part.dtype.str)).encode() + np.ascontiguousarray(part).tobytes()
    if isinstance(part, Mapping):
        return b"{" + b"".join(_canonical(key) + b":" + _canonical(part[key]) for key in part) + b"}"
    if isinstance(part, list | tuple):
        return b"(" + b",".join(map(_canonical, part)) + b")"
    if callable(part):
        return f"{part.__module__}.{getattr(part, '__qualname__', type(part).__qualname__)}".encode()
    return text.encode()
