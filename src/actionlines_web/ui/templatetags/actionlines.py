"""Tags and filters of every template."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from actionlines.frameworks import Node, area, catalogue, group_names, region_names
from actionlines.text import Text, direction, isolate
from actionlines_web.ui.language import library_language

register = template.Library()


@register.filter
def text(value: Text) -> SafeString | str:
    """A text in the reader's language; where only another language has it, marked with that language."""
    wanted = library_language()
    found = value.language(wanted)
    if found in {wanted, ""}:
        return value.get(wanted)
    return in_language(value.get(wanted), found)


@register.filter
def in_language(value: str, language: str) -> SafeString | str:
    """A text of a given language inside the page: tagged with language and direction where they differ."""
    if not language or language == library_language():
        return value
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), value)


@register.filter
def code(value: str) -> SafeString:
    """A code such as 9.c or C7-HEA, kept left to right inside any text."""
    return format_html('<span class="code">{}</span>', isolate(str(value)))


@register.filter
def number(value: float | None) -> str:
    """A number as the reader's language writes it, kept together inside right-to-left text."""
    return "" if value is None else isolate(number_format(value, use_l10n=True, force_grouping=True))


@register.filter
def country_name(iso3: str) -> str:
    """The name of an economy in the reader's language ('' for '')."""
    if not iso3:
        return ""
    try:
        return area(iso3).names.get(library_language())
    except KeyError:
        return iso3


@register.filter
def region_name(region: str) -> str:
    """The name of a region in the reader's language."""
    names = region_names()
    return names[region].get(library_language()) if region in names else region


@register.filter
def group_name(group: str) -> str:
    """The name of a country group (LDC …) in the reader's language."""
    names = group_names()
    return names[group].get(library_language()) if group in names else group


@register.simple_tag
def node(framework: str, code: str) -> Node | None:
    """The node, or None where the catalogue no longer has it."""
    found = catalogue().frameworks.get(framework)
    return found[code] if found and code in found else None


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """mapping[key], or None."""
    return mapping.get(key) if mapping else None


@register.filter
def per_cent(probability: float) -> str:
    """0.934 → '93 %' as a whole percentage, kept together inside right-to-left text."""
    return isolate(f"{round(100 * probability)}\u202f%")


@register.filter
def problem_message(problem: Mapping[str, Any]) -> str:
    """The message of a kept problem in the reader's language."""
    return _filled(problem["template"], problem["values"])


@register.filter
def problem_expectation(problem: Mapping[str, Any]) -> str:
    """What was expected, in the reader's language ('' where nothing is said)."""
    return _filled(problem["expected"], problem["values"]) if problem["expected"] else ""


def _filled(message: str, values: Mapping[str, Any]) -> str:
    translated = gettext(message)
    return translated % values if values else translated.replace("%%", "%")


@register.simple_tag
def marked_text(text: str, spans: list[dict[str, Any]]) -> SafeString:
    """The text with `<mark>`s over spans ({'start', 'end', 'id', 'label'}); overlapping spans merge into the first."""
    parts: list[str] = []
    position = 0
    for span in spans:
        start, end = max(span["start"], position), span["end"]
        if end <= start:
            continue
        parts.append(format_html("{}", text[position:start]))
        parts.append(
            format_html('<mark id="{}" title="{}">{}</mark>', span["id"], span["label"], text[start:end])
        )
        position = end
    parts.append(format_html("{}", text[position:]))
    return mark_safe("".join(parts))
