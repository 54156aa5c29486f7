"""The tally."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from actionlines.prizes import Ballot, Category, Phase, Rules, load_rules, tally
from actionlines.prizes.tally import Nominee, Standing

TWO = Rules(2026, "test", (Category("A"), Category("B")), champions=1)
ALL = replace(TWO, ballot="all-categories")
PAPER = [Nominee("a1", "A"), Nominee("a2", "A"), Nominee("b1", "B"), Nominee("b2", "B")]


def log(*lines):
    """Ballots of (kind, voter, nominee) or of (kind, number)."""
    made = []
    for number, (kind, *rest) in enumerate(lines, 1):
        if kind in {"invalidate", "restore"}:
            made.append(Ballot(number, kind, "", "", "", 0, rest[0]))
        else:
            made.append(Ballot(number, kind, rest[0], rest[1][0].upper(), rest[1], number))
    return made


def votes(result):
    return {
        standing.nominee: standing.votes for category in result.categories for standing in category.standings
    }


def test_the_last_choice_of_a_voter_counts():
    result = tally(log(("cast", "v", "a1"), ("cast", "v", "a2")), TWO, PAPER)
    assert votes(result) == {"a1": 0, "a2": 1, "b1": 0, "b2": 0}
    assert (result.lines, result.counted) == (2, 1)


def test_a_withdrawn_choice_does_not_count():
    result = tally(log(("cast", "v", "a1"), ("withdraw", "v", "a1")), TWO, PAPER)
    assert (result.counted, result.voters) == (0, 0)


def test_tally_counts_only_complete_ballots_in_2013_rules():
    cast = log(("cast", "full", "a1"), ("cast", "full", "b1"), ("cast", "half", "a2"))
    assert votes(tally(cast, ALL, PAPER)) == {"a1": 1, "a2": 0, "b1": 1, "b2": 0}
    assert tally(cast, ALL, PAPER).void == 1
    assert votes(tally(cast, TWO, PAPER)) == {"a1": 1, "a2": 1, "b1": 1, "b2": 0}


def test_a_category_without_nominees_need_not_be_filled():
    cast = log(("cast", "v", "a1"))
    assert tally(cast, ALL, PAPER[:2]).counted == 1


def test_the_same_log_counts_differently_under_the_rules_of_2013_and_2026():
    paper = [Nominee(f"{category.code}-1", category.code) for category in load_rules("2013").categories]
    cast = [
        Ballot(i, "cast", "v", nominee.category, nominee.id, i) for i, nominee in enumerate(paper[:17], 1)
    ]
    assert tally(cast, load_rules("2013"), paper).counted == 0
    assert tally(cast, load_rules("2026"), paper).counted == 17
    cast.append(Ballot(18, "cast", "v", paper[17].category, paper[17].id, 18))
    assert tally(cast, load_rules("2013"), paper).counted == 18


def test_2013_has_votes_and_no_champions_while_2017_has_both():
    paper = [Nominee(f"{category.code}-1", category.code) for category in load_rules("2017").categories]
    at = int(datetime(2017, 4, 1, tzinfo=UTC).timestamp())
    cast = [Ballot(i, "cast", "v", nominee.category, nominee.id, at) for i, nominee in enumerate(paper, 1)]
    for edition, champion in (("2013", False), ("2017", True)):
        first = tally(cast, load_rules(edition), paper).categories[0].standings[0]
        assert first == Standing("C1-1", 1, 1, champion)


def test_an_invalid_choice_does_not_count_until_it_is_restored():
    cast = [("cast", "v", "a1"), ("invalidate", 1)]
    assert (tally(log(*cast), TWO, PAPER).counted, tally(log(*cast), TWO, PAPER).invalid) == (0, 1)
    assert tally(log(*cast, ("restore", 1)), TWO, PAPER).counted == 1


def test_an_invalid_choice_makes_the_whole_ballot_void_where_all_categories_are_asked():
    result = tally(log(("cast", "v", "a1"), ("cast", "v", "b1"), ("invalidate", 1)), ALL, PAPER)
    assert (result.counted, result.void, result.invalid) == (0, 1, 1)


def test_a_choice_changed_after_it_was_declared_invalid_counts():
    result = tally(log(("cast", "v", "a1"), ("invalidate", 1), ("cast", "v", "a2")), TWO, PAPER)
    assert votes(result)["a2"] == 1


def test_a_line_at_the_second_of_closing_is_outside():
    phase = Phase("vote", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))
    end = int(phase.ends.timestamp())
    lines = [Ballot(1, "cast", "u", "A", "a1", end - 1), Ballot(2, "cast", "v", "A", "a1", end)]
    result = tally(lines, replace(TWO, phases=(phase,)), PAPER)
    assert (result.counted, result.outside) == (1, 1)


def test_a_forged_category_or_nominee_is_outside():
    lines = [Ballot(1, "cast", "u", "B", "a1", 1), Ballot(2, "cast", "u", "A", "zz", 1)]
    assert tally(lines, TWO, PAPER).outside == 2


def test_equal_votes_at_the_last_place_are_all_champions_when_shared():
    result = tally(log(("cast", "u", "a1"), ("cast", "v", "a2")), TWO, PAPER).categories[0]
    assert result.standings == (Standing("a1", 1, 1, True), Standing("a2", 1, 1, True))
    assert result.tied


def test_a_tie_goes_to_the_better_review_or_to_the_earlier_submission():
    paper = [Nominee("a1", "A", score=1.0, submitted_at=5), Nominee("a2", "A", score=2.0, submitted_at=9)]
    cast = log(("cast", "u", "a1"), ("cast", "v", "a2"))
    for tie_break, first in (("review-score", "a2"), ("earlier-submission", "a1")):
        result = tally(cast, replace(TWO, tie_break=tie_break), paper).categories[0]
        assert [standing.nominee for standing in result.standings if standing.champion] == [first]
        assert result.tied


def test_nobody_becomes_a_champion_without_a_vote():
    result = tally([], replace(TWO, champions=5), PAPER)
    assert [standing.champion for category in result.categories for standing in category.standings] == [
        False
    ] * 4


def test_with_several_votes_each_nominee_counts_once_for_a_voter():
    rules = replace(TWO, votes=2)
    result = tally(log(("cast", "v", "a1"), ("cast", "v", "a1"), ("cast", "v", "a2")), rules, PAPER)
    assert votes(result) == {"a1": 1, "a2": 1, "b1": 0, "b2": 0}


LINES = st.lists(
    st.tuples(
        st.sampled_from(["cast", "withdraw"]),
        st.sampled_from("uvwxyz"),
        st.sampled_from(["a1", "a2", "b1", "b2"]),
    ),
    max_size=40,
)


@given(LINES)
def test_votes_counted_void_and_invalid_add_up_to_the_choices_that_stand(lines):
    for rules in (TWO, ALL):
        result = tally(log(*lines), rules, PAPER)
        stands = {}
        for kind, voter, nominee in lines:
            if kind == "cast":
                stands[voter, nominee[0]] = nominee
            else:
                stands.pop((voter, nominee[0]), None)
        assert result.counted + result.void + result.invalid == len(stands)
        assert sum(votes(result).values()) == result.counted


@given(LINES)
def test_counting_all_categories_never_counts_more_than_counting_each(lines):
    assert tally(log(*lines), ALL, PAPER).counted <= tally(log(*lines), TWO, PAPER).counted
