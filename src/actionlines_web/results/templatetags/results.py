"""Filters of the pages of results."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from actionlines.text import Text, isolate
from actionlines_web.results import labels
from actionlines_web.ui.language import library_language
from actionlines_web.ui.templatetags.actionlines import text

register = template.Library()


@register.filter
def words(by_language: Mapping[str, str]) -> SafeString | str:
    """A kept text in the reader's language; where only another language has it, marked with that language."""
    return text(Text(dict(by_language)))


@register.filter
def level_name(level: str) -> Any:
    """'output' → 'Output'."""
    return labels.LEVELS.get(level, level)


@register.filter
def rating_name(rating: str) -> Any:
    """'on-track' → 'On track'."""
    return labels.RATINGS.get(rating, rating)


@register.filter
def aggregation_name(kind: str) -> Any:
    """'latest' → how the figures come together, in words."""
    return labels.AGGREGATIONS.get(kind, kind)


@register.filter
def text_share(share: float) -> str:
    """0.0312 → '3.1 %', kept together inside right-to-left text: most shares of a text are small."""
    language = library_language()
    written = format_decimal(Decimal(f"{100 * share:.1f}"), format="0.0", locale=language)
    return isolate(f"{written}\u202f%")


@register.filter
def evidence(items: Sequence[str]) -> list[dict[str, str]]:
    """'entry:ID' and 'row:LINE/CYCLE/NUMBER' with the page of each."""
    found = []
    for item in items:
        kind, _, name = item.partition(":")
        if kind == "entry":
            found.append({"name": name, "address": reverse("stocktaking:entry", args=[name])})
        elif kind == "row":
            line, cycle, number = name.split("/", 2)
            address = reverse("coordination:road-map", args=[line, cycle])
            found.append({"name": f"{line} {cycle}, {number}", "address": address})
    return found
