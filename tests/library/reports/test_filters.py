"""Which entries a report is about, and what is said where there are none."""

import pytest

from actionlines.problems import InputError
from actionlines.reports import Filters
from actionlines.reports.filters import near_names
from library.reports.cases import ENTRIES, TODAY


def ids(filters):
    return [entry.id for entry in filters.select(ENTRIES, on=TODAY)]


def said(filters, entries=ENTRIES):
    with pytest.raises(InputError) as caught:
        filters.select(entries, on=TODAY)
    return [str(problem) for problem in caught.value.problems]


def test_no_filter_keeps_every_entry_in_order():
    assert ids(Filters()) == [entry.id for entry in ENTRIES]


def test_years_are_included_at_both_ends_and_leave_out_entries_without_one():
    assert ids(Filters(2019, 2020)) == ["a2", "a3", "a6", "a8"]
    assert ids(Filters(year_to=2018)) == ["a1"]
    assert ids(Filters(year_from=2022)) == ["a9"]


def test_region_ignores_case_and_leaves_out_entries_without_country():
    assert ids(Filters(region="afr")) == ["a1", "a2", "a3"]


def test_organisation_ignores_case_and_accents():
    assert ids(Filters(organisation="MINISTERE DE LA SANTE")) == ["a3"]


def test_query_holds_only_what_restricts():
    assert Filters().query == {}
    assert Filters(2018, None, "afr", "ITU").query == {
        "year_from": 2018,
        "region": "AFR",
        "organisation": "ITU",
    }


def test_years_in_the_wrong_order_are_refused():
    assert said(Filters(2021, 2019)) == [
        "the first year 2021 lies after the last year 2019. Expected: a first year not after the last year."
    ]


def test_unknown_region_is_answered_with_the_known_ones():
    assert said(Filters(region="EUROPE")) == [
        "there is no region EUROPE. Expected: one of AFR, AMS, ARB, ASP, CIS, EUR."
    ]


def test_unknown_organisation_is_answered_with_near_names():
    assert said(Filters(organisation="China mobil")) == [
        (
            "no entry is of the organisation 'China mobil'. "
            "Expected: a name as it stands in the entries; near names: China Mobile."
        )
    ]


def test_organisation_like_no_other_gets_no_names():
    assert said(Filters(organisation="zzzz")) == [
        "no entry is of the organisation 'zzzz'. Expected: a name as it stands in the entries."
    ]


def test_all_faults_are_told_at_once():
    assert len(said(Filters(2021, 2019, "XXX", "zzzz"))) == 3


def test_nothing_left_says_how_many_there_were():
    assert said(Filters(2018, 2018, "ASP")) == [
        "none of the 9 entries passes the filter (year_from 2018, year_to 2018, region ASP). Expected: a wider filter."
    ]


def test_no_entries_at_all_are_refused():
    assert said(Filters(), ()) == ["there are no entries to report on. Expected: at least one entry."]


def test_near_names_put_those_that_hold_the_words_first():
    names = {"Ministry of Health", "Ministry of Wealth", "Health for All", "Bank"}
    assert near_names("health", names) == ["Health for All", "Ministry of Health"]
    assert near_names("Ministry of Helth", names)[0] == "Ministry of Health"
