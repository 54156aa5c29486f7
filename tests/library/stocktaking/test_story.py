"""The summary of a success story: its length, and no quotations in any language."""

import pytest

from actionlines.stocktaking.story import LEAST_CHARACTERS, MOST_CHARACTERS, quotations, summary_problems

PLAIN = "Forty clinics on nine islands now reach a doctor, and the islanders’ journeys have become shorter."


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (PLAIN, []),
        ("It “saved us” time", ["“saved us”"]),
        ('It "saved us" time', ['"saved us"']),
        ("Cela « nous aide » vraiment", ["« nous aide »"]),
        ("„Das hilft uns“ sagen sie", ["„Das hilft uns“"]),
        ("Он сказал: «спасибо», и „ещё”", ["«спасибо»", "„ещё”"]),
        ("قالوا «شكرا» لنا", ["«شكرا»"]),
        ("他们说：“谢谢”，又说「很好」", ["“谢谢”", "「很好」"]),
        ("遵循《信息社会世界峰会》的精神", []),
        ('a 5" screen', []),
        ("the villagers' and women's wells", []),
    ],
)
def test_quoted_passages_are_found(text: str, quoted: list[str]) -> None:
    assert list(quotations(text)) == quoted


def test_a_summary_in_ones_own_words_is_taken() -> None:
    assert summary_problems(PLAIN) == []


@pytest.mark.parametrize("length", [0, LEAST_CHARACTERS - 1, MOST_CHARACTERS + 1])
def test_a_length_out_of_bounds_is_named(length: int) -> None:
    (problem,) = summary_problems("x" * length)
    assert (problem.column, problem.values["number"]) == ("summary", length)


@pytest.mark.parametrize("length", [LEAST_CHARACTERS, MOST_CHARACTERS])
def test_a_length_at_the_bounds_is_taken(length: int) -> None:
    assert summary_problems("x" * length) == []


def test_each_quotation_is_named() -> None:
    problems = summary_problems(f"{PLAIN} “One” and «two»")
    assert [problem.values["quotation"] for problem in problems] == ["“One”", "«two»"]
