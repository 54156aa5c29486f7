"""Words for the kinds of messages."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: Final[Mapping[str, str | Promise]] = {
    "welcome": pgettext_lazy("kind of message", "Welcome"),
    "import-finished": pgettext_lazy("kind of message", "Import finished"),
    "webhook-disabled": pgettext_lazy("kind of message", "Webhook switched off"),
}
