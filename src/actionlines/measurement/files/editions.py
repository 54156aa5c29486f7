"""The editions of indices that are shipped, by name."""

from pathlib import Path
from typing import Final

from actionlines.measurement.files.specification import read_specification
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError, Problem, marked

EDITIONS: Final = Path(__file__).parents[1] / "editions"


def edition_names() -> tuple[str, ...]:
    """The names of the shipped editions, in order."""
    return tuple(sorted(path.stem for path in EDITIONS.glob("*.toml")))


def edition(name: str) -> Specification:
    """A shipped edition.

    Raises:
        InputError: there is none of that name.
    """
    if name not in edition_names():
        fault = marked("there is no edition “%(name)s”.")
        known = ", ".join(edition_names()) or "–"
        raise InputError(
            [Problem(fault, {"name": name, "known": known}, expected=marked("one of: %(known)s."))]
        )
    return read_specification(EDITIONS / f"{name}.toml")


def specification_named(name: str) -> Specification:
    """The specification in a file of that name, or else the edition of that name.

    Raises:
        InputError: neither is there, or the file has faults.
    """
    path = Path(name)
    if path.suffix == ".toml" or path.is_file():
        return read_specification(path)
    if name in edition_names():
        return edition(name)
    fault = marked("“%(name)s” is neither a file nor a shipped edition.")
    known = ", ".join(edition_names()) or "–"
    expected = marked("a specification in TOML, or one of: %(known)s.")
    raise InputError([Problem(fault, {"name": name, "known": known}, expected=expected)])
