"""The method note: how links arise, how entries are counted, what was used."""

from collections.abc import Iterator
from datetime import date

from actionlines import __version__
from actionlines.alignment.link import Basis
from actionlines.frameworks.areas import region_names
from actionlines.reports.draft import Draft
from actionlines.reports.model import Block, Cell, Paragraph, Section
from actionlines.text import Text

SOFTWARE = f"actionlines {__version__}"


def method(draft: Draft, number: str) -> Section:
    """Everything a reader needs to recompute the report."""
    parts = [
        ("links_title", tuple(_links(draft))),
        (
            "counting_title",
            (
                Paragraph(draft.say("matrix.rule")),
                Paragraph(draft.say("method.parents")),
                Paragraph(draft.say("breakdown.region_rule")),
                Paragraph(draft.say("method.trace")),
            ),
        ),
        ("data_title", (_used(draft),)),
    ]
    if draft.demonstration:
        parts.append(("demonstration_title", (Paragraph(draft.say("method.demonstration")),)))
    sections = tuple(
        Section(f"method-{place}", draft.say(f"method.{title}"), blocks, number=f"{number}.{place}")
        for place, (title, blocks) in enumerate(parts, start=1)
    )
    return Section("method", draft.say("method.title"), sections=sections, number=number)


def _links(draft: Draft) -> Iterator[Block]:
    yield Paragraph(draft.say("method.links"))
    for basis in Basis:
        if basis in draft.tally.counting.bases or basis is Basis.MATRIX:
            yield Paragraph(draft.say(f"method.{basis.value}"), "item")
    yield Paragraph(draft.say("method.counted", bases=_bases(draft), threshold=_threshold(draft)))


def _bases(draft: Draft) -> str:
    return draft.words.list(draft.say(f"basis.{basis.value}") for basis in draft.tally.counting.bases)


def _threshold(draft: Draft) -> str:
    return draft.words.number(draft.tally.counting.threshold)


def _used(draft: Draft) -> Block:
    rows = [
        (draft.say("method.software"), draft.words.code(SOFTWARE)),
        (draft.say("method.date"), draft.words.day(draft.made_on)),
        *((draft.say("method.framework"), _source(draft, *source)) for source in _frameworks(draft)),
        *((draft.say("method.crosswalk"), _source(draft, *source)) for source in _crosswalks(draft)),
        (draft.say("method.filter"), _filter(draft)),
        (draft.say("method.bases"), _bases(draft)),
        (draft.say("method.threshold"), _threshold(draft)),
    ]
    return draft.table(
        "table.method",
        draft.say("method.data_table"),
        [
            [draft.head("item"), draft.head("value")],
            *([Cell(name, head=True), Cell(value)] for name, value in rows),
        ],
        widths=(3, 7),
    )


def _frameworks(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for code in ("wsis", "sdg", "itu-d-2020"):
        framework = draft.catalogue.frameworks[code]
        yield framework.title.get(draft.words.language), framework.version, framework.date


def _crosswalks(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for code in ("wsis-sdg", "itu-d-2020-sdg", "itu-d-2020-wsis"):
        crosswalk = draft.catalogue.crosswalks[code]
        yield draft.words.code(code), crosswalk.version, crosswalk.date


def _source(draft: Draft, name: str, version: str, read_on: str) -> str:
    day = draft.words.day(date.fromisoformat(read_on))
    return draft.say("method.framework_value", name=name, version=draft.words.code(version), date=day)


def _filter(draft: Draft) -> str:
    filters, code = draft.filters, draft.words.code
    parts = [
        draft.say("method.year_from", year=code(str(filters.year_from)))
        if filters.year_from is not None
        else "",
        draft.say("method.year_to", year=code(str(filters.year_to))) if filters.year_to is not None else "",
        region_names().get(filters.region.upper(), Text()).get(draft.words.language),
        filters.organisation,
    ]
    return draft.say("list.separator").join(part for part in parts if part) or draft.say("method.no_filter")
