"""Words for what the prizes keep as codes."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = str | Promise

# The fields of a project: its name, and what helps to fill it in.
FIELDS: Final[Mapping[str, tuple[Label, Label]]] = {
    "title": (_("Title"), _("The name under which the project is known.")),
    "organisation": (_("Organisation"), ""),
    "stakeholder_type": (_("Stakeholder type"), ""),
    "country": (_("Country"), ""),
    "description": (_("Description"), _("What voters read.")),
    "website": (_("Website"), _("An address that begins with https://.")),
    "start": (_("First day"), ""),
    "end": (_("Last day"), _("Of the work, or of the major phase that you send in.")),
    "lines": (_("Action lines"), _("Codes such as C2 or C7-HEA, with semicolons between them.")),
    "targets": (_("Goals and targets"), _("Codes such as 9.c, with semicolons between them.")),
    "rationale": (_("Why it serves the action line"), ""),
    "impact": (_("Impact"), _("What changed for whom.")),
    "results": (_("Results"), ""),
    "partners": (_("Partners"), _("One organisation a line.")),
    "challenges": (_("Challenges"), ""),
    "replicability": (_("What others can take over"), ""),
    "sustainability": (_("What keeps it going"), ""),
    "values": (_("Values of the Summit"), ""),
    "gdc": (_("Objectives of the Global Digital Compact"), ""),
}
SHORT: Final = frozenset({"title", "organisation", "website", "start", "end", "lines", "targets"})

# The rules a project is held against, by the names the library gives its verdicts.
VERDICTS: Final[Mapping[str, Label]] = {
    "categories": _("A category of this edition"),
    "one_category": _("One category"),
    "required": _("Every field that is asked for"),
    "words": _("Length of the description"),
    "languages": _("Language of the description"),
    "same-project": _("Each project once"),
    "one_per_organisation": _("One project for each category and organisation"),
    "winners_barred": _("No earlier winner"),
    "finished_work": _("Work that is done"),
    "deadline": _("Sent in time"),
}

CRITERIA: Final[Mapping[str, Label]] = {
    "relevance": _("Relevance to the action line"),
    "results": _("Results and impact"),
    "empowerment": _("What it lets the community do"),
    "sdg-relevance": _("Relevance to the Sustainable Development Goals"),
    "replicability": _("What others can take over"),
    "sustainability": _("What keeps it going"),
    "partnerships": _("Partnerships"),
    "values": _("Values of the Summit"),
}

STEPS: Final[Mapping[str, Label]] = {
    "submit": _("Sent"),
    "withdraw": _("Withdrawn"),
    "ask for time": _("Asked to be let in late"),
    "let in": _("Let in late"),
    "turn away": _("Turned away as too late"),
    "accept": _("Admitted to the expert review"),
    "refuse": _("Refused at the screening"),
    "nominate": _("Nominated"),
    "pass over": _("Not nominated"),
}

CONFLICTS: Final[Mapping[str, Label]] = {
    "declared": _("declared"),
    "same-organisation": _("the same organisation"),
    "shared-organisation": _("an organisation shared with the submitter"),
    "same-country": _("the same country"),
}

SIGNS: Final[Mapping[str, Label]] = {
    "burst": pgettext_lazy("odd pattern of votes", "Many votes within ten minutes"),
    "domain": pgettext_lazy("odd pattern of votes", "One mail domain for one nominee"),
    "device": pgettext_lazy("odd pattern of votes", "Many voters on one device"),
    "sequence": pgettext_lazy("odd pattern of votes", "The same choices in the same order and pace"),
}

PHASE_STATES: Final[Mapping[str, Label]] = {
    "before": pgettext_lazy("state of a phase", "to come"),
    "open": pgettext_lazy("state of a phase", "open now"),
    "over": pgettext_lazy("state of a phase", "over"),
    "unknown": pgettext_lazy("state of a phase", "dates not set"),
}
