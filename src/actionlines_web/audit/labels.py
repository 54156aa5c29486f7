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
}

VERBS: Final[Mapping[str, Label]] = {
    "accept member": pgettext_lazy("what somebody did", "accepted a member"),
    "add factor": pgettext_lazy("what somebody did", "added a second factor"),
    "apply": pgettext_lazy("what somebody did", "applied"),
    "ask to join": pgettext_lazy("what somebody did", "asked to join"),
    "cancel": pgettext_lazy("what somebody did", "cancelled"),
    "change address": pgettext_lazy("what somebody did", "changed the addresses"),
    "change member": pgettext_lazy("what somebody did", "changed a member"),
    "change": pgettext_lazy("what somebody did", "changed"),
    "connect": pgettext_lazy("what somebody did", "added another site"),
    "create": pgettext_lazy("what somebody did", "created"),
    "decline member": pgettext_lazy("what somebody did", "declined a member"),
    "decline": pgettext_lazy("what somebody did", "declined the invitation"),
    "discard": pgettext_lazy("what somebody did", "discarded"),
    "disconnect": pgettext_lazy("what somebody did", "removed another site"),
    "download data": pgettext_lazy("what somebody did", "downloaded their data"),
    "erase": pgettext_lazy("what somebody did", "erased the account"),
    "grant": pgettext_lazy("what somebody did", "gave a role"),
    "invite": pgettext_lazy("what somebody did", "invited"),
    "join": pgettext_lazy("what somebody did", "joined"),
    "leave": pgettext_lazy("what somebody did", "left"),
    "merge": pgettext_lazy("what somebody did", "merged into another"),
    "order": pgettext_lazy("what somebody did", "asked to apply"),
    "queue": pgettext_lazy("what somebody did", "queued"),
    "remove factor": pgettext_lazy("what somebody did", "removed a second factor"),
    "remove member": pgettext_lazy("what somebody did", "removed a member"),
    "remove unverified": pgettext_lazy("what somebody did", "removed as unconfirmed"),
    "retry": pgettext_lazy("what somebody did", "sent again"),
    "revoke": pgettext_lazy("what somebody did", "took a role back"),
    "set password": pgettext_lazy("what somebody did", "set the password"),
    "sign up": pgettext_lazy("what somebody did", "opened the account"),
    "stage": pgettext_lazy("what somebody did", "uploaded"),
    "take over": pgettext_lazy("what somebody did", "took another over"),
    "transfer entries": pgettext_lazy("what somebody did", "moved entries"),
    "view as oneself": pgettext_lazy("what somebody did", "looked as themselves again"),
    "view as": pgettext_lazy("what somebody did", "looked at the site as"),
    "withdraw invitation": pgettext_lazy("what somebody did", "withdrew an invitation"),
}

FIELDS: Final[Mapping[str, Label]] = {
    "changed": pgettext_lazy("name of a field", "changed"),
    "country": pgettext_lazy("name of a field", "country"),
    "created": pgettext_lazy("name of a field", "created"),
    "description": pgettext_lazy("name of a field", "description"),
    "entries": pgettext_lazy("name of a field", "entries"),
    "fields": pgettext_lazy("name of a field", "fields"),
    "file": pgettext_lazy("name of a field", "file"),
    "from": pgettext_lazy("name of a field", "from number"),
    "into": pgettext_lazy("name of a field", "into number"),
    "kind": pgettext_lazy("name of a field", "kind"),
    "language": pgettext_lazy("name of a field", "language"),
    "lines": pgettext_lazy("name of a field", "action lines"),
    "name": pgettext_lazy("name of a field", "name"),
    "names": pgettext_lazy("name of a field", "names"),
    "organisation": pgettext_lazy("name of a field", "organisation"),
    "person": pgettext_lazy("name of a field", "person number"),
    "request": pgettext_lazy("name of a field", "request"),
    "role": pgettext_lazy("name of a field", "role"),
    "scope": pgettext_lazy("name of a field", "scope"),
    "source": pgettext_lazy("name of a field", "source"),
    "stakeholder_type": pgettext_lazy("name of a field", "stakeholder type"),
    "status": pgettext_lazy("name of a field", "status"),
    "targets": pgettext_lazy("name of a field", "goals and targets"),
    "title": pgettext_lazy("name of a field", "title"),
    "website": pgettext_lazy("name of a field", "website"),
    "what": pgettext_lazy("name of a field", "what"),
    "with": pgettext_lazy("name of a field", "with"),
    "year": pgettext_lazy("name of a field", "year"),
}
