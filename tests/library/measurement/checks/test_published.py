"""The checks on published files: the counts stated for them are found again."""

from collections import Counter

import pytest

from actionlines.formats.tabular import read_table
from actionlines.measurement.checks import check, read_statistics
from shared import SHARED, needs_shared

pytestmark = needs_shared


def counts(name):
    table = read_table(SHARED / "data" / "ict" / name)
    statistics = read_statistics(table.columns, ((row.number, row.cells) for row in table.rows), name)
    assert statistics.problems == []
    checked = check(statistics)
    found = Counter((finding.rule, next(iter(finding.values)).split()[0]) for finding in checked.findings)
    return checked.cases, found


def test_the_counts_of_the_itu_file_of_june_2019():
    cases, found = counts("itu_wti_2000_2018_jun2019.csv")
    assert (found["jump-in-points", "i99H"], cases["jump-in-points"]) == (52, 3531)
    assert (found["fall-of-users", "i99H"], cases["fall-of-users"]) == (161, 3531)
    assert (found["population-differs", "i112"], cases["population-differs"]) == (0, 6976)
    assert [found["jump-in-share", series] for series in ("i911", "i992b", "i91")] == [299, 72, 16]
    assert cases["jump-in-share"] == 3694 + 2981 + 3785
    assert [found["same-value-again", series] for series in ("i99H", "i911", "i91")] == [27, 52, 33]
    assert (found["unit-slip", "i992b"], cases["unit-slip"]) == (0, 18_875)
    assert sum(count for (rule, _), count in found.items() if rule == "far-from-peers") == 72


def test_the_counts_of_the_sdg_database_of_october_2020():
    cases, found = counts("sdg_ict_series_2020-10.csv")
    assert (found["3g-above-2g", "IT_MOB_2GNTWK"], cases["3g-above-2g"]) == (5, 1546)
    assert (found["4g-above-3g", "IT_MOB_3GNTWK"], cases["4g-above-3g"]) == (7, 1181)
    differ, above = found["speed-tiers-differ", "i4213tfbb"], found["speed-tiers-above-total", "i4213tfbb"]
    assert (differ + above, above, cases["speed-tiers-differ"]) == (406, 40, 1055)
    assert (
        found["total-outside-the-sexes", "IT_MOB_OWN"],
        found["total-outside-the-sexes", "SE_ADT_ACTS"],
    ) == (
        3,
        60,
    )
    assert cases["total-outside-the-sexes"] == 184 + 1437
    assert (found["share-out-of-range", "IT_MOB_OWN"], found["share-out-of-range", "IT_MOB_2GNTWK"]) == (4, 2)
    assert (found["unit-slip", "i992b"], cases["unit-slip"]) == (1, 14_948)


def test_the_counts_of_the_index_of_2025():
    import csv

    with (SHARED / "data" / "ict" / "idi_new_inputs_2023_2025.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        header, *rows = csv.reader(file)
    chosen = [(number, row) for number, row in enumerate(rows, 2) if row[0] == "2025"]
    checked = check(read_statistics(header, chosen, "idi"))
    found = Counter(finding.rule for finding in checked.findings)
    assert (found["users-above-phone-owners"], checked.cases["users-above-phone-owners"]) == (13, 158)
    assert (found["mobile-traffic-above-fixed"], checked.cases["mobile-traffic-above-fixed"]) == (6, 124)


@pytest.mark.parametrize("economy", ["PRT", "DNK", "PYF", "ABW"])
def test_4g_above_3g_names_the_economies_known_for_it(economy):
    table = read_table(SHARED / "data" / "ict" / "sdg_ict_series_2020-10.csv")
    found = check(
        read_statistics(table.columns, ((row.number, row.cells) for row in table.rows), "sdg")
    ).findings
    assert economy in {finding.economy for finding in found if finding.rule == "4g-above-3g"}
