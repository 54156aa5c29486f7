"""Words for levels, ratings, kinds of aggregation and what a table or file would do."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = str | Promise

LEVELS: Final[Mapping[str, Label]] = {
    "programme": pgettext_lazy("level of a result", "Programme"),
    "priority": pgettext_lazy("level of a result", "Priority"),
    "objective": pgettext_lazy("level of a result", "Objective"),
    "outcome": pgettext_lazy("level of a result", "Outcome"),
    "output": pgettext_lazy("level of a result", "Output"),
}
RATINGS: Final[Mapping[str, Label]] = {
    "achieved": pgettext_lazy("rating of an indicator", "Achieved"),
    "on-track": pgettext_lazy("rating of an indicator", "On track"),
    "behind": pgettext_lazy("rating of an indicator", "Behind"),
    "off-track": pgettext_lazy("rating of an indicator", "Off track"),
    "unknown": pgettext_lazy("rating of an indicator", "Not rated"),
}
AGGREGATIONS: Final[Mapping[str, Label]] = {
    "sum": _("Sum: each period counts what is new in it"),
    "latest": _("Latest: a state at the end of the period"),
    "cumulative": _("Cumulative: each figure counts from the beginning on"),
    "weighted-mean": _("Weighted mean: a share, with the size of what it is a share of"),
    "maximum": _("Maximum: the highest level reached"),
    "distinct-count": _("Distinct count: each member counts once"),
}
CHANGES: Final[Mapping[str, Label]] = {
    "added": pgettext_lazy("row of a table", "Added"),
    "changed": pgettext_lazy("row of a table", "Changed"),
}
THINGS: Final[Mapping[str, Label]] = {
    "framework": pgettext_lazy("part of a file", "Framework"),
    "result": pgettext_lazy("part of a file", "Result"),
    "indicator": pgettext_lazy("part of a file", "Indicator"),
}
