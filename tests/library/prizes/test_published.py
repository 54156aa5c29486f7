"""The published file: it proves its result, and any changed byte shows."""

import json
import random
import zipfile
from dataclasses import replace

import pytest

from actionlines.prizes import Category, Rules
from actionlines.prizes.log import LogLine, chained, first_digest, receipt_digest, voter_tag
from actionlines.prizes.published import Anchor, recount, write_published
from actionlines.prizes.tally import Nominee
from actionlines.problems import InputError

RULES = Rules(2026, "test", (Category("A"), Category("B")), champions=1)
PAPER = [
    Nominee("a1", "A", "Élan, «net»", "Org"),
    Nominee("a2", "A"),
    Nominee("b1", "B", score=1.5, submitted_at=3),
]


def lines(count=40, seed=1):
    rng = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        nominee = rng.choice(PAPER)
        receipt = receipt_digest(f"code{number}")
        made.append(
            LogLine(number, "cast", f"v{rng.randrange(20)}", nominee.category, nominee.id, number, 0, receipt)
        )
    made.append(LogLine(count + 1, "invalidate", "", "", "", 99, 1, "", "same-person"))
    return [line.encoded() for line in made]


@pytest.fixture
def published(tmp_path):
    log = lines()
    digests = list(chained(log, first_digest(RULES)))
    path = tmp_path / "vote.zip"
    counted = write_published(path, RULES, PAPER, log, [Anchor(10, digests[9].hex(), 10)], "Read me.\n")
    return path, counted


def test_the_file_proves_the_result_written_into_it(published):
    path, counted = published
    found = recount(path)
    assert found.problems == ()
    assert found.proven
    assert found.tally == counted
    assert sorted(item.name for item in path.parent.iterdir()) == ["vote.zip"]


def test_the_same_vote_makes_the_same_file(published, tmp_path):
    path, _ = published
    digests = list(chained(lines(), first_digest(RULES)))
    again = tmp_path / "again.zip"
    write_published(again, RULES, PAPER, lines(), [Anchor(10, digests[9].hex(), 10)], "Read me.\n")
    assert again.read_bytes() == path.read_bytes()


def test_every_single_changed_byte_is_detected(published, tmp_path):
    path, _ = published
    whole = path.read_bytes()
    changed = tmp_path / "changed.zip"
    for place in range(len(whole)):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert not recount(changed).proven, place


def test_bytes_taken_away_or_put_in_anywhere_are_detected(published, tmp_path):
    path, _ = published
    whole = path.read_bytes()
    changed = tmp_path / "changed.zip"
    for place in range(0, len(whole) + 1, 7):
        for other in (
            whole[:place] + whole[place + 1 :],
            whole[:place] + b"\0" + whole[place:],
            whole[:place],
        ):
            if other != whole:
                changed.write_bytes(other)
                assert not recount(changed).proven, place


def test_a_file_sealed_anew_with_another_ballot_fails_at_the_digest_announced_before(published, tmp_path):
    path, _ = published
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(path) as archive:
        anchors = archive.read("anchors.csv").decode().splitlines()[1].split(",")
    other = lines(seed=2)
    write_published(forged, RULES, PAPER, other, [Anchor(10, anchors[1], 10)], "Read me.\n")
    assert [str(problem) for problem in recount(forged).problems] == [
        "log.csv: the log does not pass through the digests published while the vote ran: line 10."
    ]
    seal = recount(path).seal
    write_published(forged, RULES, PAPER, other, [], "Read me.\n")
    assert recount(forged).proven
    assert recount(path, expected=f"sha256:{seal}").proven
    assert not recount(forged, expected=seal).proven


def test_a_result_that_is_not_the_ballots_is_named(published, tmp_path):
    path, _ = published
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(forged, "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "result.json":
                content = content.replace(b'"counted": ', b'"counted": 1')
            other.writestr(name, content)
    assert [problem.message for problem in recount(forged).problems] == [
        "the file was changed: its seal does not fit its bytes.",
        "result.json was changed.",
        "the result is not the one the ballots give.",
    ]


def test_each_voter_finds_the_own_receipt_and_no_other(published):
    path, _ = published
    assert recount(path, receipts=["CODE-7", "code40", "nobody"]).receipts == {"CODE-7": 7, "code40": 40}


def test_a_file_of_another_kind_is_not_proven(tmp_path):
    path = tmp_path / "other.zip"
    path.write_bytes(b"hello")
    assert not recount(path).proven
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("digests.json", json.dumps([]))
    assert not recount(path).proven


def test_a_file_that_is_not_there_is_bad_input(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        recount(tmp_path / "none.zip")


def test_a_line_that_could_be_read_in_two_ways_is_never_written():
    with pytest.raises(ValueError, match="nominee “a,1”"):
        LogLine(1, "cast", "v", "A", "a,1", 1).encoded()


def test_a_voters_tags_cannot_be_put_together_unless_the_rules_need_it():
    key = b"secret"
    assert voter_tag(key, "7", "A", RULES) != voter_tag(key, "7", "B", RULES)
    every = replace(RULES, ballot="all-categories")
    assert voter_tag(key, "7", "A", every) == voter_tag(key, "7", "B", every)
    assert voter_tag(b"other", "7", "A", RULES) != voter_tag(key, "7", "A", RULES)
