"""Each kind of check on figures made for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.measurement.checks import check, load_check_rules, read_statistics

RULES = {rule.name: rule for rule in load_check_rules()}
HEADER = ("economy", "year", "series", "value", "sex", "speed", "flag", "note", "vintage")


def statistics(*rows):
    """Rows of (series, year, value, and by name the other columns) for one economy."""
    made = []
    for number, (series, year, value, *more) in enumerate(rows, 2):
        other = more[0] if more else {}
        row = {"economy": "AAA", "year": str(year), "series": series, "value": str(value), **other}
        made.append((number, [row.get(column, "") for column in HEADER]))
    return read_statistics(HEADER, made, "f.csv")


def found(rule, *rows):
    checked = check(statistics(*rows), [RULES[rule]])
    return [finding.message for finding in checked.findings], checked.cases[rule]


def test_order_allows_rounding_and_names_both_values():
    assert found("3g-above-2g", ("IT_MOB_2GNTWK", 2020, 99.96), ("IT_MOB_3GNTWK", 2020, 100)) == ([], 1)
    assert found("3g-above-2g", ("IT_MOB_2GNTWK", 2020, 90), ("IT_MOB_3GNTWK", 2020, 95)) == (
        ["IT_MOB_3GNTWK is 95.0, above IT_MOB_2GNTWK, which is 90.0."],
        1,
    )


def test_order_looks_only_where_both_are_known():
    assert found("3g-above-2g", ("IT_MOB_2GNTWK", 2020, 90), ("IT_MOB_3GNTWK", 2021, 95)) == ([], 0)


def tiers(total, *parts):
    names = ("256KT2MBPS", "2MT10MBPS", "10MBPS")
    return [
        ("IT_NET_BBN", 2020, total),
        *(("IT_NET_BBN", 2020, part, {"speed": name}) for part, name in zip(parts, names, strict=True)),
    ]


def test_speed_tiers_below_the_total_are_a_warning_and_above_it_an_error():
    below = check(statistics(*tiers(1000, 100, 200, 690))).findings
    assert [(one.rule, one.severity) for one in below] == [("speed-tiers-differ", "warning")]
    above = check(statistics(*tiers(1000, 100, 200, 710))).findings
    assert [(one.rule, one.severity) for one in above] == [("speed-tiers-above-total", "error")]
    assert check(statistics(*tiers(1000, 100, 200, 700))).findings == ()


def test_parts_are_compared_only_when_all_are_there():
    rows = tiers(1000, 100, 200, 690)[:-1]
    assert found("speed-tiers-differ", *rows) == ([], 0)


def test_series_that_are_parts_of_another_add_up():
    rows = (("i271", 2020, 100), ("i271prepaid", 2020, 60), ("i271postpaid", 2020, 30))
    assert found("mobile-parts-differ", *rows) == (
        ["i271prepaid + i271postpaid add up to 90.0; i271 is 100.0."],
        1,
    )


def sexes(total, female, male, series="IT_MOB_OWN"):
    return (
        (series, 2020, total),
        (series, 2020, female, {"sex": "F"}),
        (series, 2020, male, {"sex": "male"}),
    )


def test_a_total_lies_between_the_sexes():
    assert found("total-outside-the-sexes", *sexes(50, 40, 60)) == ([], 1)
    assert found("total-outside-the-sexes", *sexes(61, 40, 60)) == (
        ["IT_MOB_OWN is 61.0 for all, outside 40.0 to 60.0 of its parts."],
        1,
    )


def test_a_count_is_no_mean_of_its_parts():
    assert found("total-outside-the-sexes", *sexes(100, 40, 60, "i112")) == ([], 0)


def test_populations_implied_by_two_counts_and_rates_agree():
    rows = (("i112", 2020, 10), ("i91", 2020, 10), ("i271", 2020, 50), ("i911", 2020, 49.6))
    assert found("population-differs", *rows) == ([], 1)
    rows = (*rows[:3], ("i911", 2020, 25))
    assert found("population-differs", *rows) == (
        ["i112 and i91 imply 100 inhabitants, i271 and i911 200."],
        1,
    )


@pytest.mark.parametrize(("value", "count"), [(100.05, 0), (100.06, 1), (-0.05, 0), (-0.06, 1), (50, 0)])
def test_shares_lie_between_0_and_100_with_room_for_rounding(value, count):
    assert len(found("share-out-of-range", ("IT_MOB_2GNTWK", 2020, value))[0]) == count


@pytest.mark.parametrize(("after", "count"), [(65, 0), (65.1, 1), (35, 0), (34.9, 1)])
def test_a_jump_in_points_is_more_than_15(after, count):
    assert len(found("jump-in-points", ("i99H", 2019, 50), ("i99H", 2020, after))[0]) == count


@pytest.mark.parametrize(("before", "after", "count"), [(10, 15, 0), (10, 15.1, 1), (5, 50, 0), (10, 4.9, 1)])
def test_a_jump_in_share_is_more_than_half_from_a_base_over_5(before, after, count):
    assert len(found("jump-in-share", ("i911", 2019, before), ("i911", 2020, after))[0]) == count


def test_years_apart_are_no_jump():
    assert found("jump-in-points", ("i99H", 2018, 10), ("i99H", 2020, 90)) == ([], 0)


def test_a_fall_and_a_value_carried_on_are_notes():
    assert found("fall-of-users", ("i99H", 2019, 50), ("i99H", 2020, 49)) == (
        ["i99H falls from 50.0 to 49.0."],
        1,
    )
    assert found("same-value-again", ("i99H", 2019, 50), ("i99H", 2020, 50)) == (
        ["i99H is 50.0 as the year before: measured again, or carried on?"],
        1,
    )


@pytest.mark.parametrize(
    ("value", "factor"), [(1_000, "10"), (10.5, "10"), (100_000, "1000"), (0.1, "1000"), (130, ""), (300, "")]
)
def test_a_slip_of_the_unit_is_named_with_its_factor(value, factor):
    rows = (("i112", 2019, 95), ("i112", 2020, value), ("i112", 2021, 105))
    messages, cases = found("unit-slip", *rows)
    assert cases == 1
    assert [message.rsplit(" ", 1)[1] for message in messages] == ([f"{factor}?"] if factor else [])


def test_neighbours_so_small_that_their_product_is_nothing_are_compared():
    assert found("unit-slip", ("i112", 2019, 1e-200), ("i112", 2020, 1e-200), ("i112", 2021, 1e-200)) == (
        [],
        1,
    )


def test_neighbours_that_disagree_say_nothing_of_a_slip():
    assert found("unit-slip", ("i112", 2019, 10), ("i112", 2020, 100), ("i112", 2021, 900)) == ([], 0)


def test_a_break_needs_a_note():
    rows = (("i112", 2020, 1, {"flag": "B"}), ("i91", 2020, 1, {"flag": "B", "note": "New frame."}))
    assert found("break-without-note", *rows) == (
        ["i112 is flagged as a break, and no note says what changed."],
        2,
    )


def test_a_value_far_from_its_peers_is_named_where_there_are_enough():
    rows = [(n, ["A" * 2 + chr(65 + n), "2020", "i99H", str(40 + n)]) for n in range(12)]
    header = HEADER[:4]
    rule = [RULES["far-from-peers"]]
    assert check(read_statistics(header, rows), rule).findings == ()
    far = [*rows, (99, ["ZZZ", "2020", "i99H", "0.1"])]
    messages = [one.message for one in check(read_statistics(header, far), rule).findings]
    assert messages == ["i99H is 0.1; half of 13 economies are below 45.0."]
    assert check(read_statistics(header, far[-11:]), rule).cases == {"far-from-peers": 0}


def test_a_revision_is_between_one_vintage_and_the_next():
    rows = (("i112", 2016, 100, {"vintage": "2019-06"}), ("i112", 2016, 105, {"vintage": "2020-06"}))
    expected = ["i112 was 100.0 in the vintage 2019-06 and is 105.0 in that of 2020-06."]
    assert found("revised", *rows) == (expected, 1)
    assert found("revised-much", *rows) == ([], 1)
    assert statistics(*rows).values["i112"]["AAA", ""][2016].number == 105


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["i99H", "IT_MOB_2GNTWK", "IT_MOB_3GNTWK", "i112"]),
            st.integers(2010, 2014),
            st.floats(-9, 200),
        ),
        max_size=30,
    )
)
def test_every_finding_stands_among_the_cases(rows):
    unique = {(series, year): (series, year, value) for series, year, value in rows}
    if not unique:
        return
    checked = check(statistics(*unique.values()))
    for rule, cases in checked.cases.items():
        assert sum(finding.rule == rule for finding in checked.findings) <= cases
