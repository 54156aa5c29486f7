"""The page: whole in itself, safe, readable by ear."""

import itertools
import re

import pytest
from lxml import html

from actionlines.reports import build, render
from actionlines.text import LANGUAGES
from library.reports.cases import ENTRIES, LINKS, TODAY


def page(report, **options):
    return html.document_fromstring(render(report, "html", **options).decode())


@pytest.fixture(scope="module")
def english(reports):
    return page(reports())


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_its_language_and_direction(reports, language):
    root = page(reports(language))
    assert root.get("lang") == language
    assert root.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert root.findtext(".//title") == reports(language).title


def test_every_number_names_its_figure_and_shows_its_value(english, reports):
    numbers = english.xpath("//*[@data-figure]")
    assert len(numbers) > 400
    for number in numbers:
        value = reports().figures[number.get("data-figure")].value
        assert number.text_content() == (str(value) if value else "–")


def test_every_table_has_a_caption_and_heads_with_scope(english):
    tables = english.findall(".//table")
    assert len(tables) >= 10
    for table in tables:
        assert table.findtext("caption")
        assert {cell.get("scope") for cell in table.findall("./thead//th")} == {"col"}
        assert {cell.get("scope") for cell in table.findall("./tbody//th")} == {"row"}
        assert len({len(row) for row in table.findall(".//tr")}) == 1


def test_every_chart_is_named_and_described(english):
    charts = [element for element in english.iter() if element.tag == "svg"]
    assert len(charts) == 4
    for chart in charts:
        assert chart.get("role") == "img"
        assert [part for part in chart.iterdescendants() if part.get("role")] == []
        named, described = chart.get("aria-labelledby").split()
        assert english.get_element_by_id(named).text_content().startswith("Figure")
        assert "table that follows" in english.get_element_by_id(described).text_content()


def test_identifiers_are_unique(english):
    identifiers = english.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_contents_point_to_sections(english):
    targets = [link.get("href").removeprefix("#") for link in english.findall(".//nav//a")]
    assert targets[:2] == ["summary", "matrix"]
    for target in targets:
        assert english.get_element_by_id(target).tag == "section"


def test_headings_descend_without_a_gap(english):
    levels = [int(element.tag[1]) for element in english.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_text_of_an_entry_is_never_markup(english):
    assert english.findall(".//script") == []
    article = next(a for a in english.iter("article") if "Bold" in a.text_content())
    assert article.findtext("h4") == ENTRIES[5].title
    assert article.findall(".//b")[0].text == "Action lines"
    assert "[link]" in article.text_content()
    assert "\x0b" not in article.text_content()


def test_only_web_addresses_become_links(english):
    addresses = english.xpath("//article//a/@href")
    assert set(addresses) == {"https://example.org/a1"}


def test_nothing_is_loaded_from_elsewhere(reports):
    text = render(reports(), "html").decode()
    assert re.findall(r"(?:src|srcset|data)=", text) == []
    assert re.findall(r"url\((?!#)|@import|<link", text) == []


def test_entry_keeps_its_language_and_direction(english):
    headings = {element.text: element for element in english.findall(".//article/h4")}
    assert (headings["مكتبة رقمية"].get("lang"), headings["مكتبة رقمية"].get("dir")) == ("ar", "rtl")
    assert (headings["Азбука"].get("lang"), headings["Азбука"].get("dir")) == ("ru", "ltr")
    assert headings["Of no country and no year"].get("dir") == "auto"


def test_numbers_link_to_the_entries_where_the_site_gives_its_address(reports):
    root = page(reports(), entries_address="/entries/")
    link = root.xpath("//a[@data-figure='cell.C2.9']")[0]
    assert link.get("href") == (
        "/entries/?line=C2&goal=9&basis=declared&basis=cited&basis=lexicon&probability_from=0.5"
    )
    assert link.get("title") == "Entries linked to C2 and to goal 9"
    assert root.xpath("//a[@data-figure='cell.C1.1']") == []  # nothing to show behind a zero


def test_notice_stands_on_demonstration_data_only(english):
    assert english.find_class("notice")[0].text.startswith("Demonstration data")
    plain = page(build(ENTRIES, LINKS, language="en", today=TODAY))
    assert plain.find_class("notice") == []
