"""Figures of statistics as readers like them, and words for their codes."""

from decimal import Decimal
from math import floor, isfinite, log10

from babel.numbers import format_decimal
from django import template

from actionlines.text import isolate
from actionlines_web.indicators import labels
from actionlines_web.ui.language import library_language

register = template.Library()


@register.filter
def figure(value: float | Decimal | None) -> str:
    """A value with at most three decimals, more where it is small; '' for none. Files hold all digits."""
    if value is None or not isfinite(value):
        return ""
    return isolate(_said(value))


@register.filter
def difference(value: float | Decimal | None) -> str:
    """A difference with its sign: +1.5, −0.2."""
    if value is None or not isfinite(value):
        return ""
    sign = "+" if value > 0 else "\u2212" if value < 0 else "±"
    return isolate(f"{sign}{_said(abs(value))}")


def _said(value: float | Decimal) -> str:
    size = abs(value)
    places = 0 if size >= 1_000 else 1 if size >= 100 else 2
    if 0 < size < 0.1:
        places = min(9, 1 - floor(log10(size)))
    pattern = "#,##0." + "#" * places if places else "#,##0"
    language = library_language()
    locale = {"en": "en_GB", "zh": "zh_Hans"}.get(language, language)
    return format_decimal(Decimal(str(value)), format=pattern, locale=locale)


register.filter("group_label", labels.group_label)
register.filter("breakdown_label", labels.breakdown_label)


@register.filter
def possible(value: float) -> bool:
    """Whether a number is one."""
    return isfinite(value)


@register.filter
def unlocalised(value: float) -> str:
    """A number as a field of a form takes it back: 80, 0.25."""
    return f"{value:.12g}"
