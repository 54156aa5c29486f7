"""The filters and tags of the templates."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from actionlines.frameworks import catalogue
from actionlines.problems import Problem
from actionlines.text import Text
from actionlines_web.ui.templatetags import actionlines as tags


def bare(text: object) -> str:
    """Without the characters that only keep directions apart, and with plain spaces."""
    return "".join(" " if c in "\u00a0\u202f" else c for c in str(text) if not "\u2066" <= c <= "\u2069")


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", 7, "7"),
        ("en", 42_600_000, "42,600,000"),
        ("fr", 42_600_000, "42 600 000"),
        ("ar", 5_330_000, "5,330,000"),
        ("en", Decimal("42600000.000000"), "42,600,000"),
        ("fr", Decimal("96.200000"), "96,2"),
        ("en", Decimal("-67.8"), "-67.8"),
        ("en", None, ""),
    ],
)
def test_number_is_written_as_the_language_writes_it(language: str, value: object, shown: str) -> None:
    with override(language):
        assert bare(tags.number(value)) == shown


def test_number_is_kept_together_in_any_direction() -> None:
    assert tags.number(7) == "\u20667\u2069"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "24 November 2026"),
        ("fr", "24 novembre 2026"),
        ("ar", "24 نوفمبر 2026"),
        ("zh-hans", "2026年11月24日"),
    ],
)
def test_day_is_written_as_the_language_writes_it(language: str, shown: str) -> None:
    with override(language):
        assert bare(tags.day("2026-11-24")) == shown


def test_day_leaves_words_that_are_no_date() -> None:
    assert tags.day("before 2017") == "before 2017"


def test_moment_names_its_time_zone() -> None:
    with override("en"):
        assert bare(tags.moment(datetime(2026, 11, 24, 9, 5, tzinfo=UTC))) == "24 November 2026, 09:05 UTC"


def test_text_in_another_language_is_marked_with_it() -> None:
    with override("fr"):
        assert tags.text(Text({"en": "Media"})) == '<span lang="en" dir="ltr">Media</span>'
        assert tags.text(Text({"en": "Media", "fr": "Médias"})) == "Médias"


def test_text_of_another_language_is_escaped() -> None:
    with override("ar"):
        assert tags.in_language("<b>", "en") == '<span lang="en" dir="ltr">&lt;b&gt;</span>'


def test_excerpt_ends_at_a_word() -> None:
    assert tags.excerpt("one two three four", 14) == "one two three…"
    assert tags.excerpt("one two", 14) == "one two"


def test_excerpt_of_a_text_without_spaces_ends_at_its_length() -> None:
    assert tags.excerpt("中国移动推出大容量", 5) == "中国移动…"


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("//example.org", ""),
        ("https://", ""),
        ("http://[", ""),
    ],
)
def test_only_web_addresses_become_links(address: str, followed: str) -> None:
    assert tags.web_address(address) == followed


def test_problem_is_said_in_the_readers_language() -> None:
    problem = Problem("“%(value)s” is not a year.", {"value": "31/02/2018"}, column="year_from")
    with override("fr"):
        assert bare(tags.problem_message(problem)) == "« 31/02/2018 » n’est pas une année."


def test_values_of_a_problem_are_isolated_in_a_page_from_right_to_left() -> None:
    problem = Problem("“%(value)s” is not a year.", {"value": "31/02/2018"})
    with override("ar"):
        assert "\u206831/02/2018\u2069" in tags.problem_message(problem)


def test_problem_without_values_keeps_its_per_cent_sign() -> None:
    assert tags.problem_message(Problem("100 %% of it.")) == "100 % of it."


def test_every_kind_role_and_certainty_of_the_catalogue_has_a_word() -> None:
    known = catalogue()
    kinds = {node.kind for framework in known.frameworks.values() for node in framework.nodes}
    with override("fr"):
        assert {kind for kind in kinds if str(tags.kind_name(kind)) == kind} == set()
        assert {role.role for role in known.roles if str(tags.role_name(role.role)) == role.role} == set()
        assert {
            role.status for role in known.roles if str(tags.certainty(role.status)) == role.status
        } == set()


@pytest.mark.parametrize(("number", "shown"), [(1, "1 goal"), (17, "17 goals")])
def test_kinds_are_counted_in_words(number: int, shown: str) -> None:
    with override("en"):
        assert bare(tags.kind_count("goal", number)) == shown


def test_marked_text_escapes_and_merges() -> None:
    spans = [
        {"start": 0, "end": 3, "id": "evidence-1", "label": "9.c"},
        {"start": 1, "end": 2, "id": "evidence-2", "label": "4"},
    ]
    assert tags.marked_text("<a> & b", spans) == '<mark id="evidence-1" title="9.c">&lt;a&gt;</mark> &amp; b'


def test_text_of_unknown_language_finds_its_own_direction() -> None:
    with override("ar"):
        assert tags.in_language("A centre.", "") == "<bdi>A centre.</bdi>"


@pytest.mark.parametrize(("language", "written"), [("en", "1,000.50"), ("fr", "1\u202f000,50")])
def test_money_has_two_decimals_in_every_language(language: str, written: str) -> None:
    with override(language):
        assert tags.money(Decimal("1000.5")).strip("\u2066\u2069") == written
