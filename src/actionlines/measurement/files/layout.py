"""The layout of a data file: which column says what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from actionlines.measurement.settings import Settings

# Under which names a column is known, most telling first; compared without case, '-' and ' ' as '_'.
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": (
        "economy_iso3",
        "iso3",
        "economy_code",
        "country_code",
        "ucode",
        "ref_area",
        "economy",
        "country",
        "geo",
        "unit",
        "code",
    ),
    "name": ("economy_name", "country_name", "uname", "name", "economy", "country"),
    "period": ("period", "edition", "year", "time", "time_period", "data_year"),
    "indicator": ("indicator", "series", "measure", "icode", "series_code", "indicator_code"),
    "value": ("value", "obs_value"),
    "measured_in": ("unit_measure", "measured_in", "unit_of_measure", "unit"),
    "flag": ("flag", "obs_status", "status"),
    "error": ("standard_error", "se", "error"),
    "vintage": ("vintage", "release"),
    "source": ("source", "source_detail", "note", "comment"),
}
MISSING: Final = frozenset(
    {"", "na", "n/a", "n.a.", "n.p.", "nan", "null", "none", "..", "...", "…", ":", "-", "–"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a file; what is not said is found by name.

    Attributes:
        columns: role of `ROLES` to the name of its column.
        groups: columns of a wide file (or a long one) that hold groupings of the units.
        where: column to the value it must have; other rows are left out (dimensions such as SEX = _T).
        rename: code in the file to code in the specification.
        ignore: columns that are known and not wanted.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    def roles(self, names: Iterable[str]) -> dict[str, str]:
        """Role to the column of `names` that plays it; a column plays one role only."""
        spelled = {_key(name): name for name in reversed(list(names))}
        found = {role: name for role, name in self.columns.items() if name in spelled.values()}
        taken = set(found.values()) | {*self.groups}
        for role, known in ROLES.items():
            if role in found:
                continue
            for key in known:
                name = spelled.get(key)
                if name is not None and name not in taken:
                    found[role] = name
                    taken.add(name)
                    break
        return found


def _key(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def read_layout(settings: Settings) -> Layout:
    """The layout a specification says under [data]: `columns`, `groups`, `where`, `rename`, `ignore`."""
    columns = settings.table("columns")
    named = {role: columns.text(role) for role in ROLES if role in columns}
    columns.done()
    layout = Layout(
        named,
        settings.texts("groups", ()),
        _texts(settings.table("where")),
        _texts(settings.table("rename")),
        settings.texts("ignore", ()),
    )
    settings.done()
    return layout


def _texts(table: Settings) -> dict[str, str]:
    return {key: table.text(key) for key in table.values}
