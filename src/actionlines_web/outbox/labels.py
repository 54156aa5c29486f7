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
    "confirm-address": pgettext_lazy("kind of message", "Code that confirms an address"),
    "account-exists": pgettext_lazy("kind of message", "There is an account already"),
    "unknown-account": pgettext_lazy("kind of message", "There is no account"),
    "reset-password": pgettext_lazy("kind of message", "New password"),
    "security-notice": pgettext_lazy("kind of message", "Security of the account"),
    "organisation-invitation": pgettext_lazy("kind of message", "Invitation to an organisation"),
    "membership-request": pgettext_lazy("kind of message", "Somebody asks to join"),
    "membership-granted": pgettext_lazy("kind of message", "Membership granted"),
    "questionnaire": pgettext_lazy("kind of message", "Questionnaire on statistics"),
    "webhook-disabled": pgettext_lazy("kind of message", "Webhook switched off"),
}
