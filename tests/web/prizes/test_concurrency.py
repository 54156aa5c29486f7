"""Many voters at once, killed workers, a lost database: counted result equals accepted requests, always.

The processes vote against a site of their own, on the database of the test run; the threads need a database that
serves several at once.
"""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from secrets import token_hex
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.closing import freeze_vote
from actionlines_web.prizes.actions.sealing import broken_line, seal_lines
from actionlines_web.prizes.actions.voting import cast_ballot
from actionlines_web.prizes.models import Ballot, BallotLine, Edition, Project
from web.accounts.conftest import a_person
from web.prizes.conftest import a_nominee, an_edition, choose

VOTERS = 600
# An edition with two nominees of C2, and voters with confirmed addresses.
PREPARE = f"""
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.utils import timezone
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.prizes.models import Project
now = timezone.now()
rules = f'''
year = 2026
name = "Processes"
categories = [{{{{ code = "C2", line = "C2" }}}}]
[[phases]]
kind = "vote"
starts = {{(now - timedelta(days=1)).isoformat()}}
ends = {{(now + timedelta(days=1)).isoformat()}}
'''
edition = create_edition(System(), slug="e", text=rules.encode())
owner = ensure_user(System(), email="owner@example.org", name="Owner", roles=())
for code in ("P-A", "P-B"):
    Project.objects.create(edition=edition, code=code, title=code, category="C2", state="nominated", submitter=owner)
User.objects.bulk_create(User(email=f"v{{n}}@example.org") for n in range({VOTERS}))
EmailAddress.objects.bulk_create(
    EmailAddress(user=user, email=user.email, verified=True, primary=True)
    for user in User.objects.filter(email__startswith="v"))
"""
# One process of a server: four threads that vote, each for its share of the people; accepted votes are told at once.
VOTE = """
import sys, threading
import django; django.setup()
from django.db import connection
from secrets import token_hex
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.voting import cast_ballot
from actionlines_web.prizes.models import Edition
part, parts = int(sys.argv[1]), 4 * int(sys.argv[2])
edition = Edition.objects.get()
voters = list(User.objects.filter(email__startswith="v").order_by("pk"))
def vote(share):
    for voter in voters[share::parts]:
        cast = cast_ballot(voter, edition, "C2", "P-A", attempt=token_hex(16))
        sys.stdout.write(cast.receipt + "\\n"); sys.stdout.flush()
    connection.close()
threads = [threading.Thread(target=vote, args=(4 * part + place,)) for place in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
# Counted in three ways, and the chain walked: ballots, lines, result of both counts, first broken line.
COUNT = """
from datetime import timedelta
from django.utils import timezone
from actionlines_web.accounts.actor import System
from actionlines_web.prizes.actions.closing import freeze_vote, publish_result
from actionlines_web.prizes.actions.sealing import broken_line
from actionlines_web.prizes.models import Ballot, BallotLine, Edition
edition = freeze_vote(System(), Edition.objects.get(), now=timezone.now() + timedelta(days=2))
made = publish_result(System(), edition)
votes = {s["nominee"]: s["votes"] for c in made.result["categories"] for s in c["standings"]}
print(Ballot.objects.count(), BallotLine.objects.count(), votes["P-A"], made.lines, broken_line(edition), sep="|")
"""
# A worker that dies after it has written the line and before it writes the ballot.
DIE = """
import os, signal
from secrets import token_hex
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions import voting
from actionlines_web.prizes.models import BallotLine, Edition
def die(*arguments, **fields):
    assert BallotLine.objects.count() == 1
    os.kill(os.getpid(), signal.SIGKILL)
voting.write_ballot = die
voting.cast_ballot(User.objects.get(email="v0@example.org"), Edition.objects.get(), "C2", "P-A", attempt=token_hex(16))
"""


def voting(environment: Mapping[str, str], part: int, parts: int) -> subprocess.Popen[str]:
    """A process that votes for its part of the people."""
    command = [sys.executable, "-c", VOTE, str(part), str(parts)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_many_voters_at_once_on_one_nominee_lose_no_vote(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    run(PREPARE)
    processes = [voting(environment, part, 2) for part in range(2)]
    receipts = [receipt for process in processes for receipt in process.communicate(timeout=500)[0].split()]
    assert [process.returncode for process in processes] == [0, 0]
    assert len(set(receipts)) == VOTERS
    assert run(COUNT) == f"{VOTERS}|{VOTERS}|{VOTERS}|{VOTERS}|None"


def test_a_worker_killed_while_people_vote_leaves_whole_votes_and_loses_no_receipt(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    run(PREPARE)
    process = voting(environment, 0, 1)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(60)]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    told += [line for line in rest.split("\n")[:-1] if line]
    look = f"""
