"""The cube: values of indicators for units and periods, with a flag for every cell.

Axes are (period, unit, indicator), in this order, always last. Values may carry one leading axis of draws, so that
one call of a step treats thousands of replicates; flags describe the nominal data and never have it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntFlag
from functools import cached_property
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bits = NDArray[np.uint16]
Mask = NDArray[np.bool_]
Labels = NDArray[np.str_]
Places = NDArray[np.intp]


class Flag(IntFlag):
    """What a cell's value is; bits, since one value can be carried forward and then winsorised."""

    OBSERVED = 0
    MISSING = 1
    ESTIMATED = 2  # so marked by its source
    CARRIED = 4  # the unit's value of another period
    INTERPOLATED = 8  # between two periods of the unit
    IMPUTED_CENTRE = 16  # mean or median of the units, or of the unit's group
    IMPUTED_ROW = 32  # from the unit's other indicators
    IMPUTED_MODEL = 64  # neighbours, expectation-maximisation, chained equations
    WINSORISED = 128
    TRANSFORMED = 256
    CAPPED = 512  # clipped to its goalposts
    EXCLUDED = 1024  # taken out by screening
    DERIVED = 2048  # combined from other series, or an aggregate
    EARLIER = 4096  # the source itself says the value is of an earlier period

    @classmethod
    def imputed(cls) -> Self:
        """Every way in which a value can be other than read."""
        return cls.CARRIED | cls.INTERPOLATED | cls.IMPUTED_CENTRE | cls.IMPUTED_ROW | cls.IMPUTED_MODEL


@dataclass(frozen=True, eq=False)
class Cube:
    """Values of indicators.

    Attributes:
        periods: P names, ascending, such as ('2023', '2024').
        units: U codes, such as ISO 3166-1 alpha-3.
        indicators: I codes.
        values: float64 (P, U, I), or (D, P, U, I) with D draws; NaN is missing. Read-only.
        flags: uint16 bits of `Flag`, (P, U, I).
        included: bool (P, U); False where screening took the unit out. Such cells are NaN and no step fills them.
        variables: V series read beside the indicators: denominators, terms of derived indicators. Each float64
            (P, U) or (D, P, U).
        groups: a grouping's name to labels (P, U), '' where unknown.
        errors: standard errors (P, U, I) in the unit of the value, NaN where unknown; None when there are none.
        weights: an element's code to its weight under its parent: a number, or (D,) one for each draw. Only what a
            step has settled; an aggregate falls back on the specification.
        names: unit code to name, as far as known.
    """

    periods: tuple[str, ...]
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Floats
    flags: Bits
    included: Mask
    variables: Mapping[str, Floats] = field(default_factory=dict)
    groups: Mapping[str, Labels] = field(default_factory=dict)
    errors: Floats | None = None
    weights: Mapping[str, float | Floats] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.periods), len(self.units), len(self.indicators))
        if self.values.shape[-3:] != shape or self.values.ndim > 4:
            raise ValueError(f"values have shape {self.values.shape}, the axes need {shape}")
        if self.flags.shape != shape or self.included.shape != shape[:2]:
            raise ValueError(
                f"flags {self.flags.shape} and included {self.included.shape} do not fit {shape}"
            )
        for name in ("values", "flags", "included"):
            view = getattr(self, name).view()
            view.setflags(write=False)
            object.__setattr__(self, name, view)

    @classmethod
    def of(
        cls,
        values: Floats,
        units: Sequence[str],
        indicators: Sequence[str],
        periods: Sequence[str] = ("",),
        *,
        variables: Mapping[str, Floats] | None = None,
        groups: Mapping[str, Sequence[str] | Labels] | None = None,
        errors: Floats | None = None,
        names: Mapping[str, str] | None = None,
    ) -> "Cube":
        """A cube of observed values: (U, I) for one period, or (P, U, I); NaN is flagged as missing.

        Raises:
            ValueError: shapes do not fit, or a code stands twice on an axis.
        """
        for axis in (units, indicators, periods):
            if len(set(axis)) != len(axis):
                raise ValueError(
                    f"a code stands twice: {sorted(c for c in set(axis) if list(axis).count(c) > 1)}"
                )
        shape = (len(periods), len(units), len(indicators))
        cells = np.ascontiguousarray(values, dtype=np.float64).reshape(shape)
        return cls(
            tuple(periods),
            tuple(units),
            tuple(indicators),
            cells,
            np.where(np.isnan(cells), np.uint16(Flag.MISSING), np.uint16(0)),
            np.ones(shape[:2], dtype=np.bool_),
            {name: np.asarray(one, np.float64).reshape(shape[:2]) for name, one in (variables or {}).items()},
            {name: np.broadcast_to(np.asarray(one, str), shape[:2]) for name, one in (groups or {}).items()},
            None if errors is None else np.asarray(errors, np.float64).reshape(shape),
            {},
            dict(names or {}),
        )

    @property
    def draws(self) -> int | None:
        """Number of draws on the leading axis; None without that axis."""
        return self.values.shape[0] if self.values.ndim == 4 else None

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Indicator code to its place on the last axis."""
        return MappingProxyType({code: place for place, code in enumerate(self.indicators)})

    @cached_property
    def complete(self) -> bool:
        """Whether no cell is missing."""
        return not bool(np.isnan(self.values).any())

    @cached_property
    def fingerprint(self) -> str:
        """A digest of everything a step can see; equal cubes have equal fingerprints on every machine."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(repr((self.periods, self.units, self.indicators, self.values.shape)).encode())
        arrays: list[tuple[str, object]] = [
            ("values", self.values),
            ("flags", self.flags),
            ("in", self.included),
        ]
        arrays += sorted(self.variables.items()) + sorted(self.weights.items())
        arrays += [("errors", self.errors)] if self.errors is not None else []
        for name, array in arrays:
            digest.update(name.encode() + b"\0" + np.ascontiguousarray(array).tobytes())
        for name, labels in sorted(self.groups.items()):
            digest.update(repr((name, labels.tolist())).encode())
        return digest.hexdigest()

    def columns(self, codes: Iterable[str]) -> list[int]:
        """The places of `codes` on the last axis.

        Raises:
            KeyError: a code is not an indicator of the cube.
        """
        column = self.column
        return [column[code] for code in codes]

    def series(self, code: str) -> Floats:
        """One indicator or variable: (P, U) or (D, P, U).

        Raises:
            KeyError: neither an indicator nor a variable.
        """
        if code in self.column:
            return self.values[..., self.column[code]]
        return self.variables[code]

    def with_values(self, values: Floats, done: Bits) -> "Cube":
        """The same axes with other values; `done` (P, U, I) are the bits a step adds.

        The bit MISSING follows the values. With draws the flags stay as they are.
        """
        if values.ndim == 4:
            return replace(self, values=values)
        flags = (self.flags & np.uint16(~int(Flag.MISSING) & 0xFFFF)) | done
        missing = np.isnan(values)
        if missing.any():
            flags = np.where(missing, flags | np.uint16(Flag.MISSING), flags)
        return replace(self, values=values, flags=flags)

    def with_weights(self, weights: Mapping[str, float | Floats]) -> "Cube":
        """The same data with these elements' weights settled (others keep theirs)."""
        return replace(self, weights={**self.weights, **weights})

    def only(self, indicators: Sequence[str]) -> "Cube":
        """The cube of these indicators, in this order."""
        places = self.columns(indicators)
        return replace(
            self,
            indicators=tuple(indicators),
            values=self.values[..., places],
            flags=self.flags[..., places],
            errors=None if self.errors is None else self.errors[..., places],
        )
