"""One step for many submissions: first only tried, then taken, each by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.stocktaking.actions.submissions import take_step
from actionlines_web.stocktaking.models import Submission

# The steps offered for many at once.
BULK_STEPS: Final = ("take", "release", "publish", "return", "refuse")
# At once, so that a page is answered in time and somebody still reads what they decide.
MOST: Final = 50

DONE: Final = "done"
FORBIDDEN: Final = "forbidden"
MOVED: Final = "moved"
FAULTY: Final = "faulty"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of one submission.

    Attributes:
        said: DONE, FORBIDDEN (not the actor's to decide), MOVED (it is no longer where the step begins), FAULTY.
        problems: what is wrong with it, where it is FAULTY.
    """

    submission: Submission
    said: str
    problems: Sequence[Problem] = ()


def try_steps(
    actor: Actor, submissions: Sequence[Submission], step: str, comments: Mapping[str, str]
) -> list[Outcome]:
    """What `take_steps` would do: every step is taken as in earnest and undone at once, mail included."""
    return [_taken(actor, item, step, comments, keep=False) for item in submissions[:MOST]]


def take_steps(
    actor: Actor, submissions: Sequence[Submission], step: str, comments: Mapping[str, str]
) -> list[Outcome]:
    """Take the step for each submission in a transaction of its own: one that cannot be taken stops none of the others.

    Args:
        comments: language to the word for submitters who read it.
    """
    return [_taken(actor, item, step, comments, keep=True) for item in submissions[:MOST]]


def language_of(submission: Submission) -> str:
    """The language in which its submitter is answered: the person's own, else that of the text."""
    for said in (submission.submitter.language.split("-", 1)[0], str(submission.fields.get("language", ""))):
        if said in LANGUAGES:
            return said
    return "en"


def _taken(
    actor: Actor, submission: Submission, step: str, comments: Mapping[str, str], *, keep: bool
) -> Outcome:
    if step not in BULK_STEPS:
        raise ValueError(f"“{step}” is not taken for many at once")
    try:
        with transaction.atomic():
            take_step(actor, submission, step, comments.get(language_of(submission), ""))
            if not keep:
                transaction.set_rollback(True)
    except PermissionDenied:
        return Outcome(submission, FORBIDDEN)
    except InputError as error:
        return Outcome(submission, FAULTY, error.problems)
    except ValueError:
        return Outcome(submission, MOVED)
    return Outcome(submission, DONE)
