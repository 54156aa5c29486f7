"""Words for the codes of the library: kinds of nodes, roles, bases of links, flags of observations."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

Label = str | Promise

KINDS: Final[Mapping[str, Label]] = {
    "goal": pgettext_lazy("kind of node", "Goal"),
    "target": pgettext_lazy("kind of node", "Target"),
    "indicator": pgettext_lazy("kind of node", "Indicator"),
    "action line": pgettext_lazy("kind of node", "Action line"),
    "sub-line": pgettext_lazy("kind of node", "Part of an action line"),
    "objective": pgettext_lazy("kind of node", "Objective"),
    "outcome": pgettext_lazy("kind of node", "Outcome"),
}

ROLES: Final[Mapping[str, Label]] = {
    "lead": pgettext_lazy("role on an action line", "Lead facilitator"),
    "co-facilitator": pgettext_lazy("role on an action line", "Co-facilitator"),
    "interim": pgettext_lazy("role on an action line", "Interim facilitator"),
    "partner": pgettext_lazy("role on an action line", "Partner"),
    "focal point": pgettext_lazy("role on an action line", "Focal point"),
}

CERTAINTIES: Final[Mapping[str, Label]] = {
    "verified": pgettext_lazy("certainty of a fact", "verified"),
    "partly": pgettext_lazy("certainty of a fact", "partly verified"),
    "unverified": pgettext_lazy("certainty of a fact", "not verified"),
    "to confirm": pgettext_lazy("certainty of a fact", "to be confirmed"),
}

BASES: Final[Mapping[str, Label]] = {
    "declared": pgettext_lazy("basis of a link", "Declared"),
    "cited": pgettext_lazy("basis of a link", "Cited"),
    "lexicon": pgettext_lazy("basis of a link", "Words of the lexicon"),
    "model": pgettext_lazy("basis of a link", "Model"),
    "matrix": pgettext_lazy("basis of a link", "Suggested by the matrix"),
}

BASIS_MEANINGS: Final[Mapping[str, Label]] = {
    "declared": _("The owner of the entry said so."),
    "cited": _("The text names the line, the goal or the target."),
    "lexicon": _("Words that point to it stand in the text."),
    "model": _("A trained model says so."),
    "matrix": _("The WSIS–SDG matrix ties it to a line of the entry: a suggestion, not a fact."),
}

FLAGS: Final[Mapping[str, Label]] = {
    "A": pgettext_lazy("flag of a value", "as published"),
    "E": pgettext_lazy("flag of a value", "estimate"),
    "P": pgettext_lazy("flag of a value", "provisional"),
    "F": pgettext_lazy("flag of a value", "forecast"),
    "B": pgettext_lazy("flag of a value", "break in the series"),
    "D": pgettext_lazy("flag of a value", "definition differs"),
    "I": pgettext_lazy("flag of a value", "imputed"),
    "M": pgettext_lazy("flag of a value", "missing"),
    "N": pgettext_lazy("flag of a value", "not significant"),
    "U": pgettext_lazy("flag of a value", "low reliability"),
}


def counted_kind(kind: str, number: int) -> str:
    """'17 goals' with a place for the number: `%(number)s goals`."""
    match kind:
        case "goal":
            return ngettext("%(number)s goal", "%(number)s goals", number)
        case "target":
            return ngettext("%(number)s target", "%(number)s targets", number)
        case "indicator":
            return ngettext("%(number)s indicator", "%(number)s indicators", number)
        case "action line":
            return ngettext("%(number)s action line", "%(number)s action lines", number)
        case "sub-line":
            return ngettext("%(number)s part of an action line", "%(number)s parts of an action line", number)
        case "objective":
            return ngettext("%(number)s objective", "%(number)s objectives", number)
        case "outcome":
            return ngettext("%(number)s outcome", "%(number)s outcomes", number)
        case _:
            return f"%(number)s {kind}"
