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
    "new-entries": pgettext_lazy("kind of message", "New in a saved search"),
    "export-finished": pgettext_lazy("kind of message", "File ready"),
    "import-finished": pgettext_lazy("kind of message", "Import finished"),
    "confirm-address": pgettext_lazy("kind of message", "Code that confirms an address"),
    "account-exists": pgettext_lazy("kind of message", "There is an account already"),
    "unknown-account": pgettext_lazy("kind of message", "There is no account"),
    "reset-password": pgettext_lazy("kind of message", "New password"),
    "security-notice": pgettext_lazy("kind of message", "Security of the account"),
    "organisation-invitation": pgettext_lazy("kind of message", "Invitation to an organisation"),
    "membership-request": pgettext_lazy("kind of message", "Somebody asks to join"),
    "membership-granted": pgettext_lazy("kind of message", "Membership granted"),
    "asks-due": pgettext_lazy("kind of message", "Asks that are due"),
    "introduction-asked": pgettext_lazy("kind of message", "Introduction asked for"),
    "introduction-accepted": pgettext_lazy("kind of message", "Introduction accepted"),
    "questionnaire": pgettext_lazy("kind of message", "Questionnaire on statistics"),
    "webhook-disabled": pgettext_lazy("kind of message", "Webhook switched off"),
    "prizes-received": pgettext_lazy("kind of message", "Project received"),
    "prizes-refused": pgettext_lazy("kind of message", "Project not admitted"),
    "prizes-passed-over": pgettext_lazy("kind of message", "Project not nominated"),
    "prizes-nominated": pgettext_lazy("kind of message", "Project nominated"),
    "prizes-late": pgettext_lazy("kind of message", "Project let in late"),
    "prizes-late-refused": pgettext_lazy("kind of message", "Late project turned away"),
    "prizes-moved": pgettext_lazy("kind of message", "Dates of the prizes moved"),
    "prizes-message": pgettext_lazy("kind of message", "Message about the prizes"),
    "report-part": pgettext_lazy("kind of message", "A part of a report to write"),
    "report-published": pgettext_lazy("kind of message", "A report is published"),
    "report-ready": pgettext_lazy("kind of message", "A version of a report is made"),
    "prizes-assigned": pgettext_lazy("kind of message", "Projects to review"),
    "prizes-vote-invalid": pgettext_lazy("kind of message", "Vote declared invalid"),
    "prizes-vote-restored": pgettext_lazy("kind of message", "Vote counted again"),
    "prizes-champion": pgettext_lazy("kind of message", "Project is a champion"),
    "prizes-winner": pgettext_lazy("kind of message", "Project is a winner"),
}
