from datetime import date
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.frameworks import area, areas, find_area, group_names, region_names
from actionlines.text import LANGUAGES

DAY = date(2026, 11, 24)


def members(group: str, day: date) -> set[str]:
    return {one.iso3 for one in areas() if group in (one.region(day), *one.groups(day))}


def test_there_are_249_economies_sorted_by_code():
    found = [one.iso3 for one in areas()]
    assert (len(found), found) == (249, sorted(found))


def test_codes_are_text_of_the_right_shape_and_unique():
    assert [one for one in areas() if not (one.m49.isdigit() and len(one.m49) == 3)] == []
    for codes in ([one.iso2 for one in areas()], [one.m49 for one in areas()]):
        assert len(set(codes)) == 249
    assert (area("AFG").iso2, area("AFG").m49) == ("AF", "004")


def test_every_economy_has_a_name_in_six_languages():
    assert [one.iso3 for one in areas() if set(one.names) != set(LANGUAGES)] == []
    assert {code: area("CIV").names.get(code) for code in ("en", "fr", "es", "zh")} == {
        "en": "Côte d’Ivoire",
        "fr": "Côte d’Ivoire",
        "es": "Côte d’Ivoire",
        "zh": "科特迪瓦",
    }


def test_unknown_code_is_a_key_error():
    with pytest.raises(KeyError):
        area("XXX")


@pytest.mark.parametrize(
    ("region", "count"), [("AFR", 44), ("AMS", 35), ("ARB", 22), ("ASP", 39), ("CIS", 9), ("EUR", 46)]
)
def test_regions_have_their_members_today(region, count):
    assert len(members(region, DAY)) == count


def test_cis_had_twelve_members_before_three_moved_to_europe():
    moved = {"GEO", "MDA", "UKR"}
    assert members("CIS", date(2012, 1, 1)) - members("CIS", DAY) == moved
    assert members("EUR", DAY) - members("EUR", date(2012, 1, 1)) == moved
    assert len(members("CIS", date(2012, 1, 1))) == 12


@pytest.mark.parametrize(("day", "region"), [(date(2019, 12, 31), "CIS"), (date(2020, 1, 1), "EUR")])
@pytest.mark.parametrize("iso3", ["GEO", "MDA", "UKR"])
def test_moved_economies_change_region_overnight(iso3, day, region):
    assert area(iso3).region(day) == region


def test_territory_has_no_region():
    assert area("GRL").region(DAY) == ""


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2017, 6, 3), 48),
        (date(2017, 6, 4), 47),
        (date(2018, 3, 1), 47),
        (date(2021, 1, 1), 46),
        (date(2024, 12, 12), 45),
        (date(2024, 12, 13), 44),
    ],
)
def test_number_of_ldcs_follows_the_calendar(day, count):
    assert len(members("LDC", day)) == count


@pytest.mark.parametrize(
    ("iso3", "last", "first_out"),
    [
        ("GNQ", date(2017, 6, 3), date(2017, 6, 4)),
        ("VUT", date(2020, 12, 3), date(2020, 12, 4)),
        ("BTN", date(2023, 12, 12), date(2023, 12, 13)),
        ("STP", date(2024, 12, 12), date(2024, 12, 13)),
    ],
)
def test_graduated_economies_leave_on_their_day(iso3, last, first_out):
    assert ("LDC" in area(iso3).groups(last), "LDC" in area(iso3).groups(first_out)) == (True, False)


def test_south_sudan_is_no_ldc_before_it_joined():
    assert (
        "LDC" in area("SSD").groups(date(2011, 12, 31)),
        "LDC" in area("SSD").groups(date(2012, 12, 31)),
    ) == (
        False,
        True,
    )


def test_scheduled_graduations_of_2026_stay_open_and_to_confirm():
    uncertain = {one.iso3: [m.end for m in one.memberships if m.status == "to confirm"] for one in areas()}
    assert {iso3: ends for iso3, ends in uncertain.items() if ends} == {
        "BGD": [None],
        "LAO": [None],
        "NPL": [None],
    }


