"""Tags that show entries."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from actionlines.frameworks import catalogue
from actionlines.stocktaking.duplicates import Reason
from actionlines.stocktaking.freshness import freshness
from actionlines.text import isolate
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.stocktaking.forms.fields import FIELDS
from actionlines_web.stocktaking.labels import FRESHNESS_LOOKS, FRESHNESS_NAMES
from actionlines_web.stocktaking.models import (
    SETBACK_TIER,
    Coverage,
    Direction,
    Entry,
    EntryLink,
    Stage,
    Status,
)
from actionlines_web.ui.language import country_name, language_name
from actionlines_web.ui.templatetags.actionlines import code, number

register = template.Library()
STEP_NAMES = {
    "start": _("Begun"),
    "submit": _("Submitted"),
    "withdraw": _("Withdrawn"),
    "reopen": _("Taken up again"),
    "take": _("Taken for review"),
    "release": _("Given back to the queue"),
    "return": _("Returned with comments"),
    "refuse": _("Refused"),
    "publish": _("Published"),
    "comment": _("Comment"),
}


@cache
def _reading_order() -> dict[tuple[str, str], int]:
    frameworks = catalogue().frameworks
    return {(code, node.code): node.order for code in ("wsis", "sdg") for node in frameworks[code].nodes}


@register.simple_tag
def links_of(entry: Entry, framework: str, tier: int) -> list[EntryLink]:
    """The entry's links to one framework that are at least as firm as `tier`, in reading order, the narrowest only.

    A goal is left out where one of its targets is linked, and C7 where one of its parts is.
    """
    return _narrowest(link for link in entry.links.all() if link.framework == framework and link.tier <= tier)


@register.simple_tag
def setbacks_of(entry: Entry, tier: int) -> list[EntryLink]:
    """What the entry works against, by links at least as firm as `tier`: lines, then goals and targets."""
    against = [link for link in entry.links.all() if SETBACK_TIER < link.tier <= SETBACK_TIER + tier]
    return [
        link
        for framework in ("wsis", "sdg")
        for link in _narrowest(item for item in against if item.framework == framework)
    ]


def _narrowest(links: Iterable[EntryLink]) -> list[EntryLink]:
    """Links of one framework in reading order, without what another one contains."""
    order, given = _reading_order(), list(links)
    above = {
        parent.code
        for link in given
        for parent in catalogue().frameworks[link.framework].ancestors(link.node)
    }
    kept = (link for link in given if link.node not in above)
    return sorted(kept, key=lambda link: order[link.framework, link.node])


@register.filter
def direction_name(direction: str) -> str:
    """'works-against' → 'works against it'."""
    return str(Direction(direction).label)


# A list has hundreds of choices and codes, a matrix hundreds of cells: made here, or kept once made, they take a fraction
# of the time that a loop in a template takes.


@register.simple_tag
def choice_items(facet: Mapping[str, Any], choices: Sequence[Mapping[str, Any]]) -> SafeString:
    """The items of a facet's list: each choice with its number of entries and the address that chooses it."""
    coded = facet["name"] in {"line", "goal"}
    return SafeString("\n  ".join(_choice_item(facet["name"], choice, coded=coded) for choice in choices))


def _choice_item(name: str, choice: Mapping[str, Any], *, coded: bool) -> str:
    value, address = escape(choice["value"]), escape(choice["address"])
    current = ' aria-current="true"' if choice["chosen"] else ""
    before = f'<span class="choice-code">{code(choice["value"])}</span> ' if coded else ""
    least = "+" if choice["least"] else ""
    return (
        f'<li><a id="{name}-{value}" href="{address}" hx-get="{address}"{current}>{before}'
        f'<span class="choice-label">{escape(choice["label"])}</span>'
        f' <span class="choice-count">{number(choice["entries"])}{least}</span></a></li>'
    )


@register.simple_tag
def link_tag(link: EntryLink) -> SafeString:
    """The code of what an entry is linked with, under its address, with its title and basis."""
    return _link_tag(link.framework, link.node, link.basis, get_language())


@lru_cache(maxsize=16_384)
def _link_tag(framework: str, node: str, basis: str, language: str) -> SafeString:
    link = {"framework": framework, "node": node, "basis": basis}
    return SafeString(render_to_string("stocktaking/_code.html", {"link": link}).strip())


@register.simple_tag
def matrix_cells(row: Mapping[str, Any], tied_words: str) -> SafeString:
    """The cells of a row of the matrix: the row's own number first, then one a column."""
    none = render_to_string("stocktaking/_none.html")
    tied_note = format_html('<span class="visually-hidden"> ({})</span>', tied_words)
    name = row["node"].code
    found = []
    for place, cell in enumerate(row["cells"]):
        looks = f"heat-{cell['heat']}{' tied' if cell['tied'] else ''}" if place else "all"
        said, note = number(cell["entries"]), tied_note if cell["tied"] else ""
        if cell["address"]:
            column = f"{name} × {cell['column']}" if place else name
            found.append(
                f'<td class="{looks}"><a href="{escape(cell["address"])}">'
                f'<span class="visually-hidden">{column}: </span>{said}</a>{note}</td>'
            )
        else:
            found.append(f'<td class="{looks}">{said if cell["entries"] else none}{note}</td>')
    return SafeString("\n          ".join(found))


@register.filter
def stakeholder_name(stakeholder_type: str) -> str:
    """'civil-society' → 'Civil society'."""
    return stakeholder_labels().get(stakeholder_type, stakeholder_type)


@register.filter
def freshness_light(entry: Entry) -> SafeString:
    """Whether the entry is still true, in words and a colour."""
    level = freshness(entry.confirmed_on, timezone.now().date())
    return format_html('<span class="state {}">{}</span>', FRESHNESS_LOOKS[level], FRESHNESS_NAMES[level])


@register.filter
def reason_words(reason: Reason) -> str:
    """Why two entries may be one project, in the reader's language."""
    shared = ", ".join(isolate(item) for item in reason.shared)
    return gettext(reason.template) % {"shared": shared} if reason.shared else gettext(reason.template)


@register.filter
def in_words(text: str, column: str) -> str:
    """The text of a column as a reader says it: codes by their names, other texts as they are."""
    labels: dict[str, str] = {
        **(stakeholder_labels() if column == "stakeholder_type" else {}),
        **({code: str(label) for code, label in Coverage.choices} if column == "coverage" else {}),
        **({code: str(label) for code, label in Stage.choices} if column == "stage" else {}),
        **({code: str(label) for code, label in Status.choices} if column == "status" else {}),
    }
    match column:
        case "country":
            return country_name(text)
        case "language":
            return language_name(text)
        case _:
            return labels.get(text, text)


@register.filter
def step_name(action: str) -> str:
    """'take' → 'Taken for review'."""
    return str(STEP_NAMES.get(action, action))


@register.filter
def field_name(name: str) -> str:
    """'stakeholder_type' → 'Stakeholder type', as the form calls it."""
    others = {"status": _("Status"), "source": _("Source"), "id": _("Identifier")}
    return str(FIELDS[name].label if name in FIELDS else others.get(name, name))
