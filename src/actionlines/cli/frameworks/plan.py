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
    """Each objective with its outcomes and what they serve; then what was normalised."""
    titles = {objective.code: objective.title for objective in plan.objectives}
    for code in dict.fromkeys((*titles, *(outcome.objective for outcome in plan.outcomes))):
        yield f"{code}  {titles.get(code, '')}".rstrip()
        for outcome in plan.outcomes:
            if outcome.objective == code:
                yield f"  {outcome.code}  {outcome.title}"
                yield f"      goals: {', '.join(map(str, outcome.goals)) or 'none'}"
                yield f"      lines: {', '.join(outcome.lines) or 'none'}"
    yield from (f"Note: {note.text}" for note in plan.notes)
