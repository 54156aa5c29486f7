"""The contribution report: what the entries of an organisation, a region or all contribute to lines and goals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from actionlines.alignment.link import Link
from actionlines.frameworks.areas import region_names
from actionlines.frameworks.catalogue import catalogue
from actionlines.reports.draft import Draft
from actionlines.reports.filters import Filters
from actionlines.reports.model import Report, Section
from actionlines.reports.sections.breakdown import breakdown
from actionlines.reports.sections.entries import entries_by_line
from actionlines.reports.sections.matrix import matrix
from actionlines.reports.sections.method import SOFTWARE, method
from actionlines.reports.sections.outcomes import outcomes
from actionlines.reports.sections.suggestions import suggestions
from actionlines.reports.sections.summary import summary
from actionlines.reports.tally import Counting, Tally
from actionlines.reports.wording import Wording, wording
from actionlines.stocktaking.entry import Entry

KIND = "contribution"

# The parts in order, each under its number: figures for the body, letters for the annexes.
_PARTS = (
    (summary, "1"),
    (matrix, "2"),
    (breakdown, "3"),
    (entries_by_line, "4"),
    (suggestions, "5"),
    (outcomes, "A"),
    (method, "B"),
)
_RENDERER_LABELS = ("contents", "page", "source", "identifier")


def build(
    entries: Sequence[Entry],
    links: Mapping[str, Sequence[Link]],
    *,
    language: str,
    today: date,
    filters: Filters | None = None,
    counting: Counting | None = None,
    demonstration: bool = False,
) -> Report:
    """The contribution report over some entries.

    Args:
        entries: all that may be reported on; the filters choose among them.
        links: by the entry's id, as `align` gives them or as a register has stored them; none where missing.
        language: one of the six.
        today: the day of the report: its date, and the day whose regions hold.
        filters: which entries; all where None. The organisation of the filter is named in the title.
        counting: which links count; declared, cited and vocabulary links from probability 0.5 where None.
        demonstration: whether the entries are demonstration data, which every page then says.

    Returns:
        The report; the same for the same arguments.

    Raises:
        InputError: an unknown language, region or organisation, years in the wrong order, two entries with one
            identifier, or no entries left.
    """
    words = wording(KIND, language)
    filters = filters or Filters()
    counting = counting or Counting()
    chosen = filters.select(entries, on=today)
    if filters.organisation:  # as its entries spell it, however it was asked for
        filters = replace(filters, organisation=chosen[0].organisation)
    known = catalogue()
    sdg, wsis = known.frameworks["sdg"], known.frameworks["wsis"]
    tally = Tally(chosen, links, counting, sdg=sdg, wsis=wsis, on=today)
    draft = Draft(tally, filters, words, known, today, demonstration)
    sections = tuple(_annexed(part(draft, number), words) for part, number in _PARTS)
    named = filters.organisation
    return Report(
        KIND,
        language,
        words.say("report.title_of", organisation=named) if named else words.say("report.title"),
        words.say("report.subtitle"),
        sections,
        draft.figures,
        _method(draft),
        today,
        _cover(draft),
        words.say("report.demonstration") if demonstration else "",
        {name: words.say(f"label.{name}", **_KEPT.get(name, {})) for name in _RENDERER_LABELS}
        | {"separator": words.say("list.separator")},
    )


def _annexed(section: Section, words: Wording) -> Section:
    """An annex says so before its letter."""
    if not section.number.isalpha():
        return section
    return replace(section, number=words.say("label.annex", letter=words.code(section.number)))


# Places the renderer fills: they go through the sentence unchanged.
_KEPT: Mapping[str, Mapping[str, str]] = {
    "page": {"page": "{page}", "pages": "{pages}"},
    "identifier": {"id": "{id}"},
}


def _cover(draft: Draft) -> tuple[str, ...]:
    words, filters = draft.words, draft.filters
    lines = []
    if filters.region:
        lines.append(
            words.say("cover.region", region=region_names()[filters.region.upper()].get(words.language))
        )
    first, last = filters.year_from, filters.year_to
    if first is None and "all.first_year" in draft.figures:
        first = int(draft.figures["all.first_year"].value)
    if last is None and "all.last_year" in draft.figures:
        last = int(draft.figures["all.last_year"].value)
    if first is not None and last is not None:
        period = words.say("list.period", first=words.code(str(first)), last=words.code(str(last)))
        lines.append(words.say("cover.period", period=period if first != last else words.code(str(first))))
    lines.append(words.say("cover.date", date=words.day(draft.made_on)))
    lines.append(words.say("cover.software", software=words.code(SOFTWARE)))
    return tuple(lines)


def _method(draft: Draft) -> dict[str, Any]:
    counting = draft.tally.counting
    frameworks = draft.catalogue.frameworks
    crosswalks = draft.catalogue.crosswalks
    return {
        "software": SOFTWARE,
        "date": draft.made_on.isoformat(),
        "demonstration": draft.demonstration,
        "filters": draft.filters.query,
        "bases": [basis.value for basis in counting.bases],
        "probability_from": counting.threshold,
        "counting": "totals count distinct entries; cells of the matrix count mentions",
        "frameworks": {code: frameworks[code].version for code in sorted(frameworks)},
        "crosswalks": {code: crosswalks[code].version for code in sorted(crosswalks)},
        "regions_on": draft.made_on.isoformat(),
    }
