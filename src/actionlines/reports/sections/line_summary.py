"""The summary of an action line report: how many entries, of whom, where, and which goals they reach."""

from actionlines.reports.draft import Draft
from actionlines.reports.model import KeyFigure, KeyFigures, Paragraph, Section
from actionlines.reports.sections.summary import period


def line_summary(draft: Draft, number: str) -> Section:
    """The large numbers of one line, in tiles and in a sentence."""
    say = draft.say
    tiles = {
        "entries": draft.count("all.entries", say("cell.all")),
        "organisations": draft.count_values(
            "all.organisations", say("cell.organisations"), "organisation", "organisations"
        ),
        "countries": draft.count_values("all.countries", say("cell.countries"), "country", "countries"),
        "regions": draft.count_values("all.regions", say("cell.regions"), "region", "regions"),
        "goals": draft.count_values("all.goals", say("cell.goals"), "goal", "goals"),
        "targets": draft.count_values("all.targets", say("cell.targets"), "target", "targets"),
    }
    goals = draft.count_nodes("frame.goals", say("cell.frame_goals"), draft.sdg, draft.goals)
    labels = {
        name: say(f"number.{name}", **({"n": int(goals.value)} if name == "goals" else {})) for name in tiles
    }
    shown = KeyFigures(
        tuple(
            KeyFigure(draft.words.number(figure.value), labels[name], figure.id)
            for name, figure in tiles.items()
        )
    )
    sentences = [
        say(
            "summary.line",
            line=draft.named(draft.wsis[draft.filters.line]),
            entries=draft.entries(tiles["entries"]),
            organisations=say("count.organisations", n=int(tiles["organisations"].value)),
            countries=say("count.countries", n=int(tiles["countries"].value)),
        )
    ]
    named = [tiles[name] for name in ("entries", "organisations", "countries")] + period(draft, sentences)
    text = Paragraph(say("list.sentences").join(sentences), figures=tuple(figure.id for figure in named))
    return Section("summary", say("summary.title"), (shown, text), number=number)