def test_lldc_and_sids_have_32_and_53_members():
    assert (len(members("LLDC", DAY)), len(members("SIDS", DAY))) == (32, 53)


def test_groups_come_sorted():
    assert area("TUV").groups(DAY) == ("LDC", "SIDS")
    assert area("NPL").groups(DAY) == ("LDC", "LLDC")
    assert area("FRA").groups(DAY) == ()


def test_no_economy_is_in_two_regions_on_one_day():
    days = [date(year, month, 1) for year in range(2003, 2027) for month in (1, 7)]
    regions = set(region_names())
    twice = [
        (one.iso3, day)
        for one in areas()
        for day in days
        if sum(m.group in regions and m.holds_on(day) for m in one.memberships) > 1
    ]
    assert twice == []


def test_every_membership_has_a_source():
    assert [(one.iso3, m.group) for one in areas() for m in one.memberships if not m.source] == []


def test_region_and_group_names_stand_in_six_languages_and_order():
    assert list(region_names()) == ["AFR", "AMS", "ARB", "ASP", "CIS", "EUR"]
    assert list(group_names()) == ["LDC", "LLDC", "SIDS"]
    assert [
        code for code, text in (region_names() | group_names()).items() if set(text) != set(LANGUAGES)
    ] == []


@pytest.mark.parametrize(
    ("said", "iso3"),
    [
        ("NA", "NAM"),
        ("na", "NAM"),
        ("516", "NAM"),
        ("004", "AFG"),
        ("4", "AFG"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("COTE D'IVOIRE", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Turquie", "TUR"),
        ("DR Congo", "COD"),
        ("Dem. Rep. of the Congo", "COD"),
        ("Democratic Republic of the Congo", "COD"),
        ("République démocratique du Congo", "COD"),
        ("Congo", "COG"),
        ("Republic of Korea", "KOR"),
        ("Korea, Rep.", "KOR"),
        ("South Korea", "KOR"),
        ("Dem. People's Rep. of Korea", "PRK"),
        ("Lao P.D.R.", "LAO"),
        ("Laos", "LAO"),
        ("Viet Nam", "VNM"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Venezuela, RB", "VEN"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Tanzania", "TZA"),
        ("United Republic of Tanzania", "TZA"),
        ("Cape Verde", "CPV"),
        ("Swaziland", "SWZ"),
        ("Burma", "MMR"),
        ("Czech Republic", "CZE"),
        ("The Gambia", "GMB"),
        ("Micronesia", "FSM"),
        ("State of Palestine", "PSE"),
        ("Hong Kong", "HKG"),
        ("USA", "USA"),
        ("United States of America", "USA"),
        ("UK", "GBR"),
        ("United Kingdom", "GBR"),
        ("UAE", "ARE"),
        ("Russian Federation", "RUS"),
        ("Россия", "RUS"),
        ("Российская Федерация", "RUS"),
        ("مصر", "EGY"),
        ("الكاميرون", "CMR"),
        ("中国", "CHN"),
        ("  kenya ", "KEN"),
        ("Etats-Unis", "USA"),
        ("North Macedonia", "MKD"),
        ("Saint Vincent & the Grenadines", "VCT"),
        ("St. Vincent and the Grenadines", "VCT"),
        ("Virgin Islands (US)", "VIR"),
        ("Sao Tome and Principe", "STP"),
    ],
)
def test_find_area_knows_what_people_write(said, iso3):
    found = find_area(said)
    assert found is not None
    assert found.iso3 == iso3


@pytest.mark.parametrize("said", ["", " ", "Atlantis", "Korea", "NaN", "00", "9999", "Africa", "—"])
def test_find_area_does_not_guess(said):
    assert find_area(said) is None


@given(st.sampled_from(areas()), st.sampled_from(LANGUAGES))
def test_every_name_and_code_leads_back_to_its_economy(one, language):
    assert {find_area(said) for said in (one.iso2, one.iso3, one.m49, one.names.get(language).upper())} == {
        one
    }


def test_no_two_economies_share_a_name():
    for language in LANGUAGES:
        names = sorted(one.names.get(language) for one in areas())
        assert [name for name, group in groupby(names) if len(list(group)) > 1] == []
