"""A kind of report as an outline: which parts, in which order, under which title; one way to build them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from actionlines.alignment.link import Link
from actionlines.frameworks.areas import region_names
from actionlines.frameworks.catalogue import Catalogue, catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.reports.draft import Draft
from actionlines.reports.filters import Filters
from actionlines.reports.model import Report, Section
from actionlines.reports.paper import Paper
from actionlines.reports.sections.method import SOFTWARE
from actionlines.reports.tally import Counting, Tally
from actionlines.reports.wording import Wording, wording
from actionlines.stocktaking.entry import Entry

Part = Callable[[Draft, str], Section]

RENDERER_LABELS: Final = ("contents", "page", "source", "identifier")
# Places the renderer fills: they go through the sentence unchanged.
KEPT: Final[Mapping[str, Mapping[str, str]]] = {
    "page": {"page": "{page}", "pages": "{pages}"},
    "identifier": {"id": "{id}"},
}


def _no_lines(_draft: Draft) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report over entries.

    Attributes:
        name: registry name; the words stand in `data/<name>.<language>.toml`.
        help: what it is, in one line of the command's help.
        parts: the parts in order, each under its number: figures for the body, letters for the annexes.
        title: the report's title, of its draft.
        needs: fields of the filters it cannot do without ('region', 'line').
        statuses: which entries it is about; all where empty.
        cover: lines that stand on the cover before the usual ones.
    """

    name: str
    help: str
    parts: tuple[tuple[Part, str], ...]
    title: Callable[[Draft], str]
    needs: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    cover: Callable[[Draft], Sequence[str]] = _no_lines

    def build(
        self,
        entries: Sequence[Entry],
        links: Mapping[str, Sequence[Link]],
        *,
        language: str,
        today: date,
        filters: Filters | None = None,
        counting: Counting | None = None,
        demonstration: bool = False,
        paper: Paper | None = None,
    ) -> Report:
        """The report over some entries.

        Args:
            entries: all that may be reported on; the filters choose among them.
            links: by the entry's id, as `align` gives them or as a register has stored them; none where missing.
            language: one of the six.
            today: the day of the report: its date, and the day whose regions hold.
            filters: which entries; all where None. The organisation of the filter is named in the title.
            counting: which links count; declared, cited and vocabulary links from probability 0.5 where None.
            demonstration: whether the entries are demonstration data, which every page then says.
            paper: what people wrote for a meeting paper; only that kind prints it.

        Returns:
            The report; the same for the same arguments.

        Raises:
            InputError: an unknown language, region, line or organisation, years in the wrong order, a filter the
                kind needs and does not get, two entries with one identifier, or no entries left.
        """
        words = wording(self.name, language)
        filters = self._checked(filters or Filters())
        known = catalogue()
        tally = _tally(entries, links, filters, counting or Counting(), known, today)
        if filters.organisation:  # as its entries spell it, however it was asked for
            spelt = next(entry.organisation for entry in entries if entry.id in tally.by_id)
            filters = replace(filters, organisation=spelt)
        draft = Draft(tally, filters, words, known, today, demonstration, paper or Paper())
        sections = tuple(annexed(part(draft, number), words) for part, number in self.parts)
        return Report(
            self.name,
            language,
            self.title(draft),
            words.say("report.subtitle"),
            sections,
            draft.figures,
            _method(draft),
            today,
            (*self.cover(draft), *_cover(draft)),
            words.say("report.demonstration") if demonstration else "",
            {name: words.say(f"label.{name}", **KEPT.get(name, {})) for name in RENDERER_LABELS}
            | {"separator": words.say("list.separator")},
        )

    def _checked(self, filters: Filters) -> Filters:
        missing = [name for name in self.needs if not getattr(filters, name)]
        if missing:
            raise InputError([_needed(self.name, name) for name in missing])
        return replace(filters, statuses=filters.statuses or self.statuses)


def _needed(kind: str, name: str) -> Problem:
    expected = {
        "region": marked("a region: AFR, AMS, ARB, ASP, CIS or EUR (--region)."),
        "line": marked("an action line, such as C2 or C7-HEA (--line)."),
    }
    return Problem(
        marked("the report '%(kind)s' is about one %(what)s, and none is named."),
        {"kind": kind, "what": name},
        expected=expected[name],
    )


def _tally(
    entries: Sequence[Entry],
    links: Mapping[str, Sequence[Link]],
    filters: Filters,
    counting: Counting,
    known: Catalogue,
    on: date,
) -> Tally:
    """The entries that pass the filters, counted; a filter by line looks at the links that count."""
    sdg, wsis = known.frameworks["sdg"], known.frameworks["wsis"]
    chosen = filters.select(entries, on=on)
    tally = Tally(chosen, links, counting, sdg=sdg, wsis=wsis, on=on)
    if not filters.line:
        return tally
    wanted = set(tally.records(line=filters.line))
    if not wanted:
        raise InputError([filters.nothing_left(len(entries))])
    left = [entry for entry in chosen if entry.id in wanted]
    return Tally(left, links, counting, sdg=sdg, wsis=wsis, on=on)


def annexed(section: Section, words: Wording) -> Section:
    """An annex says so before its letter."""
    if not section.number.isalpha():
        return section
    return replace(section, number=words.say("label.annex", letter=words.code(section.number)))


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
