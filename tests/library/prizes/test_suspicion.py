"""Signs for people to look at."""

from scipy.stats import poisson

from actionlines.prizes.suspicion import Vote, poisson_tail, signs


def calm(count=200):
    """Votes of many people on four nominees, one every hour."""
    return [
        Vote(i, f"v{i}", f"n{i % 4}", i * 3_600, f"d{i % 7}.example", f"m{i}") for i in range(1, count + 1)
    ]


def test_a_calm_vote_shows_nothing():
    assert signs(calm()) == []


def test_a_burst_of_one_nominee_is_shown_with_its_votes_and_what_is_usual():
    burst = [Vote(1_000 + i, f"w{i}", "n1", 7_200_000 + i, f"d{i % 7}.example") for i in range(30)]
    found = [sign for sign in signs([*calm(), *burst]) if sign.kind == "burst"]
    assert [(sign.about, sign.observed, sign.base_rate) for sign in found] == [("n1", 30, 0.25)]
    assert found[0].votes == tuple(range(1_000, 1_030))


def test_a_busy_hour_for_everybody_is_no_burst():
    busy = [Vote(1_000 + i, f"w{i}", f"n{i % 4}", 7_200_000 + i) for i in range(120)]
    assert [sign for sign in signs([*calm(), *busy]) if sign.kind == "burst"] == []


def test_a_domain_that_votes_for_one_nominee_is_shown():
    office = [Vote(1_000 + i, f"w{i}", "n2", 7_200_000 + i * 7_000, "office.example") for i in range(40)]
    found = [sign for sign in signs([*calm(), *office]) if sign.kind == "domain"]
    assert [(sign.about, sign.observed) for sign in found] == [("office.example → n2", 40)]
    assert found[0].base_rate == 1 / 8


def test_a_device_of_five_voters_is_shown_with_how_many_devices_have_as_many():
    shared = [Vote(1_000 + i, f"w{i}", "n0", 7_200_000 + i * 9_000, "", "library") for i in range(5)]
    found = [sign for sign in signs([*calm(), *shared]) if sign.kind == "device"]
    assert [(sign.about, sign.observed, sign.base_rate) for sign in found] == [("library", 5, 1 / 201)]


def test_the_same_choices_at_the_same_pace_by_five_voters_are_shown():
    robots = [
        Vote(1_000 + 3 * v + k, f"w{v}", f"n{k}", 7_200_000 + v * 5_000 + k * 4)
        for v in range(5)
        for k in range(3)
    ]
    found = [sign for sign in signs([*calm(), *robots]) if sign.kind == "sequence"]
    assert [(sign.about, sign.observed, sign.base_rate) for sign in found] == [("n0 n1 n2", 5, 1.0)]


def test_the_tail_is_that_of_the_poisson_distribution():
    for count, mean in ((0, 1.0), (1, 0.5), (5, 2.0), (30, 4.0), (3, 900.0), (1_000, 900.0)):
        assert (
            abs(poisson_tail(count, mean) - poisson.sf(count - 1, mean))
            <= 1e-9 * poisson.sf(count - 1, mean) + 1e-300
        )
    assert poisson_tail(3, 0.0) == 0.0
