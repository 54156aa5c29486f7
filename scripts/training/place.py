"""Where the trained model goes; the aligner reads it there too while its card is measured."""

from importlib import import_module
from pathlib import Path

READERS = ("model", "stacker", "meaning", "near_duplicates")


def folder() -> Path:
    """Where the files are written: beside the aligner, unless another place was chosen."""
    return Path(import_module("actionlines.alignment.model").FOLDER)


def settle(chosen: Path) -> None:
    """Write to, and align by, the model of another folder; before anything of a model is read."""
    chosen.mkdir(parents=True, exist_ok=True)
    for name in READERS:
        setattr(import_module(f"actionlines.alignment.{name}"), "FOLDER", chosen)  # noqa: B010  it is Final to all others
