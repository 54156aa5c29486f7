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
    "stocktaking.submission": pgettext_lazy("kind of object", "Entry on its way"),
}

VERBS: Final[Mapping[str, Label]] = {
    "apply": pgettext_lazy("what somebody did", "applied"),
    "archive": pgettext_lazy("what somebody did", "archived"),
    "attach": pgettext_lazy("what somebody did", "attached a file"),
    "cancel": pgettext_lazy("what somebody did", "cancelled"),
    "change": pgettext_lazy("what somebody did", "changed"),
    "change contact": pgettext_lazy("what somebody did", "changed the contact"),
    "comment": pgettext_lazy("what somebody did", "commented"),
    "confirm": pgettext_lazy("what somebody did", "confirmed as still true"),
    "create": pgettext_lazy("what somebody did", "created"),
    "detach": pgettext_lazy("what somebody did", "took a file away"),
    "discard": pgettext_lazy("what somebody did", "discarded"),
    "edit": pgettext_lazy("what somebody did", "edited"),
    "grant": pgettext_lazy("what somebody did", "gave a role"),
    "order": pgettext_lazy("what somebody did", "asked to apply"),
    "publish": pgettext_lazy("what somebody did", "published"),
    "queue": pgettext_lazy("what somebody did", "queued"),
    "refuse": pgettext_lazy("what somebody did", "refused"),
    "release": pgettext_lazy("what somebody did", "gave back to the queue"),
    "remove translation": pgettext_lazy("what somebody did", "took a translation away"),
    "reopen": pgettext_lazy("what somebody did", "took up again"),
    "return": pgettext_lazy("what somebody did", "returned with comments"),
    "restore": pgettext_lazy("what somebody did", "put back into the register"),
    "retry": pgettext_lazy("what somebody did", "sent again"),
    "scan": pgettext_lazy("what somebody did", "checked a file"),
    "set password": pgettext_lazy("what somebody did", "set the password"),
    "stage": pgettext_lazy("what somebody did", "uploaded"),
    "submit": pgettext_lazy("what somebody did", "submitted"),
    "take": pgettext_lazy("what somebody did", "took for review"),
    "translate": pgettext_lazy("what somebody did", "translated"),
    "withdraw": pgettext_lazy("what somebody did", "withdrew"),
}

FIELDS: Final[Mapping[str, Label]] = {
    "confirmed_on": pgettext_lazy("name of a field", "confirmed as still true"),
    "beneficiaries": pgettext_lazy("name of a field", "beneficiaries"),
    "challenges": pgettext_lazy("name of a field", "challenges"),
    "changed": pgettext_lazy("name of a field", "changed"),
    "countries": pgettext_lazy("name of a field", "further countries"),
    "clean": pgettext_lazy("name of a field", "clean"),
    "country": pgettext_lazy("name of a field", "country"),
    "coverage": pgettext_lazy("name of a field", "coverage"),
    "created": pgettext_lazy("name of a field", "created"),
    "description": pgettext_lazy("name of a field", "description"),
    "end": pgettext_lazy("name of a field", "last day"),
    "figures": pgettext_lazy("name of a field", "results in figures"),
    "digest": pgettext_lazy("name of a field", "checksum"),
    "file": pgettext_lazy("name of a field", "file"),
    "financing": pgettext_lazy("name of a field", "financing"),
    "internal": pgettext_lazy("name of a field", "among moderators"),
    "kind": pgettext_lazy("name of a field", "kind"),
    "language": pgettext_lazy("name of a field", "language"),
    "lines": pgettext_lazy("name of a field", "action lines"),
    "made_by": pgettext_lazy("name of a field", "made by"),
    "organisation": pgettext_lazy("name of a field", "organisation"),
    "reason": pgettext_lazy("name of a field", "reason"),
    "partners": pgettext_lazy("name of a field", "partners"),
    "replicability": pgettext_lazy("name of a field", "replicability"),
    "results": pgettext_lazy("name of a field", "results"),
    "role": pgettext_lazy("name of a field", "role"),
    "source": pgettext_lazy("name of a field", "source"),
    "stage": pgettext_lazy("name of a field", "stage of the project"),
    "stakeholder_type": pgettext_lazy("name of a field", "stakeholder type"),
    "start": pgettext_lazy("name of a field", "first day"),
    "state": pgettext_lazy("name of a field", "state"),
    "status": pgettext_lazy("name of a field", "status"),
    "sustainability": pgettext_lazy("name of a field", "sustainability"),
    "targets": pgettext_lazy("name of a field", "goals and targets"),
    "technology": pgettext_lazy("name of a field", "technology"),
    "title": pgettext_lazy("name of a field", "title"),
    "values": pgettext_lazy("name of a field", "WSIS values"),
    "website": pgettext_lazy("name of a field", "website"),
    "year": pgettext_lazy("name of a field", "year"),
}
