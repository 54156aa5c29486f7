"""The end of a vote: frozen, counted twice to the same result, published, proved, decided about, announced."""

import csv
import io
import random
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actionlines.prizes import tally
from actionlines.prizes.log import first_digest, next_digest
from actionlines.prizes.published import recount
from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.jobs.worker import JobWorker
from actionlines_web.outbox.models import Message
from actionlines_web.privacy.actions import erase_account
from actionlines_web.privacy.queries import data_of
from actionlines_web.prizes.actions.closing import freeze_vote, publish_result
from actionlines_web.prizes.actions.decisions import appeal, make_decision, propose_decision
from actionlines_web.prizes.actions.sealing import (
    anchor,
    anchor_due,
    as_line,
    broken_line,
    forget_devices,
    log_lines,
    seal_due,
    seal_lines,
)
from actionlines_web.prizes.actions.voting import cast_ballot, withdraw_ballot
from actionlines_web.prizes.actions.winners import announce, choose_winner, tell_due
from actionlines_web.prizes.guards import lower_guards, raise_guards
from actionlines_web.prizes.models import (
    Ballot,
    BallotDecision,
    BallotLine,
    Chain,
    Edition,
    Project,
    Publication,
)
from actionlines_web.prizes.queries.editions import paper_of, rules_of
from actionlines_web.prizes.queries.people import audience
from actionlines_web.prizes.queries.results import counted, odd_signs
from actionlines_web.prizes.queries.voting import choices_of
from web.accounts.conftest import a_person
from web.prizes.conftest import a_nominee, an_edition, choose

pytestmark = pytest.mark.django_db
AFTER = timedelta(days=6)


@pytest.fixture
def voted(edition: Edition, nominees: Sequence[Project]) -> list[User]:
    """Five voters: three for the first, two for the second of C2; one changed their mind."""
    voters = [a_person(f"voter{number}@example.org") for number in range(5)]
    for place, voter in enumerate(voters):
        choose(voter, edition, nominees[place % 2])
    choose(voters[4], edition, nominees[1])
    choose(voters[4], edition, nominees[0])
    return voters


@pytest.fixture
def closed(edition: Edition, voted: list[User]) -> Edition:
    """The vote of the edition after it was frozen."""
    return freeze_vote(System(), edition, now=timezone.now() + AFTER)


def file_of(publication: Publication, folder: Path) -> Path:
    """The published file on its own."""
    path = folder / "vote.zip"
    with default_storage.open(publication.file.name) as file:
        path.write_bytes(file.read())
    return path


def test_a_vote_is_not_frozen_before_its_end(edition: Edition, voted: list[User], visitor: User) -> None:
    with pytest.raises(InputError, match="has not ended"):
        freeze_vote(System(), edition)
    with pytest.raises(PermissionDenied):
        freeze_vote(visitor, edition, now=timezone.now() + AFTER)


def test_a_frozen_vote_takes_no_choice_whatever_the_clock_says(
    closed: Edition, nominees: Sequence[Project], voted: list[User]
) -> None:
    stale = Edition.objects.get()
    with pytest.raises(InputError):
        choose(voted[0], stale, nominees[2])
    with pytest.raises(InputError):
        withdraw_ballot(voted[0], stale, "C2", nominees[0].code)
    with pytest.raises(ValueError, match="is frozen"):
        freeze_vote(System(), closed, now=timezone.now() + AFTER)


def test_the_counted_result_equals_the_accepted_requests(
    closed: Edition, nominees: Sequence[Project]
) -> None:
    made = publish_result(System(), closed)
    votes = {
        item["nominee"]: item["votes"]
        for category in made.result["categories"]
        for item in category["standings"]
    }
    assert votes == {nominees[0].code: 3, nominees[1].code: 2, nominees[2].code: 0}
    assert (made.lines, made.result["counted"], made.result["voters"]) == (7, 5, 5)
    assert (made.result["outside"], made.result["invalid"]) == (0, 0)
    nominees[0].refresh_from_db()
    assert (nominees[0].votes, nominees[0].place, nominees[0].champion) == (3, 1, True)


def test_the_published_file_proves_the_result_and_every_receipt(
    closed: Edition, voted: list[User], tmp_path: Path
) -> None:
    made = publish_result(System(), closed)
    receipts = [choices_of(closed, voter)[0].receipt for voter in voted]
    found = recount(file_of(made, tmp_path), receipts=receipts, expected=made.seal)
    assert found.proven
    assert found.tally == counted(closed)
    assert (found.seal, found.head) == (made.seal, made.head)
    assert set(found.receipts) == set(receipts)
    content = file_of(made, tmp_path).read_bytes()
    assert not any(voter.email.encode() in content for voter in voted)


