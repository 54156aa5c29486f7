"""Chaining the ballot log.

A vote writes its line without a number. Numbers and the chain come in batches, a second or so later, from whoever locks
the end of the chain (the worker, a decision of officers, the freeze): if each vote lengthened the chain itself, every vote
would wait for the commit of the one before, and a server that can take thousands a second would take two hundred. Until
it has a number a line can still be deleted by who owns the database without a trace in the chain; the receipt the voter
holds already is what tells. Lines of one voter in one category are written one after the other, so that their order by
`id` is the order in which they were accepted.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from actionlines.prizes.log import LogLine, chained, first_digest
from actionlines_web.prizes.models import Anchor, Ballot, BallotLine, Chain, Edition
from actionlines_web.prizes.queries.editions import rules_of

BATCH: Final = 5_000
# How long devices and mail domains are kept after the vote.
KEEP_DEVICES: Final = timedelta(days=45)


def as_line(row: BallotLine, number: int | None = None) -> LogLine:
    """A row as the library's line."""
    return LogLine(
        number or row.number or 0,
        row.kind,
        row.voter,
        row.category,
        row.nominee,
        row.at,
        row.about,
        row.receipt,
        row.reason,
    )


def seal_lines(edition: Edition) -> int:
    """Give every line its number and lengthen the chain; returns how many lines were new.

    In one transaction a batch. Whatever a vote has committed before the last batch is in it.
    """
    total = 0
    while sealed := _seal_batch(edition):
        total += sealed
        if sealed < BATCH:
            break
    return total


@transaction.atomic
def _seal_batch(edition: Edition) -> int:
    waiting = BallotLine.objects.filter(edition=edition, number=None)
    if not waiting.exists():  # asked every second: a read, which waits for nobody
        return 0
    chain = Chain.objects.select_for_update().get(edition=edition)
    rows = list(waiting.order_by("pk")[:BATCH])
    lines = [as_line(row, number) for number, row in enumerate(rows, chain.number + 1)]
    *_, end = chained((line.encoded() for line in lines), bytes.fromhex(chain.digest))
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE prizes_ballotline SET number = %s WHERE id = %s",
            [(line.number, row.pk) for line, row in zip(lines, rows, strict=True)],
        )
    chain.number += len(rows)
    chain.digest = end.hex()
    chain.save(update_fields=["number", "digest"])
    return len(rows)


def seal_due() -> int:
    """Chain what waits in every edition that is not frozen: a chore of the worker."""
    return sum(seal_lines(edition) for edition in Edition.objects.filter(frozen_at=None))


def anchor_due(now: datetime | None = None) -> int:
    """Publish the end of each chain that has grown, once a day; returns how many. A chore of the worker."""
    moment = now or timezone.now()
    made = 0
    for edition in Edition.objects.filter(frozen_at=None):
        last = edition.anchors.order_by("-number").first()
        if last is None or last.at.date() < moment.date():
            made += anchor(edition, moment) is not None
    return made


@transaction.atomic
def anchor(edition: Edition, now: datetime) -> Anchor | None:
    """Publish the end of the chain as it stands; None when nothing is new."""
    chain = Chain.objects.select_for_update().get(edition=edition)
    if not chain.number:
        return None
    found, made = Anchor.objects.get_or_create(
        edition=edition, number=chain.number, defaults={"digest": chain.digest, "at": now}
    )
    return found if made else None


def log_lines(edition: Edition) -> Iterator[bytes]:
    """The sealed log as it is published."""
    rows = BallotLine.objects.filter(edition=edition, number__isnull=False).order_by("number")
    columns = ("number", "kind", "voter", "category", "nominee", "at", "about", "receipt", "reason")
    for values in rows.values_list(*columns).iterator(chunk_size=10_000):
        yield ",".join(map(str, values)).encode("ascii")


def broken_line(edition: Edition) -> int | None:
    """The number of the first line from which the stored log no longer leads to its chain and anchors; None: it does.

    A change of a line shows at the next anchor after it, or at the end of the chain.
    """
    chain = Chain.objects.get(edition=edition)
    wanted = {item.number: item.digest for item in edition.anchors.all()}
    wanted[chain.number] = chain.digest
    start = first_digest(rules_of(edition))
    if wanted.pop(0, start.hex()) != start.hex():
        return 0
    for number, digest in enumerate(chained(log_lines(edition), start), 1):
        if wanted.pop(number, digest.hex()) != digest.hex():
            return number
    return min(wanted, default=None)


@transaction.atomic
def forget_devices(now: datetime | None = None) -> int:
    """Blank the devices and mail domains of votes that ended KEEP_DEVICES ago; returns how many ballots."""
    before = (now or timezone.now()) - KEEP_DEVICES
    old = Edition.objects.filter(frozen_at__lt=before)
    for edition in old:
        edition.voters.exclude(domain="").update(domain="")
    return Ballot.objects.filter(edition__in=old).exclude(device="").update(device="")
