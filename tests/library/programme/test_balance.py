"""A balanced choice of facilitators."""

import random

from actionlines.programme.balance import Nominee, choose, imbalance

PEOPLE = (
    Nominee("a", "AFR", "female", "government"),
    Nominee("b", "AFR", "male", "government"),
    Nominee("c", "EUR", "male", "civil-society"),
    Nominee("d", "ASP", "female", "private-sector"),
    Nominee("e", "EUR", "male", "government"),
    Nominee("f", "AMS", "male", "academia"),
)


def test_the_choice_spreads_regions_genders_and_types() -> None:
    found = choose(PEOPLE, 4)
    assert sorted(found.chosen) == ["a", "c", "d", "f"]
    # Four regions, two of each gender, four types.
    assert found.imbalance == 4 + 8 + 4


def test_the_order_of_nominees_changes_nothing() -> None:
    mixed = list(PEOPLE)
    random.Random(1).shuffle(mixed)
    assert choose(mixed, 3) == choose(PEOPLE, 3)


def test_no_other_choice_of_three_is_better() -> None:
    from itertools import combinations

    best = min(imbalance(group) for group in combinations(PEOPLE, 3))
    assert choose(PEOPLE, 3).imbalance == best


def test_those_kept_stay_and_more_seats_than_people_take_all() -> None:
    assert {"b", "e"} <= set(choose(PEOPLE, 3, {"b", "e"}).chosen)
    assert sorted(choose(PEOPLE, 9).chosen) == [item.key for item in PEOPLE]
    assert choose((), 3).chosen == ()


def test_what_is_not_known_balances_nothing() -> None:
    assert imbalance([Nominee("x"), Nominee("y")]) == 0
