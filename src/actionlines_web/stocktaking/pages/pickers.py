"""Long lists to choose from: action lines, goals and targets, countries; grouped, searchable, usable without a script."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext

from actionlines.frameworks import areas, catalogue, region_names
from actionlines.text import fold
from actionlines_web.stocktaking.forms.fields import FIELDS
from actionlines_web.ui.language import country_name, library_language

_FRAMEWORKS = {"lines": "wsis", "targets": "sdg"}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: `words` is what a search looks through; a `part` stands under what is before it."""

    value: str
    label: str
    words: str
    chosen: bool
    part: bool = False
    coded: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Options under one heading, '' for a list without headings."""

    title: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Picker:
    """A field with its options; `unknown` are chosen values that are no options, as an import may have left them."""

    field: BoundField
    groups: tuple[Group, ...]
    unknown: tuple[str, ...]

    @property
    def chosen(self) -> list[Option]:
        """What is chosen, in the order of the list."""
        return [option for group in self.groups for option in group.options if option.chosen]


def picker(field: BoundField) -> Picker | None:
    """The field as a list to choose from; None for a field of another kind."""
    kind = FIELDS[field.name].kind
    if kind not in {"nodes", "countries"}:
        return None
    chosen = set(field.value() or ())
    groups = tuple(_nodes(_FRAMEWORKS[field.name], chosen) if kind == "nodes" else _countries(chosen))
    known = {option.value for group in groups for option in group.options}
    return Picker(field, groups, tuple(sorted(chosen - known)))


def _nodes(framework: str, chosen: set[str]) -> Iterator[Group]:
    nodes = catalogue().frameworks[framework]
    language = library_language()

    def option(code: str, part: bool) -> Option:
        title = nodes[code].title.get(language)
        return Option(code, title, fold(f"{code} {title}"), code in chosen, part)

    if framework == "wsis":
        parts = {item.code for item in nodes.of_kind("sub-line")}
        yield Group("", tuple(option(item.code, item.code in parts) for item in nodes.walk()))
        return
    for goal in nodes.roots:
        targets = [item for item in nodes.children(goal.code) if item.kind == "target"]
        options = (option(goal.code, part=False), *(option(item.code, part=True) for item in targets))
        yield Group(f"{goal.code}. {goal.title.get(language)}", options)


def _countries(chosen: set[str]) -> Iterator[Group]:
    language = library_language()
    placed: dict[str, list[Option]] = {region: [] for region in region_names()}
    for area in areas():
        name = country_name(area.iso3)
        option = Option(area.iso3, name, fold(f"{area.iso3} {name}"), area.iso3 in chosen, coded=False)
        placed.setdefault(area.region(), []).append(option)
    for region, options in placed.items():
        if options:
            known = region in region_names()
            title = region_names()[region].get(language) if known else gettext("Other territories")
            yield Group(title, tuple(sorted(options, key=lambda option: fold(option.label))))
