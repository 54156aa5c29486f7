"""What a vote reads and writes, in SQL: through the ORM each statement costs ten times what it costs the database.

Elsewhere that does not matter; here it is most of what a vote takes, and everybody votes in the last hour. The statements
are the same on both databases but for the locks, which SQLite's one writer does not need.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.db import connection

from actionlines_web.accounts.models import User
from actionlines_web.prizes.models import Edition

# What a vote must know of the edition as it stands, in the order of the model's fields; rules and paper are read once a
# process.
_EDITION: Final = ("id", "slug", "version", "paper", "key", "frozen_at")
_HOLD: Final = """
    SELECT e.id, e.slug, e.version, e.paper, e.key, e.frozen_at, v.id
    FROM prizes_edition e LEFT JOIN prizes_voter v ON v.edition_id = e.id AND v.user_id = %s
    WHERE e.id = %s"""
_LOCK_VOTER: Final = "SELECT id FROM prizes_voter WHERE id = %s FOR UPDATE"
_STANDING: Final = """
    SELECT id, nominee, attempt FROM prizes_ballot
    WHERE edition_id = %s AND tag = %s AND category = %s ORDER BY id"""
_ENTER: Final = "INSERT INTO prizes_voter (edition_id, user_id, domain) VALUES (%s, %s, %s) RETURNING id"
_LINE: Final = """
    INSERT INTO prizes_ballotline (edition_id, kind, voter, category, nominee, at, about, receipt, reason)
    VALUES (%s, %s, %s, %s, %s, %s, 0, %s, '') RETURNING id"""
_BALLOT: Final = """
    INSERT INTO prizes_ballot
        (edition_id, voter_id, tag, category, slot, nominee, line_id, attempt, device, valid)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, TRUE)"""
_CHANGE: Final = """
    UPDATE prizes_ballot SET voter_id = %s, nominee = %s, line_id = %s, attempt = %s, device = %s, valid = TRUE
    WHERE id = %s"""


class Held(NamedTuple):
    """The edition, kept from being frozen until the transaction ends, and the number of the voter once entered."""

    edition: Edition
    voter: int | None


class Standing(NamedTuple):
    """A ballot that stands."""

    id: int
    nominee: str
    attempt: str


class NewLine(NamedTuple):
    """A line of the log that has no number yet."""

    edition: int
    kind: str
    tag: str
    category: str
    nominee: str
    at: int
    receipt: str = ""


class NewBallot(NamedTuple):
    """A choice that is to stand."""

    edition: int
    voter: int
    tag: str
    category: str
    slot: str
    nominee: str
    line: int
    attempt: str
    device: str


def hold(edition: Edition, user: User) -> Held:
    """The edition as it stands; voters who hold it do not wait for one another.

    PostgreSQL: a lock that many may share and `freeze_vote` must wait for. SQLite has one writer, who is this one.
    """
    locked = f"{_HOLD} FOR KEY SHARE OF e" if _has_locks() else _HOLD
    with connection.cursor() as cursor:
        cursor.execute(locked, [user.pk, edition.pk])
        row = cursor.fetchone()
    if row is None:
        raise Edition.DoesNotExist
    return Held(Edition.from_db(connection.alias, _EDITION, row[:-1]), row[-1])


def enter_voter(edition: Edition, user: User, domain: str) -> int:
    """Enter a person as a voter; IntegrityError when another request has meanwhile."""
    return _returned(_ENTER, (edition.pk, user.pk, domain))


def lock_voter(voter: int) -> None:
    """Wait for what other requests of the voter are at."""
    if _has_locks():
        _returned(_LOCK_VOTER, (voter,))


def standing_ballots(edition: Edition, tag: str, category: str) -> list[Standing]:
    """The voter's ballots in the category, locked: who changes one waits for who changes it first."""
    locked = f"{_STANDING} FOR UPDATE" if _has_locks() else _STANDING
    with connection.cursor() as cursor:
        cursor.execute(locked, [edition.pk, tag, category])
        return [Standing(*row) for row in cursor.fetchall()]


def write_line(line: NewLine) -> int:
    """Write a line of the log; IntegrityError when there is one with this receipt."""
    return _returned(_LINE, line)


def write_ballot(ballot: NewBallot) -> None:
    """Write a ballot; IntegrityError when the voter has one in its place."""
    with connection.cursor() as cursor:
        cursor.execute(_BALLOT, ballot)


def change_ballot(standing: Standing, to: NewBallot) -> None:
    """Put a choice in place of the one that stands."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, [to.voter, to.nominee, to.line, to.attempt, to.device, standing.id])


def _has_locks() -> bool:
    return connection.vendor == "postgresql"


def _returned(statement: str, values: Sequence[object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])
