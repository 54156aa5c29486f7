"""The kinds of events other programs can be told of. An action that lets one happen calls `actions.emit_event`."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: Final[Mapping[str, str | Promise]] = {
    "entry.published": pgettext_lazy("kind of event", "An entry was published"),
    "entry.changed": pgettext_lazy("kind of event", "A published entry was changed"),
    "entry.archived": pgettext_lazy("kind of event", "An entry was archived"),
    "entry.restored": pgettext_lazy("kind of event", "An archived entry was put back"),
    "link.accepted": pgettext_lazy("kind of event", "A proposed link of an entry was accepted"),
    "link.refused": pgettext_lazy("kind of event", "A proposed link of an entry was refused"),
}
# What the test button sends; nobody subscribes to it, and every address gets it that is asked for.
TEST: Final = "test"
