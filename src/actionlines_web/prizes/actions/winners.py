"""After the vote: the experts' choice with its motives, and the announcement under embargo."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.prizes.actions.telling import SITE, tell_of_result
from actionlines_web.prizes.models import Edition, Project
from actionlines_web.prizes.queries.editions import rules_of
from actionlines_web.prizes.queries.results import has_result
from actionlines_web.prizes.rules import ensure, may_run
from actionlines_web.stocktaking.actions import award_entry


@transaction.atomic
def choose_winner(actor: Actor, project: Project, motive: str) -> Project:
    """Make a champion the winner of its category, in place of another one; an empty motive takes the choice back.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: there is no result yet, or the winners are announced.
        InputError: the project is no champion, where the rules know champions.
    """
    ensure(may_run(actor), "only coordinators record the winners")
    edition = Edition.objects.select_for_update().get(pk=project.edition_id)
    if not has_result(edition) or edition.announced_at is not None:
        raise ValueError("winners are chosen between the result and the announcement")
    locked = Project.objects.select_for_update().get(pk=project.pk)
    wanted = bool(motive.strip())
    if wanted and (locked.votes is None or (rules_of(edition).champions and not locked.champion)):
        raise InputError(
            [
                Problem(
                    marked("the project is no champion."),
                    {},
                    column="code",
                    expected=marked("one of the champions of the category."),
                )
            ]
        )
    if wanted:
        others = Project.objects.filter(edition=edition, category=locked.category, winner=True)
        others.exclude(pk=locked.pk).update(winner=False, motive="")
    locked.winner, locked.motive = wanted, motive.strip()
    locked.save(update_fields=["winner", "motive", "changed_at"])
    write_record(actor, "choose", locked, {"state": "winner" if wanted else ""})
    return locked


@transaction.atomic
def announce(
    actor: Actor, edition: Edition, at: datetime | None = None, *, now: datetime | None = None
) -> Edition:
    """Announce the winners at a moment (None: now); until then nobody reads them but coordinators.

    A moment in the future can be changed until it has come.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: they are announced already.
        InputError: there is no winner, or the moment lies in the past.
    """
    ensure(may_run(actor), "only coordinators announce")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    moment = now or timezone.now()
    wanted = at or moment
    if locked.announced_at is not None and locked.announced_at <= moment:
        raise ValueError("the winners are announced")
    problems = []
    if not Project.objects.filter(edition=locked, winner=True).exists():
        problems.append(Problem(marked("no winner is chosen."), {}))
    if wanted < moment:
        problems.append(
            Problem(
                marked("%(new)s lies in the past."),
                {"new": wanted.isoformat(" ", "minutes"), "now": moment.isoformat(" ", "minutes")},
                column="at",
                expected=marked("a moment after %(now)s."),
            )
        )
    if problems:
        raise InputError(problems)
    locked.announced_at = edition.announced_at = wanted
    locked.save(update_fields=["announced_at"])
    if wanted <= moment:
        _tell(actor, locked, moment)
    write_record(actor, "announce", locked, {"at": wanted.isoformat()})
    return locked


def _tell(actor: Actor, edition: Edition, now: datetime) -> None:
    """What happens when the embargo ends, once: the entries of the register get their status, people their mail."""
    edition.told_at = now
    edition.save(update_fields=["told_at"])
    nominated = Project.objects.filter(edition=edition, state=Project.State.NOMINATED).exclude(entry=None)
    # In one order, so that nobody who changes several entries as well is waited for in a circle.
    for project in nominated.select_related("entry").order_by("entry__identifier", "pk"):
        status = "winner" if project.winner else "champion" if project.champion else "nominee"
        award_entry(actor, project.entry.identifier, status, edition.name)
    tell_of_result(edition)


@transaction.atomic
def tell_due(now: datetime | None = None) -> int:
    """Hand over what an embargo held back and has ended; returns of how many editions. A chore of the worker."""
    moment = now or timezone.now()
    due = Edition.objects.filter(announced_at__lte=moment, told_at=None)
    if not due.exists():  # asked every second: a read, which waits for nobody
        return 0
    found = list(due.select_for_update())
    for edition in found:
        _tell(SITE, edition, moment)
    return len(found)
