"""The annex with the outcome framework: objectives, outcomes, and the goals and lines they are linked to."""

from actionlines.frameworks.framework import Framework
from actionlines.frameworks.node import Node
from actionlines.reports.draft import Draft
from actionlines.reports.model import Cell, Paragraph, Section

_WIDTHS = (1.1, 6.2, 2.5, 2.2)


def outcomes(draft: Draft, number: str, framework: str = "itu-d-2020") -> Section:
    """The outcomes of a results framework of the catalogue, by objective."""
    plan = draft.catalogue.frameworks[framework]
    objectives, results = plan.of_kind("objective"), plan.of_kind("outcome")
    counted = (
        draft.count_nodes("frame.objectives", draft.say("cell.objectives"), plan, objectives),
        draft.count_nodes("frame.outcomes", draft.say("cell.outcomes"), plan, results),
    )
    intro = draft.say(
        "outcomes.intro",
        framework=plan.title.get(draft.words.language),
        version=draft.words.code(plan.version),
        objectives=int(counted[0].value),
        outcomes=int(counted[1].value),
    )
    return Section(
        "outcomes",
        draft.say("outcomes.title"),
        (Paragraph(intro, figures=tuple(figure.id for figure in counted)),),
        tuple(_objective(draft, plan, objective) for objective in objectives),
        number=number,
    )


def _objective(draft: Draft, plan: Framework, objective: Node) -> Section:
    language = draft.words.language
    goals = draft.catalogue.crosswalks[f"{plan.code}-sdg"]
    lines = draft.catalogue.crosswalks[f"{plan.code}-wsis"]
    rows = [
        [
            Cell(draft.words.code(node.code), head=True, code=True),
            Cell(node.title.get(language)),
            draft.codes(draft.sdg, (link.target for link in goals.links_from(node.code))),
            draft.codes(draft.wsis, (link.target for link in lines.links_from(node.code))),
        ]
        for node in plan.children(objective.code)
    ]
    code = draft.words.code(objective.code)
    table = draft.table(
        f"table.{objective.code}",
        draft.say("outcomes.table", code=code),
        [[draft.head("outcome"), draft.head("title"), draft.head("goals"), draft.head("lines")], *rows],
        widths=_WIDTHS,
    )
    return Section(
        f"outcomes-{objective.code}", objective.title.get(language), (table,), number=objective.code
    )
