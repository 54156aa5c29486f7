"""The kinds of step a specification can name."""

from typing import Any, Final

from actionlines.measurement.steps.step import Kind

KINDS: Final[dict[str, Kind[Any]]] = {}


def register(new: Kind[Any]) -> Kind[Any]:
    """Add a kind of step, the house's or a user's own.

    A user's own step is registered before the specification that names it is bound; its `version` is raised
    whenever its numbers change.

    Raises:
        ValueError: another kind has that name.
    """
    if KINDS.setdefault(new.name, new) is not new:
        raise ValueError(f"there is a step called {new.name} already")
    return new


def kind(name: str) -> Kind[Any] | None:
    """The kind of that name."""
    return KINDS.get(name)
