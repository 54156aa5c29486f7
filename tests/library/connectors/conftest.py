"""A source that answers as a test tells it."""

from collections.abc import Iterator

import pytest

from answering import Source, listening


@pytest.fixture
def source() -> Iterator[Source]:
    """A server on this machine."""
    with listening() as server:
        yield server
