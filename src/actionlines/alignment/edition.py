"""Which aligner made a proposal: a name that changes with whatever changes its answers."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from actionlines import __version__

_FOLDER: Final = Path(__file__).parent
_SUFFIXES: Final = frozenset({".py", ".toml", ".csv", ".npz"})
_DIGITS: Final = 8


@cache
def aligner_edition() -> str:
    """The product's version and eight digits of a digest over the aligner's code, word lists and models: '0.1.0-3fa2b1c9'.

    The same files give the same name on every machine; read once a process.
    """
    found = hashlib.sha256()
    for path in sorted(_FOLDER.rglob("*"), key=lambda path: path.relative_to(_FOLDER).as_posix()):
        if path.suffix in _SUFFIXES:
            found.update(path.relative_to(_FOLDER).as_posix().encode() + b"\0")
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}-{found.hexdigest()[:_DIGITS]}"
