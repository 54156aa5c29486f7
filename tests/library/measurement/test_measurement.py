"""The package's surface."""

import subprocess
import sys
from types import ModuleType

import pytest

from actionlines import measurement


def test_every_name_of_the_surface_can_be_imported():
    found = {name: getattr(measurement, name) for name in measurement.__all__}
    # A module of the same name would hide a function.
    assert [name for name, one in found.items() if isinstance(one, ModuleType)] == []


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute nothing"):
        getattr(measurement, "nothing")  # noqa: B009


def test_import_is_quick_and_leaves_the_heavy_packages_for_later():
    code = "import sys, actionlines.measurement; print(*(name for name in ('numpy', 'scipy', 'polars') if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_engine_needs_neither_scipy_nor_polars_until_asked():
    code = "import sys; from actionlines.measurement import Index, Result, explain, read_data; print(*(name for name in ('scipy', 'polars') if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
