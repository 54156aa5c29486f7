"""The end of a vote: frozen, counted twice, published."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from actionlines.prizes import Tally
from actionlines.prizes.published import Anchor as LibraryAnchor
from actionlines.prizes.published import read_seal, result_as_data, write_published
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_record
from actionlines_web.jobs.actions import enqueue
from actionlines_web.prizes.actions.sealing import anchor, log_lines, seal_lines
from actionlines_web.prizes.models import BallotDecision, Chain, Edition, Project, Publication
from actionlines_web.prizes.queries.editions import is_vote_over, paper_of, rules_of
from actionlines_web.prizes.queries.results import counted
from actionlines_web.prizes.rules import ensure, may_run

README: Final = """\
The vote of {name}, result {number}, made {at} by actionlines.

rules.json     the rules, with the dates as they stood at the end
nominees.csv   the ballot paper
log.csv        every choice, change, withdrawal and decision of officers, in the order of the chain
anchors.csv    ends of the chain that were published while the vote ran
result.json    the count
digests.json   a digest of each file, and the end of the chain

Count it yourself:   actionlines tally FILE.zip
Find your own vote:  actionlines tally FILE.zip --receipt CODE

A voter stands in the log as a tag that only the site can make, another one in each category unless the rules count
all categories together. What this proves and what it does not is told in the documentation of the prizes.
"""


@transaction.atomic
def freeze_vote(actor: Actor, edition: Edition, *, now: datetime | None = None) -> Edition:
    """End the vote for good: no choice is written after this; every line has its number and the chain is anchored.

    Requests that were accepted and not yet written when it begins are waited for.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: the vote has not ended by the clock.
        ValueError: it is frozen already.
    """
    ensure(may_run(actor), "only coordinators close a vote")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    moment = now or timezone.now()
    if locked.frozen_at is not None:
        raise ValueError(f"the vote of {locked.slug} is frozen")
    if not is_vote_over(locked, moment):
        raise InputError(
            [
                Problem(
                    marked("the vote has not ended."),
                    {},
                    column="vote",
                    expected=marked("the moment at which it ends."),
                )
            ]
        )
    seal_lines(locked)
    anchor(locked, moment)
    locked.frozen_at = edition.frozen_at = moment
    locked.save(update_fields=["frozen_at"])
    write_record(actor, "freeze", edition, {"lines": Chain.objects.get(edition=edition).number})
    return locked


def order_result(actor: Actor, edition: Edition) -> None:
    """Have the result counted and published by a worker.

    Raises:
        PermissionDenied: the actor runs no editions.
    """
    ensure(may_run(actor), "only coordinators publish a result")
    with transaction.atomic():
        enqueue(actor, publish_in_time, edition, edition=edition.pk)


@task()
def publish_in_time(edition: int) -> None:
    """What the worker does."""
    publish_result(System("the site"), Edition.objects.get(pk=edition))


@transaction.atomic
def publish_result(actor: Actor, edition: Edition) -> Publication:
    """Count the ballots in the database and the log from its file; publish both when they agree.

    Once more after each decision about ballots: the next result has the next number, and all files stay. A second call
    without a new line changes nothing.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: the vote is not frozen, or a decision waits for its second officer.
        RuntimeError: the two counts differ: nothing is published.
    """
    ensure(may_run(actor), "only coordinators publish a result")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.frozen_at is None:
        raise ValueError(f"the vote of {locked.slug} is not frozen")
    if locked.decisions.filter(state=BallotDecision.State.PROPOSED).exists():
        raise ValueError("a decision about ballots waits for its second officer")
    seal_lines(locked)
    chain = Chain.objects.get(edition=locked)
    last = locked.publications.order_by("-number").first()
    if last is not None and last.head == chain.digest:
        return last
    found = counted(locked)
    made = _written(locked, chain, (last.number if last else 0) + 1, found)
    _copy_result(locked, found)
    write_record(actor, "publish", locked, {"number": made.number, "digest": made.seal})
    return made


def _written(edition: Edition, chain: Chain, number: int, found: Tally) -> Publication:
    """The file, if it counts to what the database has counted."""
    anchors = [
        LibraryAnchor(item.number, item.digest, int(item.at.timestamp())) for item in edition.anchors.all()
    ]
    at = f"{timezone.now().astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    readme = README.format(name=edition.name, number=number, at=at)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vote.zip"
        tallied = write_published(
            path, rules_of(edition), list(paper_of(edition).values()), log_lines(edition), anchors, readme
        )
        if tallied != found:
            raise RuntimeError(f"the ballots of {edition.slug} and their log do not count to the same result")
        seal, _ = read_seal(path)
        with path.open("rb") as file:
            name = default_storage.save(f"votes/{edition.slug}-{number}.zip", File(file))
    return Publication.objects.create(
        edition=edition,
        number=number,
        file=name,
        seal=seal,
        head=chain.digest,
        lines=chain.number,
        result=result_as_data(tallied),
    )


def _copy_result(edition: Edition, found: Tally) -> None:
    """Votes, places and champions beside the projects, for lists and statistics."""
    projects = {item.code: item for item in Project.objects.filter(edition=edition)}
    changed = []
    for category in found.categories:
        for standing in category.standings:
            project = projects[standing.nominee]
            project.votes, project.place = standing.votes, standing.place
            project.champion = standing.champion
            changed.append(project)
    Project.objects.bulk_update(changed, ["votes", "place", "champion"], batch_size=200)
