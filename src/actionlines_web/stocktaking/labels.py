"""Words for what the register keeps as codes."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The levels of the library's `freshness`, and the look each has.
FRESHNESS_NAMES: Final[Mapping[str, str | Promise]] = {
    "current": _("Confirmed within a year"),
    "due": _("To be confirmed"),
    "overdue": _("Not confirmed for two years"),
}
# What a moderator does, as a button says it, and what was done, as a message says it.
STEP_BUTTONS: Final[Mapping[str, str | Promise]] = {
    "take": _("Take it for review"),
    "release": _("Give it back to the queue"),
    "publish": _("Publish"),
    "return": _("Return with a comment"),
    "refuse": _("Refuse"),
}
# What became of one of many submissions (the codes of `actions.bulk`).
OUTCOMES: Final[Mapping[str, str | Promise]] = {
    "done": _("done"),
    "forbidden": _("not yours to decide"),
    "moved": _("somebody has moved it on meanwhile"),
    "faulty": _("something is missing"),
}
EXPECTED_OUTCOMES: Final[Mapping[str, str | Promise]] = {**OUTCOMES, "done": _("will be done")}
QUEUE_STATES: Final[Mapping[str, str | Promise]] = {
    "": _("Waiting"),
    "submitted": _("Not taken yet"),
    "under-review": _("Under review"),
    "returned": _("Returned"),
    "decided": _("Decided"),
}
QUEUE_AGES: Final[Mapping[str, str | Promise]] = {
    "week": _("a week and more"),
    "month": _("a month and more"),
    "quarter": _("three months and more"),
}
FRESHNESS_LOOKS: Final[Mapping[str, str]] = {
    "current": "state-applied",
    "due": "state-warning",
    "overdue": "state-refused",
}


def queue_filters() -> dict[str, str]:
    """Titles of the queue's filters."""
    return {
        "region": gettext("Region"),
        "line": gettext("Action line"),
        "language": gettext("Language"),
        "stakeholder": gettext("Stakeholder type"),
        "age": gettext("Waiting for"),
    }
