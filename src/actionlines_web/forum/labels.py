"""Words for what the Forum keeps as codes."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = str | Promise

STEPS: Final[Mapping[str, Label]] = {
    "submit": _("Sent"),
    "import": _("Brought in with a table"),
    "accept": pgettext_lazy("state of a session", "Accepted"),
    "refuse": pgettext_lazy("state of a session", "Not accepted"),
    "merge": pgettext_lazy("state of a session", "Merged into another"),
    "merged": _("Another request was merged into it"),
    "withdraw": _("Withdrawn"),
    "cancel": pgettext_lazy("state of a session", "Cancelled"),
}
FEATURES: Final[Mapping[str, Label]] = {
    "captions": _("Captions"),
    "interpretation": _("Interpretation"),
    "remote": _("Remote participation"),
}
DUTIES: Final[Mapping[str, Label]] = {
    "final_description": _("Final description"),
    "panellists": _("Speakers settled"),
    "outcomes": _("Outcomes"),
}
CHANGES: Final[Mapping[str, Label]] = {
    "added": pgettext_lazy("change of a session", "New"),
    "cancelled": pgettext_lazy("state of a session", "Cancelled"),
    "restored": pgettext_lazy("change of a session", "Held after all"),
    "moved": pgettext_lazy("change of a session", "Another time"),
    "room": pgettext_lazy("change of a session", "Another room"),
    "title": pgettext_lazy("change of a session", "Another title"),
}
PENALTIES: Final[Mapping[str, Label]] = {
    "line": _("Sessions of one action line at the same time"),
    "track": _("Sessions of one track at the same time"),
    "wish": _("A session outside the slots its organisers prefer"),
    "room": _("A series in several rooms"),
}
# The questions of the consultation.
QUESTIONS: Final[Mapping[str, Label]] = {
    "themes": _("Themes and structure of the Forum"),
    "sdg_alignment": _("How to align it with the Sustainable Development Goals"),
    "high_level": _("Topics of the high-level track"),
    "partnerships": _("Partnerships"),
    "sessions": _("Sessions you would hold"),
    "other": _("Anything else"),
}
TAKES: Final[Mapping[str, Label]] = {
    "contributions": _("Contributions"),
    "requests": _("Requests for sessions"),
    "nominations": _("Nominations"),
}
PERIOD_STATES: Final[Mapping[str, Label]] = {
    "before": pgettext_lazy("state of a phase", "to come"),
    "open": pgettext_lazy("state of a phase", "open now"),
    "over": pgettext_lazy("state of a phase", "over"),
}
