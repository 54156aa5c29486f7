"""Tags and filters of every template."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from actionlines.frameworks import Node, catalogue, group_names, region_names
from actionlines.problems import Problem
from actionlines.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, Text, direction, isolate
from actionlines_web.ui import labels
from actionlines_web.ui.language import country_name, language_name, library_language
from actionlines_web.ui.problems import filled, shown

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
    """A text inside the page, tagged with its language where that is another one, kept apart where it is not known."""
    if not language:
        return format_html("<bdi>{}</bdi>", value)
    if language == library_language():
        return value
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), value)


@register.filter
def isolated(value: object) -> str:
    """A name inside a sentence, kept together whichever way either is written."""
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"


@register.filter
def excerpt(value: str, length: int) -> str:
    """The beginning of a text, cut between two words where its script has spaces."""
    if len(value) <= length:
        return value
    kept = value[: length - 1]
    words, _, _ = kept.rpartition(" ")
    return f"{words if len(words) > length * 3 // 4 else kept}…"


@register.filter
def code(value: str) -> SafeString:
    """A code such as 9.c or C7-HEA, kept left to right inside any text."""
    return format_html('<span class="code">{}</span>', isolate(str(value)))


@register.filter
def number(value: float | Decimal | str | None) -> str:
    """A number as the reader's language writes it, kept together inside right-to-left text."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and 0 <= value < 1000:
        return isolate(str(value))  # most numbers of the matrix: no need to ask for the grouping
    return _written(str(value), _locale())


@lru_cache(maxsize=65_536)
def _written(value: str, locale: str) -> str:
    return isolate(format_decimal(Decimal(value), locale=locale, decimal_quantization=False))


def _locale() -> str:
    """The reader's language as Babel knows it, with the habits of the United Nations' English."""
    language = library_language()
    return {"en": "en_GB", "zh": "zh_Hans"}.get(language, language)


@register.filter
def day(value: date | str) -> str:
    """A day, also one written 2026-11-24, as the reader's language writes it; other words stay as they are."""
    try:
        return format_date(date.fromisoformat(str(value)[:10]), "long", locale=_locale())
    except ValueError:
        return str(value)


@register.filter
def moment(value: datetime) -> str:
    """A day and a time in the reader's time zone, which is told as its distance from UTC."""
    local = timezone.localtime(value)
    offset = f"{local:%z}"
    distance = f"{offset[:3]}:{offset[3:5]}" if local.utcoffset() else ""
    return pgettext("a day and a time", "%(day)s, %(time)s") % {
        "day": format_date(local, "long", locale=_locale()),
        "time": isolate(f"{local:%H:%M} UTC{distance}"),
    }


register.filter("country_name", country_name)


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
def framework_title(framework: str) -> Text:
    """The title of a framework."""
    return catalogue().frameworks[framework].title


@register.filter
def own_name(language: str) -> str:
    """A language in its own words: 'fr' → 'français'."""
    return language_name(language)


@register.filter
def kind_name(kind: str) -> labels.Label:
    """'sub-line' → 'Part of an action line'."""
    return labels.KINDS.get(kind, kind)


@register.filter
def kind_count(kind: str, number: int) -> str:
    """'goal' and 17 → '17 goals'."""
    return labels.counted_kind(kind, number) % {"number": isolate(str(number))}


@register.filter
def role_name(role: str) -> labels.Label:
    """'lead' → 'Lead facilitator'."""
    return labels.ROLES.get(role, role)


@register.filter
def certainty(status: str) -> labels.Label:
    """'partly' → 'partly verified'."""
    return labels.CERTAINTIES.get(status, status)


@register.filter
def basis_name(basis: str) -> labels.Label:
    """'lexicon' → 'Words of the lexicon'."""
    return labels.BASES.get(basis, basis)


@register.filter
def basis_meaning(basis: str) -> labels.Label:
    """What the basis of a link says."""
    return labels.BASIS_MEANINGS.get(basis, "")


@register.simple_tag
def bases() -> list[str]:
    """The bases of links, the firmest first."""
    return list(labels.BASES)


@register.filter
def flag_name(flag: str) -> labels.Label:
    """'E' → 'estimate'."""
    return labels.FLAGS.get(flag, flag)


@register.filter
def web_address(address: str) -> str:
    """The address if a browser may follow it (http or https), or ''."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


@register.filter
def host(address: str) -> str:
    """The machine's name in an address, for a link's words."""
    return urlsplit(address).netloc.removeprefix("www.")


@register.simple_tag
def query_address(query: Any, **changes: object) -> str:
    """The address of a list's query after changes (None takes one off); '?' without any parameter."""
    return query.address(**changes) or "?"


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
def two_places(value: float) -> str:
    """0.0951 → '0.10' as the reader's language writes it."""
    return isolate(format_decimal(Decimal(f"{value:.2f}"), format="0.00", locale=_locale()))


@register.filter
def problem_message(problem: Mapping[str, Any] | Problem) -> str:
    """The message of a problem, kept or fresh, in the reader's language."""
    kept = shown(problem) if isinstance(problem, Problem) else problem
    return filled(kept["template"], kept["values"])


@register.filter
def problem_expectation(problem: Mapping[str, Any] | Problem) -> str:
    """What was expected, in the reader's language ('' where nothing is said)."""
    kept = shown(problem) if isinstance(problem, Problem) else problem
    return filled(kept["expected"], kept["values"]) if kept["expected"] else ""


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
