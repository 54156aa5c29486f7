"""Filters of the Forum's templates: times on a clock that is named."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django import template

from actionlines.frameworks import catalogue
from actionlines.programme.programme import Slot
from actionlines.text import isolate
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.ui.language import library_language

register = template.Library()


@register.filter
def clock(value: datetime) -> str:
    """'09:00' on the clock the moment is written in."""
    return isolate(f"{value:%H:%M}")


@register.simple_tag
def clock_range(starts: datetime, ends: datetime) -> str:
    """'09:00–10:00', kept together inside right-to-left text."""
    return isolate(f"{starts:%H:%M}–{ends:%H:%M}")


@register.filter
def weekday(value: date) -> str:
    """'Monday 5 July' as the reader's language writes it."""
    language = library_language()
    locale = {"en": "en_GB", "zh": "zh_Hans"}.get(language, language)
    pattern = "M月d日 EEEE" if language == "zh" else "EEEE d MMMM"
    return format_date(value, pattern, locale=locale)


@register.filter
def zone_distance(value: datetime) -> str:
    """'UTC+02:00' of the moment."""
    offset = f"{value:%z}"
    return isolate(f"UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+0") else "UTC")


@register.filter
def on_clock(value: datetime, zone: str) -> datetime:
    """The moment on the clock of another zone."""
    return value.astimezone(ZoneInfo(zone))


@register.filter
def slot_name(slot: Slot) -> str:
    """'Monday 5 July, 09:00–10:00'."""
    return f"{weekday(slot.day)}, {isolate(f'{slot.starts:%H:%M}–{slot.ends:%H:%M}')}"


@register.filter
def node_title(code: str, framework: str) -> str:
    """The title of an action line or a goal in the reader's language."""
    known = catalogue().frameworks[framework]
    return known[code].title.get(library_language()) if code in known else ""


@register.filter
def stakeholder_type(kind: str) -> str:
    """'government' → 'Government'."""
    return stakeholder_labels().get(kind, kind)


@register.filter
def field_of(mapping: dict[str, str], key: str) -> str:
    """mapping[key], or ''."""
    return mapping.get(key, "")