from actionlines.prizes.log import receipt_digest
from actionlines_web.prizes.models import BallotLine
wanted = {{receipt_digest(code) for code in {told!r}}}
print(len(wanted - set(BallotLine.objects.values_list("receipt", flat=True))))
"""
    assert run(look) == "0"
    ballots, lines, counted, published, broken = run(COUNT).split("|")
    assert ballots == lines == counted == published
    assert (int(ballots) >= len(told), broken) == (True, "None")


def test_a_worker_killed_between_the_line_and_the_ballot_leaves_neither(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    run(PREPARE)
    with pytest.raises(subprocess.CalledProcessError) as error:
        run(DIE)
    assert error.value.returncode == -signal.SIGKILL
    assert run(COUNT) == "0|0|0|0|None"


# Threads: PostgreSQL serves many at once; SQLite has one writer at a time, and the processes above are the test of it.


@pytest.fixture
def several(transactional_db: None) -> None:
    """A database that serves several connections of one process at once."""
    if connection.vendor != "postgresql":
        pytest.skip("the test's SQLite database lies in memory and has one connection")


@contextmanager
def at_once(actions: list[Callable[[], object]]) -> Iterator[list[BaseException]]:
    """All actions begun at the same moment, each in a thread and on a connection of its own; yields what went wrong."""
    failures: list[BaseException] = []
    together = Barrier(len(actions))

    def run(action: Callable[[], object]) -> None:
        try:
            together.wait(60)
            action()
        except BaseException as error:  # noqa: BLE001 - a thread's failure must fail the test
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    yield failures
    for thread in threads:
        thread.join()


def paper(edition: Edition, number: int, owner: User) -> list[Project]:
    """So many nominees of C2."""
    return [a_nominee(owner, edition, title=f"Nominee {place}") for place in range(number)]


def test_one_voter_with_eight_tabs_has_one_ballot(several: None, submitter: User, voter: User) -> None:
    edition = an_edition()
    nominees = paper(edition, 4, submitter)
    tabs = [lambda place=place: choose(voter, edition, nominees[place % 4]) for place in range(8)]
    with at_once(tabs) as failures:
        pass
    assert failures == []
    seal_lines(edition)
    ballot = Ballot.objects.get()
    # The last word of the log is the one that stands.
    assert ballot.line == BallotLine.objects.order_by("-number").first()
    assert broken_line(edition) is None


def test_two_votes_in_eight_tabs_stay_two(several: None, submitter: User, voter: User) -> None:
    edition = an_edition(votes="2")
    nominees = paper(edition, 8, submitter)
    taken = []

    def vote(project: Project) -> None:
        try:
            choose(voter, edition, project)
        except InputError as error:
            assert "given your 2 votes" in str(error)  # noqa: PT017 - raised in a thread
        else:
            taken.append(project.code)

    with at_once([lambda project=project: vote(project) for project in nominees]) as failures:
        pass
    assert failures == []
    assert sorted(Ballot.objects.values_list("nominee", flat=True)) == sorted(taken)
    assert (len(taken), BallotLine.objects.count()) == (2, 2)


def test_a_vote_that_is_being_frozen_counts_what_it_accepted(several: None, submitter: User) -> None:
    """Voters whose clock still says open meet the freeze: each is counted or refused, none accepted and lost."""
    edition = an_edition()
    (nominee,) = paper(edition, 1, submitter)
    voters = [a_person(f"v{place}@example.org") for place in range(24)]
    during = timezone.now()
    accepted: list[str] = []

    def vote(mine: list[User]) -> None:
        for person in mine:
            try:
                cast = cast_ballot(
                    person, edition, "C2", nominee.code, attempt=token_hex(16), clock=lambda: during
                )
            except InputError as error:
                assert "not open" in str(error)  # noqa: PT017 - raised in a thread
            else:
                accepted.append(cast.receipt)

    freeze = lambda: freeze_vote(System(), edition, now=during + timedelta(days=6))  # noqa: E731
    shares = [lambda share=share: vote(voters[share::6]) for share in range(6)]
    with at_once([*shares, freeze]) as failures:
        pass
    assert failures == []
    assert len(accepted) == BallotLine.objects.count() == BallotLine.objects.exclude(number=None).count()
    assert broken_line(edition) is None


def test_a_database_lost_in_the_middle_of_a_vote_leaves_nothing_and_the_form_counts_once_sent_again(
    several: None, submitter: User, voter: User
) -> None:
    edition = an_edition()
    (nominee,) = paper(edition, 1, submitter)
    attempt = token_hex(16)

    def lost():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (number,) = cursor.fetchone()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [number])
        other.close()
        return timezone.now()

    with pytest.raises(DatabaseError):
        cast_ballot(voter, edition, "C2", nominee.code, attempt=attempt, clock=lost)
    connection.close()
    assert (Ballot.objects.count(), BallotLine.objects.count()) == (0, 0)
    first = choose(voter, edition, nominee, attempt=attempt)
    # The answer was lost on its way: the browser sends the form once more.
    again = choose(voter, edition, nominee, attempt=attempt)
    assert (first.again, again.again, first.receipt) == (False, True, again.receipt)
    assert BallotLine.objects.count() == 1
