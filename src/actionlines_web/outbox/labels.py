"""Words for the kinds of messages."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: Final[Mapping[str, str | Promise]] = {
    "welcome": pgettext_lazy("kind of message", "Welcome"),
    "submission-received": pgettext_lazy("kind of message", "Entry received"),
    "submission-returned": pgettext_lazy("kind of message", "Entry returned"),
    "submission-refused": pgettext_lazy("kind of message", "Entry refused"),
    "submission-published": pgettext_lazy("kind of message", "Entry published"),
    "submission-comment": pgettext_lazy("kind of message", "Comment on an entry"),
    "still-true": pgettext_lazy("kind of message", "Is it still true?"),
    "import-finished": pgettext_lazy("kind of message", "Import finished"),
}