def test_any_byte_that_is_changed_is_found(closed: Edition, tmp_path: Path) -> None:
    path = file_of(publish_result(System(), closed), tmp_path)
    content = path.read_bytes()
    rng = random.Random(7)
    for place in rng.sample(range(len(content)), 150):
        path.write_bytes(
            content[:place] + bytes([content[place] ^ (1 << rng.randrange(8))]) + content[place + 1 :]
        )
        assert not recount(path).proven, place


def test_publishing_again_without_a_new_line_changes_nothing(closed: Edition) -> None:
    assert publish_result(System(), closed) == publish_result(System(), closed)
    assert Publication.objects.count() == 1


def test_a_count_that_differs_from_the_log_is_not_published(
    closed: Edition, nominees: Sequence[Project]
) -> None:
    """Somebody with the database changed a ballot beside its line."""
    Ballot.objects.filter(nominee=nominees[1].code).update(nominee=nominees[0].code)
    with pytest.raises(RuntimeError, match="do not count to the same result"):
        publish_result(System(), closed)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE prizes_ballotline SET nominee = 'P-OTHER'",
        "UPDATE prizes_ballotline SET number = 99",
        "UPDATE prizes_ballotline SET at = at + 1",
        "UPDATE prizes_ballotline SET receipt = 'x'",
        "DELETE FROM prizes_ballotline",
    ],
)
def test_the_database_refuses_to_touch_the_log(closed: Edition, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert broken_line(closed) is None


def test_a_line_changed_past_the_guards_breaks_the_chain(edition: Edition, voted: list[User]) -> None:
    seal_lines(edition)
    anchor(edition, timezone.now())
    assert broken_line(edition) is None
    lower_guards(connection)
    BallotLine.objects.filter(number=3).update(nominee="P-OTHER")
    raise_guards(connection)
    assert broken_line(edition) == 7


def test_a_line_taken_out_past_the_guards_is_missed(edition: Edition, voted: list[User]) -> None:
    seal_lines(edition)
    lower_guards(connection)
    Ballot.objects.filter(line__number=4).delete()
    BallotLine.objects.filter(number=4).delete()
    raise_guards(connection)
    assert broken_line(edition) is not None


def test_the_chain_is_the_librarys_over_the_lines_in_their_order(edition: Edition, voted: list[User]) -> None:
    assert seal_due() == 7
    digest = first_digest(rules_of(edition))
    for row in BallotLine.objects.order_by("number"):
        digest = next_digest(digest, as_line(row).encoded())
    chain = Chain.objects.get(edition=edition)
    assert (chain.number, chain.digest) == (7, digest.hex())
    assert list(BallotLine.objects.order_by("pk").values_list("number", flat=True)) == list(range(1, 8))
    assert next(line.decode() for line in log_lines(edition)).startswith("1,cast,")


def test_the_chain_grows_in_whatever_pieces_it_is_sealed(
    edition: Edition, nominees: Sequence[Project], voter: User
) -> None:
    choose(voter, edition, nominees[0])
    assert seal_lines(edition) == 1
    choose(voter, edition, nominees[1])
    assert (seal_lines(edition), seal_lines(edition)) == (1, 0)
    assert broken_line(edition) is None


def test_an_end_of_the_chain_is_published_once_a_day(
    edition: Edition, voted: list[User], client: Client
) -> None:
    now = timezone.now()
    seal_lines(edition)
    assert (anchor_due(now), anchor_due(now), anchor_due(now + timedelta(days=1))) == (1, 0, 0)
    assert Chain.objects.get().digest in client.get("/prizes/test/receipt/").content.decode()


# Decisions


def lines_of(edition: Edition, voter: User) -> list[int]:
    """The numbers of a voter's lines that stand."""
    return [choice.number for choice in choices_of(edition, voter) if choice.number]


def test_two_officers_declare_a_ballot_invalid_and_nothing_is_deleted(
    closed: Edition, voted: list[User], officers: Sequence[User], nominees: Sequence[Project]
) -> None:
    publish_result(System(), closed)
    numbers = lines_of(closed, voted[0])
    made = propose_decision(officers[0], closed, "invalidate", numbers, "One device within a second.")
    with pytest.raises(ValueError, match="waits for its second officer"):
        publish_result(System(), closed)
    with pytest.raises(PermissionDenied):
        make_decision(officers[0], made, agree=True)
    make_decision(officers[1], made, agree=True)
    last = publish_result(System(), closed)
    assert (last.number, last.lines, last.result["invalid"]) == (2, 8, 1)
    assert BallotLine.objects.filter(kind="cast").count() == 7
    message = Message.objects.get(kind="prizes-vote-invalid")
    assert (message.address, "One device within a second." in message.text) == (voted[0].email, True)
    nominees[0].refresh_from_db()
    assert nominees[0].votes == 2
    assert {record.verb for record in records_of(made)} == {"propose", "decide"}
    with pytest.raises(ValueError, match="is made"):
        make_decision(officers[1], made, agree=True)


def test_a_decision_is_appealed_and_taken_back_by_two_officers(
    closed: Edition, voted: list[User], officers: Sequence[User]
) -> None:
    numbers = lines_of(closed, voted[0])
    made = propose_decision(officers[0], closed, "invalidate", numbers, "Odd.")
    make_decision(officers[1], made, agree=True)
    with pytest.raises(PermissionDenied):
        appeal(voted[1], made, "It was not even mine.")
    appeal(voted[0], made, "I voted myself.")
    with pytest.raises(ValueError, match="made before"):
        appeal(voted[0], made, "Once more.")
    back = propose_decision(officers[1], closed, "restore", numbers, "The voter is right.")
    make_decision(officers[0], back, agree=True)
    assert publish_result(System(), closed).result["invalid"] == 0
    assert Message.objects.filter(kind="prizes-vote-restored", address=voted[0].email).count() == 1


def test_a_proposal_that_is_dropped_changes_nothing(
    closed: Edition, voted: list[User], officers: Sequence[User]
) -> None:
    made = propose_decision(officers[0], closed, "invalidate", lines_of(closed, voted[0]), "Odd.")
    make_decision(officers[0], made, agree=False)
    assert (counted(closed).invalid, BallotLine.objects.count()) == (0, 7)
    assert BallotDecision.objects.get().state == "dropped"


@pytest.mark.parametrize(
    ("kind", "lines", "reason"),
    [
        ("invalidate", [999], "Odd."),
        ("invalidate", [], "Odd."),
        ("invalidate", [1], " "),
        ("restore", [1], "Odd."),
        ("nonsense", [1], "Odd."),
    ],
)
def test_a_proposal_about_nothing_is_refused(
    closed: Edition, officers: Sequence[User], kind: str, lines: list[int], reason: str
) -> None:
    with pytest.raises(InputError):
        propose_decision(officers[0], closed, kind, lines, reason)
    assert not BallotDecision.objects.exists()


def test_nobody_else_decides(closed: Edition, visitor: User, officers: Sequence[User]) -> None:
    with pytest.raises(PermissionDenied):
        propose_decision(visitor, closed, "invalidate", [1], "Odd.")
    made = propose_decision(officers[0], closed, "invalidate", [1], "Odd.")
    with pytest.raises(PermissionDenied):
        make_decision(visitor, made, agree=True)


def test_decisions_wait_for_the_end_of_the_vote(
    edition: Edition, voted: list[User], officers: Sequence[User]
) -> None:
    seal_lines(edition)
    with pytest.raises(ValueError, match="not frozen"):
        propose_decision(officers[0], edition, "invalidate", [1], "Odd.")


def test_the_desk_closes_publishes_and_decides(
    edition: Edition,
    voted: list[User],
    officers: Sequence[User],
    as_user: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = as_user(officers[0]), as_user(officers[1])
    page = first.post("/prizes/test/desk/close/", follow=True).content.decode()
    assert "The vote has not ended." in page
    later = timezone.now() + AFTER
    monkeypatch.setattr("actionlines_web.prizes.actions.closing.timezone.now", lambda: later)
    # Six days on, their sessions are over.
    first, second = as_user(officers[0]), as_user(officers[1])
    first.post("/prizes/test/desk/close/")
    edition.refresh_from_db()
    assert edition.frozen_at == later
    number = lines_of(edition, voted[0])[0]
    said = {"kind": "invalidate", "lines": f"{number}", "reason": "One device."}
    assert first.post("/prizes/test/desk/ballots/", {**said, "reason": ""}).status_code == 422
    assert first.post("/prizes/test/desk/ballots/", said).status_code == 302
    path = f"/prizes/test/desk/ballots/{BallotDecision.objects.get().pk}/"
    first.post(path, {"agree": "1"})
    assert BallotDecision.objects.get().state == "proposed"
    second.post(path, {"agree": "1"})
    assert BallotDecision.objects.get().state == "made"
    mine = as_user(voted[0])
    assert "One device." in mine.get("/prizes/test/my-votes/").content.decode()
    mine.post(f"/prizes/test/my-votes/appeal/{BallotDecision.objects.get().pk}/", {"text": "It was me."})
    assert "It was me." in first.get("/prizes/test/desk/ballots/").content.decode()


def test_odd_patterns_stand_beside_how_common_they_are(
    edition: Edition, nominees: Sequence[Project], officers: Sequence[User], as_user: Callable[[User], Client]
) -> None:
    for number in range(8):
        voter = a_person(f"crowd{number}@example.org")
        cast_ballot(
            voter, edition, "C2", nominees[0].code, attempt=token_hex(16), device="one" if number < 6 else ""
        )
    desk = as_user(officers[0])
    assert "Many voters on one device" not in desk.get("/prizes/test/desk/ballots/").content.decode()
    freeze_vote(System(), edition, now=timezone.now() + AFTER)
    found = [sign for sign in odd_signs(edition) if sign.kind == "device"]
    assert [(sign.about, sign.observed, sign.base_rate) for sign in found] == [("one", 6, 1.0)]
    assert "Many voters on one device" in desk.get("/prizes/test/desk/ballots/").content.decode()
    assert counted(edition).counted == 8  # nothing was refused


def test_devices_and_domains_are_forgotten_some_weeks_later(closed: Edition, voted: list[User]) -> None:
    Ballot.objects.update(device="abc")
    assert forget_devices(closed.frozen_at) == 0
    assert closed.frozen_at is not None
    assert forget_devices(closed.frozen_at + timedelta(days=46)) == 5
    assert set(Ballot.objects.values_list("device", "voter__domain")) == {("", "")}


# Secrecy


def test_nobody_is_told_how_the_votes_stand_before_there_is_a_result(
    edition: Edition, nominees: Sequence[Project], officers: Sequence[User], as_user: Callable[[User], Client]
) -> None:
    """Two ways in which the vote could stand give the same pages, to coordinators too."""
    desk = as_user(officers[0])
    pages = [
        *("", "categories/", "categories/C2/", "vote/", "vote/C2/", "result/", "nominees.csv", "desk/"),
        *("desk/ballots/", "desk/winners/", "desk/shortlist/", "desk/projects/", "desk/reviewers/"),
        *(f"nominees/{nominees[0].code}/", f"desk/projects/{nominees[0].code}/"),
    ]
    read = lambda: {page: plain(desk.get(f"/prizes/test/{page}").content) for page in pages}  # noqa: E731
    before = read()
    for number in range(7):
        choose(a_person(f"many{number}@example.org"), edition, nominees[0])
    assert read() == before


def plain(content: bytes) -> str:
    """A page without tokens and moments that differ from answer to answer."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", content.decode("utf-8-sig"))


# After


def announced(closed: Edition, nominees: Sequence[Project]) -> Project:
    """The first nominee as the winner, everything announced."""
    publish_result(System(), closed)
    won = choose_winner(System(), Project.objects.get(pk=nominees[0].pk), "It reached the islands.")
    announce(System(), closed)
    return won


def test_only_a_champion_wins_and_only_one_in_a_category(
    closed: Edition, nominees: Sequence[Project]
) -> None:
    with pytest.raises(ValueError, match="between the result"):
        choose_winner(System(), nominees[0], "Early.")
    publish_result(System(), closed)
    with pytest.raises(InputError, match="no champion"):
        choose_winner(System(), nominees[1], "Close second.")
    choose_winner(System(), nominees[0], "It reached the islands.")
    choose_winner(System(), nominees[0], "")
    assert not Project.objects.filter(winner=True).exists()
    with pytest.raises(InputError, match="no winner"):
        announce(System(), closed)


def test_winners_stay_under_embargo_until_their_moment(
    closed: Edition, nominees: Sequence[Project], client: Client, submitter: User
) -> None:
    publish_result(System(), closed)
    choose_winner(System(), nominees[0], "It reached the islands.")
    soon = timezone.now() + timedelta(hours=1)
    announce(System(), closed, soon)
    code = nominees[0].code
    for page in ("result/", f"nominees/{code}/", "categories/C2/", "nominees.csv", ""):
        content = client.get(f"/prizes/test/{page}").content.decode()
        assert "It reached the islands." not in content
        assert "winner</span>" not in content
    assert client.get(f"/prizes/test/nominees/{code}/certificate-fr.pdf").status_code == 404
    assert (tell_due(soon - timedelta(seconds=1)), Message.objects.filter(kind="prizes-winner").count()) == (
        0,
        0,
    )
    assert (tell_due(soon), tell_due(soon)) == (1, 0)
    assert Message.objects.get(kind="prizes-winner").address == submitter.email
    Edition.objects.update(announced_at=timezone.now())
    assert "It reached the islands." in client.get("/prizes/test/result/").content.decode()


def test_a_winner_has_a_certificate_in_six_languages(
    closed: Edition, nominees: Sequence[Project], client: Client
) -> None:
    won = announced(closed, nominees)
    for language in ("ar", "en", "es", "fr", "ru", "zh"):
        answer = client.get(f"/prizes/test/nominees/{won.code}/certificate-{language}.pdf")
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert client.get(f"/prizes/test/nominees/{won.code}/certificate-de.pdf").status_code == 404
    assert client.get(f"/prizes/test/nominees/{nominees[1].code}/certificate-en.pdf").status_code == 404


def test_the_table_tells_what_is_public_and_nothing_a_spreadsheet_would_run(
    closed: Edition, nominees: Sequence[Project], client: Client
) -> None:
    Project.objects.filter(pk=nominees[1].pk).update(title="=1+1")

    def rows() -> list[dict[str, str]]:
        text = client.get("/prizes/test/nominees.csv").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    assert {row["votes"] for row in rows()} == {""}
    announced(closed, nominees)
    found = {row["code"]: row for row in rows()}
    assert (found[nominees[0].code]["votes"], found[nominees[0].code]["winner"]) == ("3", "1")
    assert found[nominees[1].code]["title"] == "'=1+1"


def test_the_statistics_are_open_data_from_the_result_on(
    closed: Edition, nominees: Sequence[Project], client: Client
) -> None:
    address = "/prizes/test/statistics.csv"
    assert client.get(address).status_code == 404
    Project.objects.filter(pk=nominees[0].pk).update(region="AFR", stakeholder_type="ngo")
    publish_result(System(), closed)
    choose_winner(System(), Project.objects.get(pk=nominees[0].pk), "It reached the islands.")

    def rows() -> list[tuple[str, ...]]:
        text = client.get(address).content.decode("utf-8-sig")
        return [tuple(row.values())[1:] for row in csv.DictReader(io.StringIO(text))]

    before = rows()
    assert before == [
        ("category", "C2", "2", "2", "2", "1", ""),
        ("category", "C4", "1", "1", "1", "0", ""),
        ("region", "", "2", "2", "2", "0", ""),
        ("region", "AFR", "1", "1", "1", "1", ""),
        ("stakeholder_type", "", "2", "2", "2", "0", ""),
        ("stakeholder_type", "ngo", "1", "1", "1", "1", ""),
    ]
    announce(System(), closed)
    assert [row[-1] for row in rows()] == ["1", "0", "0", "1", "0", "1"]
    assert address in client.get("/prizes/test/result/").text


def test_the_result_page_leads_to_the_file(
    closed: Edition, nominees: Sequence[Project], client: Client
) -> None:
    made = publish_result(System(), closed)
    assert made.seal in client.get("/prizes/test/result/").content.decode()
    answer = client.get("/prizes/test/result/1.zip")
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


# People


def test_a_voter_takes_the_own_votes_along_and_leaves_the_count(
    closed: Edition, voted: list[User], nominees: Sequence[Project]
) -> None:
    held = data_of(voted[0])["prizes"]
    assert [choice["nominee"] for choice in held["votes"][0]["choices"]] == [nominees[0].code]
    before = counted(closed)
    erase_account(voted[0])
    assert counted(closed) == before
    assert publish_result(System(), closed).result["counted"] == 5
    assert Ballot.objects.filter(voter=None).count() == 1


class TestCountedTwice(TestCase):
    """Whatever people do in whatever order, under each kind of rules: two ways of counting, one result."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        rules=st.sampled_from([{}, {"ballot": '"all-categories"'}, {"votes": "2"}, {"champions": "2"}]),
        steps=st.lists(
            st.tuples(
                st.sampled_from(["cast", "cast", "cast", "withdraw", "invalidate", "restore"]),
                st.integers(0, 3),
                st.integers(0, 4),
            ),
            max_size=25,
        ),
    )
    def test_the_database_and_the_library_count_the_same(self, rules, steps) -> None:
        edition = an_edition(slug=f"e{token_hex(6)}", **rules)
        owner = a_person(f"owner{token_hex(6)}@example.org")
        paper = [
            a_nominee(owner, edition, title=f"{place}", category="C2" if place < 3 else "C4")
            for place in range(5)
        ]
        voters = [a_person(f"v{token_hex(6)}@example.org") for _ in range(4)]
        for kind, who, what in steps:
            if kind in {"cast", "withdraw"}:
                self.vote(edition, voters[who], paper[what], kind)
        edition = freeze_vote(System(), edition, now=timezone.now() + AFTER)
        for kind, who, _ in steps:
            if kind in {"invalidate", "restore"}:
                self.decide(edition, voters[who], kind)
        found = counted(edition)
        ballots = [
            as_line(row).ballot for row in BallotLine.objects.filter(edition=edition).order_by("number")
        ]
        assert tally(ballots, rules_of(edition), paper_of(edition).values()) == found
        assert broken_line(edition) is None

    @staticmethod
    def vote(edition: Edition, voter: User, project: Project, kind: str) -> None:
        try:
            if kind == "cast":
                choose(voter, edition, project)
            else:
                withdraw_ballot(voter, edition, project.category, project.code)
        except InputError:
            pass  # all votes are given: the rules say so

    @staticmethod
    def decide(edition: Edition, voter: User, kind: str) -> None:
        officers = [a_person(f"o{token_hex(6)}@example.org") for _ in range(2)]
        for user in officers:
            user.grants.create(role="coordinator")
        lines = [
            choice.number
            for choice in choices_of(edition, voter)
            if choice.number and choice.valid == (kind == "invalidate")
        ]
        if lines:
            make_decision(
                officers[1], propose_decision(officers[0], edition, kind, lines, "Odd."), agree=True
            )


def test_nobody_becomes_a_champion_without_a_vote(closed: Edition) -> None:
    found = counted(closed)
    assert [item.champion for category in found.categories for item in category.standings] == [
        True,
        False,
        False,
    ]


def test_the_interface_tells_what_is_public_and_when(
    edition: Edition, voted: list[User], nominees: Sequence[Project], client: Client
) -> None:
    def told() -> dict[str, tuple[int | None, bool | None]]:
        rows = client.get("/api/v1/prizes/test/nominees").json()
        return {row["code"]: (row["votes"], row["winner"]) for row in rows}

    assert set(told().values()) == {(None, None)}
    closed = freeze_vote(System(), edition, now=timezone.now() + AFTER)
    publish_result(System(), closed)
    assert told()[nominees[0].code] == (3, None)
    choose_winner(System(), nominees[0], "It reached the islands.")
    announce(System(), closed)
    assert told()[nominees[0].code] == (3, True)
    (listed,) = client.get("/api/v1/prizes").json()
    assert (listed["id"], [item["code"] for item in listed["categories"]]) == ("test", ["C2", "C4"])


@pytest.mark.django_db(transaction=True)
def test_a_worker_publishes_what_the_desk_orders(
    edition: Edition, voted: list[User], officers: Sequence[User], as_user: Callable[[User], Client]
) -> None:
    freeze_vote(System(), edition, now=timezone.now() + AFTER)
    as_user(officers[0]).post("/prizes/test/desk/close/", {"publish": "1"})
    assert not Publication.objects.exists()
    JobWorker().work(until_empty=True)
    assert Publication.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_the_desk_writes_to_everybody_who_takes_part(
    edition: Edition, voted: list[User], officers: Sequence[User], as_user: Callable[[User], Client]
) -> None:
    sent = {"to": "all", "subject": "The ceremony", "text": "It begins at nine."}
    answer = as_user(officers[0]).post("/prizes/test/desk/message/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/prizes/test/desk/")
    JobWorker().work(until_empty=True)
    told = Message.objects.filter(kind="prizes-message")
    assert {message.recipient for message in told} == set(audience(edition, "all"))
    assert told.exists()
    assert all("It begins at nine." in message.text for message in told)
