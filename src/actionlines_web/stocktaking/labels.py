"""Words for what the register keeps as codes."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The levels of the library's `freshness`, and the look each has.
FRESHNESS_NAMES: Final[Mapping[str, str | Promise]] = {
    "current": _("Confirmed within a year"),
    "due": _("To be confirmed"),
    "overdue": _("Not confirmed for two years"),
}
FRESHNESS_LOOKS: Final[Mapping[str, str]] = {
    "current": "state-applied",
    "due": "state-warning",
    "overdue": "state-refused",
}
