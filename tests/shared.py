"""Where the shared reference data lies, and the mark for tests that need it."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
SOURCE_DOCUMENT = SHARED / "data" / "documents" / "tdag18_contribution_smsi_odd.fr.txt"

needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the folder ../shared is not beside the project"
)
