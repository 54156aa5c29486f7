"""The kinds of report: one module and one line here each."""

from collections.abc import Mapping
from types import ModuleType
from typing import Final

from actionlines.reports import contribution

KINDS: Final[Mapping[str, ModuleType]] = {
    contribution.KIND: contribution,
}
