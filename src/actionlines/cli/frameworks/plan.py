"""`actionlines frameworks extract`: the plan in a document, as json and as text."""

import argparse
import sys
from collections.abc import Iterator

from actionlines.cli.output import answer
from actionlines.documents import read
from actionlines.results.plan import Plan, extract_plan


def extract(arguments: argparse.Namespace) -> int:
    """Read a document and say its plan; what should be known about the file goes to standard error."""
    document = read(arguments.file)
    plan = extract_plan(document)
    for note in document.notes:
        sys.stderr.write(f"actionlines: {note}\n")
    answer(arguments, plan.as_json(), as_text(plan))
    return 0


def as_text(plan: Plan) -> Iterator[str]:
    """Objectives, outcomes with what they serve, and notes."""
    for objective in plan.objectives:
        yield f"{objective.code}  {objective.title}"
    for outcome in plan.outcomes:
        yield ""
        yield f"{outcome.code}  {outcome.title}"
        if outcome.goals:
            yield f"  SDG {', '.join(map(str, outcome.goals))}"
        if outcome.lines:
            yield f"  WSIS {', '.join(outcome.lines)}"
        for evidence in outcome.evidence:
            place = (
                f"page {evidence.page}" if evidence.page is not None else f"paragraph {evidence.paragraph}"
            )
            yield f"  {place}: “{evidence.text}”"
    if plan.notes:
        yield ""
    yield from (f"Note: {note.text}" for note in plan.notes)
