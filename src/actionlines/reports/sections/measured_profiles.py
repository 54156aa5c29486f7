"""The part of the measuring report about economies: each with its values, their years and ranks, and its place in the index."""

from typing import TYPE_CHECKING

from actionlines.reports.model import Block, Cell, Paragraph, Section

if TYPE_CHECKING:
    from actionlines.reports.measuring import Measured


def profiles(draft: "Measured", number: str) -> Section:
    """A section for each economy that is asked for."""
    below = tuple(
        _profile(draft, code, f"{number}.{place}")
        for place, code in enumerate(draft.measure.economies, start=1)
    )
    intro = Paragraph(draft.say("measured.profiles_intro"))
    return Section("profiles", draft.say("measured.profiles_title"), (intro,), below, number)


def _profile(draft: "Measured", economy: str, number: str) -> Section:
    say, name = draft.say, draft.economy(economy)
    blocks: list[Block] = []
    row = draft.index.of(economy) if draft.index else None
    if row is not None:
        number_of = draft.words.number
        blocks.append(
            Paragraph(
                say(
                    "measured.profile_index",
                    score=number_of(row.score),
                    low=number_of(row.low),
                    high=number_of(row.high),
                    rank=number_of(row.rank),
                    best=number_of(row.best),
                    worst=number_of(row.worst),
                ),
                figures=tuple(
                    f"index.{economy}.{what}"
                    for what in ("score", "score_low", "score_high", "rank", "rank_best", "rank_worst")
                ),
            )
        )
    elif draft.specification:
        blocks.append(Paragraph(say("measured.profile_no_index"), "note"))
    heads = [draft.head(key) for key in ("series", "value", "unit", "year", "flag", "rank")]
    rows = [
        _row(draft, economy, code)
        for code in (one.code for one in draft.known)
        if economy in draft.by_series[code]
    ]
    blocks.append(
        draft.table(
            f"table.profile.{economy}",
            say("measured.profile_table", economy=name),
            [heads, *rows],
            note=say("measured.profile_note"),
            widths=(4.6, 1.7, 2.4, 0.9, 0.8, 1.4),
        )
    )
    return Section(f"profile-{economy}", name, tuple(blocks), number=number)


def _row(draft: "Measured", economy: str, code: str) -> list[Cell]:
    one = next(item for item in draft.known if item.code == code)
    found = draft.by_series[code]
    name, item = found[economy]
    title = one.title.get(draft.words.language)
    label = draft.say("measured.value_of", series=title, economy=draft.economy(economy))
    value = draft.figure(
        f"value.{code}.{economy}",
        label,
        float(item.value),
        "observation",
        [name],
        series=code,
        economy=economy,
        period=item.period,
    )
    higher = [record for record, other in found.values() if other.value > item.value]
    rank = draft.figure(
        f"rank.{code}.{economy}",
        draft.say("measured.rank_of", series=title, economy=draft.economy(economy)),
        len(higher) + 1,
        "rank",
        [record for record, _ in found.values()],
        series=code,
        economy=economy,
    )
    of = draft.say("measured.rank", rank=int(rank.value), ranked=len(found))
    return [
        Cell(title, head=True),
        draft.shown(value),
        Cell(one.unit.get(draft.words.language)),
        Cell(item.period, code=True),
        Cell(item.flag, code=True),
        draft.shown(rank, of),
    ]
