"""The summary: the large numbers, and what stands out."""

from collections.abc import Iterator, Sequence

from actionlines.reports.draft import Draft, Row
from actionlines.reports.model import Figure, KeyFigure, KeyFigures, Paragraph, Section

_TIES_NAMED = 3


def summary(draft: Draft, number: str) -> Section:
    """How many entries, organisations and countries; how much of the frameworks they reach; what stands out."""
    everything = draft.count("all.entries", draft.say("cell.all"))
    organisations = draft.count_values(
        "all.organisations", draft.say("cell.organisations"), "organisation", "organisations"
    )
    countries = draft.count_values("all.countries", draft.say("cell.countries"), "country", "countries")
    draft.count_values("all.regions", draft.say("cell.regions"), "region", "regions")
    scope = [
        draft.say(
            "summary.scope",
            entries=draft.entries(everything),
            organisations=draft.say("count.organisations", n=int(organisations.value)),
            countries=draft.say("count.countries", n=int(countries.value)),
        )
    ]
    named = [everything, organisations, countries]
    named += period(draft, scope)
    homeless = draft.count("all.no_country", draft.say("cell.no_country"), country="none")
    if homeless.value:
        scope.append(draft.say("summary.no_country", entries=draft.entries(homeless)))
        named.append(homeless)
    reach, reached = _reach(draft)
    return Section(
        "summary",
        draft.say("summary.title"),
        (
            _key_figures(draft),
            Paragraph(draft.say("list.sentences").join(scope), figures=_ids(named)),
            Paragraph(reach, figures=_ids(reached)),
            *_standing_out(draft),
        ),
        number=number,
    )


def _ids(figures: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(figure.id for figure in figures)


def period(draft: Draft, sentences: list[str]) -> list[Figure]:
    """The first and the last year as figures; adds the sentence that names them."""
    years = [entry.year for entry in draft.tally.entries if entry.year is not None]
    if not years:
        return []
    first = draft.year("all.first_year", draft.say("cell.first_year"), min(years), "first year")
    last = draft.year("all.last_year", draft.say("cell.last_year"), max(years), "last year")
    code = draft.words.code
    sentences.append(
        draft.say("summary.scope_period", first=code(str(first.value)), last=code(str(last.value)))
    )
    return [first, last]


def _reach(draft: Draft) -> tuple[str, list[Figure]]:
    targets = draft.sdg.of_kind("target")
    reached = {
        "lines": draft.count_values("all.lines", draft.say("cell.lines"), "line", "lines"),
        "goals": draft.count_values("all.goals", draft.say("cell.goals"), "goal", "goals"),
        "targets": draft.count_values("all.targets", draft.say("cell.targets"), "target", "targets"),
        "all_lines": draft.count_nodes("frame.lines", draft.say("cell.frame_lines"), draft.wsis, draft.lines),
        "all_goals": draft.count_nodes("frame.goals", draft.say("cell.frame_goals"), draft.sdg, draft.goals),
        "all_targets": draft.count_nodes(
            "frame.targets", draft.say("cell.frame_targets"), draft.sdg, targets
        ),
    }
    sentence = draft.say("summary.reach", **{name: int(figure.value) for name, figure in reached.items()})
    return sentence, list(reached.values())


def _key_figures(draft: Draft) -> KeyFigures:
    labels = {
        "all.entries": draft.say("number.entries"),
        "all.organisations": draft.say("number.organisations"),
        "all.countries": draft.say("number.countries"),
        "all.lines": draft.say("number.lines", n=int(draft.figures["frame.lines"].value)),
        "all.goals": draft.say("number.goals", n=int(draft.figures["frame.goals"].value)),
        "all.targets": draft.say("number.targets"),
    }
    return KeyFigures(
        tuple(
            KeyFigure(draft.words.number(draft.figures[name].value), label, name)
            for name, label in labels.items()
        )
    )


def _standing_out(draft: Draft) -> Iterator[Paragraph]:
    """The fullest and the empty lines and goals, and the entries without any."""
    without = []
    for dimension, rows in (("line", draft.line_rows()), ("goal", draft.goal_rows())):
        counted = [(row, draft.count_row(dimension, row)) for row in rows]
        without.append((dimension, counted.pop()[1]))
        yield from _fullest(draft, dimension, counted)
        empty = [(row, figure) for row, figure in counted if not figure.value]
        if empty:
            sentence = draft.say(
                f"summary.empty_{dimension}s", codes=draft.words.codes(row.id for row, _ in empty)
            )
            yield Paragraph(sentence, "item", figures=_ids([figure for _, figure in empty]))
    for dimension, figure in without:
        if figure.value:
            sentence = draft.say(f"summary.no_{dimension}", entries=draft.entries(figure))
            yield Paragraph(sentence, "item", figures=(figure.id,))


def _fullest(draft: Draft, dimension: str, counted: list[tuple[Row, Figure]]) -> Iterator[Paragraph]:
    most = max(figure.value for _, figure in counted)
    first = [(row, figure) for row, figure in counted if figure.value == most]
    if most and len(first) <= _TIES_NAMED:
        names = draft.words.list(row.name for row, _ in first)
        sentence = draft.say(f"summary.top_{dimension}", names=names, entries=draft.entries(first[0][1]))
        yield Paragraph(sentence, "item", figures=_ids([figure for _, figure in first]))
