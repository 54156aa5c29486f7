"""Words for what the trail keeps as codes: types of objects, verbs, names of fields."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Label = str | Promise

TYPES: Final[Mapping[str, Label]] = {
    "accounts.user": pgettext_lazy("kind of object", "Account"),
    "organisations.organisation": pgettext_lazy("kind of object", "Organisation"),
    "outbox.message": pgettext_lazy("kind of object", "Message"),
    "stocktaking.entry": pgettext_lazy("kind of object", "Entry"),
    "stocktaking.importbatch": pgettext_lazy("kind of object", "Import"),
    "api.apitoken": pgettext_lazy("kind of object", "Token"),
    "webhooks.subscription": pgettext_lazy("kind of object", "Webhook"),
}

VERBS: Final[Mapping[str, Label]] = {
    "apply": pgettext_lazy("what somebody did", "applied"),
    "cancel": pgettext_lazy("what somebody did", "cancelled"),
    "change": pgettext_lazy("what somebody did", "changed"),
    "create": pgettext_lazy("what somebody did", "created"),
    "delete": pgettext_lazy("what somebody did", "deleted"),
    "disable": pgettext_lazy("what somebody did", "switched off"),
    "discard": pgettext_lazy("what somebody did", "discarded"),
    "grant": pgettext_lazy("what somebody did", "gave a role"),
    "issue": pgettext_lazy("what somebody did", "issued"),
    "order": pgettext_lazy("what somebody did", "asked to apply"),
    "pause": pgettext_lazy("what somebody did", "paused"),
    "queue": pgettext_lazy("what somebody did", "queued"),
    "renew secret": pgettext_lazy("what somebody did", "made a new secret"),
    "resume": pgettext_lazy("what somebody did", "switched on again"),
    "retry": pgettext_lazy("what somebody did", "sent again"),
    "revoke": pgettext_lazy("what somebody did", "revoked"),
    "set password": pgettext_lazy("what somebody did", "set the password"),
    "stage": pgettext_lazy("what somebody did", "uploaded"),
}

FIELDS: Final[Mapping[str, Label]] = {
    "changed": pgettext_lazy("name of a field", "changed"),
    "country": pgettext_lazy("name of a field", "country"),
    "created": pgettext_lazy("name of a field", "created"),
    "description": pgettext_lazy("name of a field", "description"),
    "file": pgettext_lazy("name of a field", "file"),
    "kind": pgettext_lazy("name of a field", "kind"),
    "language": pgettext_lazy("name of a field", "language"),
    "lines": pgettext_lazy("name of a field", "action lines"),
    "organisation": pgettext_lazy("name of a field", "organisation"),
    "role": pgettext_lazy("name of a field", "role"),
    "source": pgettext_lazy("name of a field", "source"),
    "stakeholder_type": pgettext_lazy("name of a field", "stakeholder type"),
    "status": pgettext_lazy("name of a field", "status"),
    "targets": pgettext_lazy("name of a field", "goals and targets"),
    "title": pgettext_lazy("name of a field", "title"),
    "website": pgettext_lazy("name of a field", "website"),
    "year": pgettext_lazy("name of a field", "year"),
}
