"""Words for what indicators keep as codes: lists of series, severities, rules of checks, breakdowns."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actionlines.frameworks import group_names, income_names, region_names
from actionlines.measurement.series import series_catalogue
from actionlines_web.ui.language import library_language

Label = str | Promise

LIST_NAMES: Final[Mapping[str, Label]] = {
    "": _("With values here"),
    "sdg": _("SDG indicators"),
    "idi-2023-2025": _("Inputs of the IDI 2023–2025"),
    "idi-2017": _("Inputs of the IDI until 2017"),
    "administrative": _("Administrative data"),
    "core": _("Core list of the Partnership"),
    "all": _("All"),
}

SEVERITIES: Final[Mapping[str, Label]] = {
    "error": pgettext_lazy("severity of a finding", "cannot be"),
    "warning": pgettext_lazy("severity of a finding", "seldom right"),
    "note": pgettext_lazy("severity of a finding", "look at it"),
}

RULES: Final[Mapping[str, Label]] = {
    "3g-above-2g": _("More people reached by 3G than by 2G"),
    "4g-above-3g": _("More people reached by 4G than by 3G"),
    "mobile-broadband-above-mobile": _("More mobile broadband than mobile subscriptions"),
    "users-above-phone-owners": _("More Internet users than owners of a mobile phone"),
    "mobile-traffic-above-fixed": _("More traffic on a mobile than on a fixed subscription"),
    "speed-tiers-differ": _("Speeds do not add up to the total"),
    "speed-tiers-above-total": _("Speeds add up to more than the total"),
    "mobile-parts-differ": _("Prepaid and postpaid do not add up to the total"),
    "fixed-parts-differ": _("Kinds of fixed lines do not add up to the total"),
    "fixed-broadband-parts-differ": _("Kinds of fixed broadband do not add up to the total"),
    "total-outside-the-sexes": _("The total is not between women and men"),
    "population-differs": _("Two rates imply two populations"),
    "share-out-of-range": _("A percentage below 0 or above 100"),
    "negative": _("Below zero"),
    "jump-in-points": _("A jump of over 15 points in a year"),
    "jump-in-share": _("A change of over half in a year"),
    "fall-of-users": _("Fewer users than the year before"),
    "same-value-again": _("The value of the year before"),
    "unit-slip": _("A slip of the unit"),
    "break-without-note": _("A break without a note"),
    "far-from-peers": _("Far from the other economies"),
    "revised": _("A revision"),
    "revised-much": _("A large revision"),
}


def group_label(code: str) -> str:
    """The name of the world, a region, an income group or another group in the reader's language."""
    if code == "WLD":
        return str(pgettext_lazy("group of economies", "World"))
    names = {**region_names(), **income_names(), **group_names()}
    return names[code].get(library_language()) if code in names else code


def breakdown_label(breakdown: str) -> str:
    """'sex=F;area=U' in the reader's words; '' for the whole."""
    texts = series_catalogue().breakdowns
    language = library_language()
    said = []
    for part in filter(None, breakdown.split(";")):
        dimension, _equals, value = part.partition("=")
        if part in texts:
            said.append(texts[part].get(language))
        elif dimension in texts:
            said.append(f"{texts[dimension].get(language)}: {value}")
        else:
            said.append(part)
    return ", ".join(said)
