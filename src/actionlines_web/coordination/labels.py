"""Words for states and roles."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from actionlines.frameworks import roles
from actionlines_web.ui.labels import ROLES as KNOWN

Label = str | Promise

ROLES: Final[Mapping[str, Label]] = {role: KNOWN[role] for role in roles.ROLES}
ROW_STATES: Final[Mapping[str, Label]] = {
    "planned": pgettext_lazy("state of an activity", "Planned"),
    "ongoing": pgettext_lazy("state of an activity", "Under way"),
    "delayed": pgettext_lazy("state of an activity", "Delayed"),
    "done": pgettext_lazy("state of an activity", "Done"),
    "dropped": pgettext_lazy("state of an activity", "Dropped"),
}
ANSWER_STATES: Final[Mapping[str, Label]] = {
    "open": pgettext_lazy("state of an answer", "Not begun"),
    "under-way": pgettext_lazy("state of an answer", "Under way"),
    "done": pgettext_lazy("state of an answer", "Done"),
    "declined": pgettext_lazy("state of an answer", "Declined"),
}
CHANGES: Final[Mapping[str, Label]] = {
    "added": pgettext_lazy("row of a road map", "Added"),
    "changed": pgettext_lazy("row of a road map", "Changed"),
    "removed": pgettext_lazy("row of a road map", "Removed"),
}
FIELDS: Final[Mapping[str, Label]] = {
    "activity": pgettext_lazy("field of a road map", "Activity"),
    "expected": pgettext_lazy("field of a road map", "Expected result"),
    "indicator": pgettext_lazy("field of a road map", "Indicator"),
    "baseline": pgettext_lazy("field of a road map", "Baseline"),
    "target": pgettext_lazy("field of a road map", "Target to reach"),
    "start": pgettext_lazy("field of a road map", "First day"),
    "end": pgettext_lazy("field of a road map", "Last day"),
    "resources": pgettext_lazy("field of a road map", "Resources"),
    "partners": pgettext_lazy("field of a road map", "Partners"),
    "links": pgettext_lazy("field of a road map", "Serves"),
    "state": pgettext_lazy("field of a road map", "State"),
    "percent": pgettext_lazy("field of a road map", "Per cent done"),
    "said_on": pgettext_lazy("field of a road map", "Noted on"),
}
