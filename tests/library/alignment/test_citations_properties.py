"""Whatever list or range of codes is written in a language's forms is read back, and nothing else."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment.citations import read_citations
from actionlines.frameworks import catalogue

SDG = catalogue().frameworks["sdg"]
GOALS = [node.code for node in SDG.of_kind("goal")]
TARGETS = [node.code for node in SDG.of_kind("target")]
INDICATORS = [node.code for node in SDG.of_kind("indicator")]
LINES = [f"C{number}" for number in range(1, 12)]
OUTCOMES = [node.code for node in catalogue().frameworks["itu-d-2020"].of_kind("outcome")]

# Comma, word for "and" before the last member, word or sign for "to".
JOINTS = {
    "en": (", ", " and ", (" to ", "-", "–", " through ")),
    "fr": (", ", " et ", (" à ", "-", " au ")),
    "es": (", ", " y ", (" a ", "-", " al ")),
    "ru": (", ", " и ", (" по ", "–", " до ")),
    "zh": ("、", "和", ("至", "到", "-")),
    "ar": ("، ", " و", (" إلى ", " حتى ")),
}
GOAL_FORMS = {
    "en": ("SDG {}", "SDGs {}", "Goals {}", "Sustainable Development Goals {}", "goals {} of the SDGs"),
    "fr": ("ODD {}", "objectifs {} des ODD", "Objectifs de développement durable {}"),
    "es": ("ODS {}", "objetivos {} de los ODS", "Objetivos de Desarrollo Sostenible {}"),
    "ru": ("ЦУР {}", "Цели {}", "цели {} в области устойчивого развития"),
    "zh": ("可持续发展目标{}",),
    "ar": ("أهداف التنمية المستدامة {}", "الأهداف {}"),
}
TARGET_FORMS = {
    "en": ("SDG targets {}", "SDG {}", "targets {} of the SDGs"),
    "fr": ("cibles {} des ODD", "ODD {}"),
    "es": ("metas {} de los ODS", "ODS {}"),
    "ru": ("задачи {} ЦУР", "ЦУР {}"),
    "zh": ("可持续发展目标具体目标{}", "可持续发展目标{}"),
    "ar": ("غايات أهداف التنمية المستدامة {}", "الغايات {}"),
}
INDICATOR_FORMS = {
    "en": ("SDG indicators {}", "indicators {}"),
    "fr": ("indicateurs {}",),
    "es": ("indicadores {}",),
    "ru": ("показатели {}",),
    "zh": ("指标{}",),
    "ar": ("المؤشرات {}",),
}
LINE_FORMS = {
    "en": ("WSIS action lines {}", "action lines {}", "WSIS ALs {}", "WSIS {}"),
    "fr": ("GO-SMSI {}", "grandes orientations {}", "GO\u2011SMSI\u00a0{}"),
    "es": ("líneas de acción {}", "CMSI {}"),
    "ru": ("направления деятельности {}", "линии действий {}"),
    "zh": ("行动方面{}", "信息社会世界峰会行动方针{}"),
    "ar": ("خطوط العمل {}",),
}
LANGUAGES = st.sampled_from(sorted(JOINTS))
DIGITS = {
    "Arabic-Indic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "Eastern Arabic-Indic": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "full-width": str.maketrans("0123456789", "０１２３４５６７８９"),
}
# Letters and signs without a word that means anything here, and without digits.
NOISE = st.text(st.sampled_from("xqzЖщ书ظ \n.,;()"), max_size=60)


def joined(members: list[str], language: str) -> str:
    comma, and_, _ = JOINTS[language]
    return and_.join((comma.join(members[:-1]), members[-1])) if len(members) > 1 else members[0]


@st.composite
def written(draw, codes: list[str], spelled=lambda code, _language: code, ranges: bool = True):
    """A list of single codes and ranges in one language: (language, text, codes in order)."""
    language = draw(LANGUAGES)
    members, expected = [], []
    for _ in range(draw(st.integers(1, 5))):
        first = draw(st.integers(0, len(codes) - 1))
        last = (
            draw(st.integers(first + 1, len(codes) - 1))
            if ranges and first < len(codes) - 1 and draw(st.booleans())
            else first
        )
        to = draw(st.sampled_from(JOINTS[language][2]))
        ends = [spelled(codes[place], language) for place in {first: None, last: None}]
        members.append(to.join(ends))
        expected += codes[first : last + 1]
    return language, joined(members, language), expected


def codes_in(text: str) -> list[str]:
    return [citation.code for citation in read_citations(text)]


def arabic(code: str, language: str) -> str:
    """A target or indicator as Arabic texts write it: '9-ج'."""
    return code.replace(".", "-").translate(str.maketrans("abcd", "أبجد")) if language == "ar" else code


@given(written(GOALS), st.data())
def test_every_list_of_goals_is_read_back(case, data):
    language, text, expected = case
    assert codes_in(data.draw(st.sampled_from(GOAL_FORMS[language])).format(text)) == expected


@given(written(TARGETS, arabic), st.data())
def test_every_list_of_targets_is_read_back(case, data):
    language, text, expected = case
    forms = (
        TARGET_FORMS[language] if language != "ar" else ("الغايات {}", "غايات {}  من أهداف التنمية المستدامة")
    )
    assert codes_in(data.draw(st.sampled_from(forms)).format(text)) == expected


@given(written(TARGETS), st.data())
def test_every_list_of_dotted_targets_is_read_back(case, data):
    language, text, expected = case
    assert codes_in(data.draw(st.sampled_from(TARGET_FORMS[language])).format(text)) == expected


@given(written(INDICATORS, arabic), st.data())
def test_every_list_of_indicators_is_read_back(case, data):
    language, text, expected = case
    assert codes_in(data.draw(st.sampled_from(INDICATOR_FORMS[language])).format(text)) == expected


@given(written(LINES), st.data())
def test_every_list_of_lines_is_read_back(case, data):
    language, text, expected = case
    assert codes_in(data.draw(st.sampled_from(LINE_FORMS[language])).format(text)) == expected


@given(written(LINES), st.data())
def test_letter_of_a_line_may_be_cyrillic_wide_or_arabic(case, data):
    language, text, expected = case
    letter = data.draw(st.sampled_from(["С", "Ｃ"] + (["جيم ", "جيم-"] if language == "ar" else [])))
    form = data.draw(st.sampled_from(LINE_FORMS[language]))
    assert codes_in(form.format(re.sub("C(?=[0-9])", letter, text))) == expected


@given(written(OUTCOMES))
def test_every_list_of_outcomes_is_read_back(case):
    _language, text, expected = case
    assert codes_in(text) == expected


CASES = st.one_of(
    *(
        written(codes).flatmap(
            lambda case, forms=forms: st.sampled_from(forms[case[0]]).map(
                lambda form: (form.format(case[1]), case[2])
            )
        )
        for codes, forms in (
            (GOALS, GOAL_FORMS),
            (TARGETS, TARGET_FORMS),
            (INDICATORS, INDICATOR_FORMS),
            (LINES, LINE_FORMS),
        )
    )
)


@given(CASES, st.sampled_from(sorted(DIGITS)))
def test_digits_of_every_script_give_the_same_citations(case, script):
    text, expected = case
    plain, other = read_citations(text), read_citations(text.translate(DIGITS[script]))
    assert [citation.code for citation in other] == expected
    assert [(c.start, c.end, c.mention) for c in other] == [(c.start, c.end, c.mention) for c in plain]


@given(CASES)
def test_places_are_slices_that_hold_the_digits_of_the_code_or_of_the_ends_of_its_range(case):
    text, _ = case
    citations = read_citations(text)
    for place in {(citation.start, citation.end) for citation in citations}:
        codes = [citation.code for citation in citations if (citation.start, citation.end) == place]
        assert all(
            citation.text == text[slice(*place)]
            for citation in citations
            if (citation.start, citation.end) == place
        )
        digits = re.findall(r"\d+", text[slice(*place)])
        ends = [
            number for code in dict.fromkeys((codes[0], codes[-1])) for number in re.findall(r"\d+", code)
        ]
        assert digits == ends


@given(CASES, NOISE, NOISE)
def test_citations_do_not_change_among_other_text(case, before, behind):
    text, expected = case
    start = len(before) + 2
    found = read_citations(f"{before}; {text}. {behind}")
    alone = read_citations(text)
    assert [citation.code for citation in found] == expected
    assert [(c.start - start, c.end - start) for c in found] == [(c.start, c.end) for c in alone]


@given(CASES)
def test_capitals_and_composed_accents_do_not_matter_for_words(case):
    text, expected = case
    assert codes_in(unicodedata.normalize("NFD", text)) == expected
    assert codes_in(unicodedata.normalize("NFC", text)) == expected


FRAGMENTS = [
    *[
        "SDG",
        "ODD",
        "ODS",
        "ЦУР",
        "目标",
        "可持续发展目标",
        "الهدف",
        "الغاية",
        "goal",
        "Goal",
        "target",
        "objectif",
        "задача",
        "indicator",
        "WSIS",
        "GO-SMSI",
        "action line",
    ],
    *[
        "C",
        "С",
        "Ｃ",
        "جيم",
        "D.",
        ".",
        ",",
        "، ",
        "、",
        "-",
        "–",
        " to ",
        " à ",
        " and ",
        " et ",
        " و",
        "(",
        ")",
        ":",
        "\n",
        "\t",
        " ",
        "%",
        " million",
        "e-health",
        "MDG",
        "c",
        "с",
        "ج",
        "أ",
    ],
    *["0", "1", "5", "7", "9", "11", "17", "18", "٩", "９", "2030", "1.5", "9.c", "D.1-1", "D.1.5", "C7"],
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_mixture_of_signs_gives_only_known_codes_in_their_places(text):
    found = read_citations(text)
    assert [citation.start for citation in found] == sorted(citation.start for citation in found)
    for citation in found:
        assert citation.code in catalogue().frameworks[citation.framework]
        assert text[citation.start : citation.end] == citation.text != ""
        assert citation.mention[0] <= citation.start < citation.end <= citation.mention[1] <= len(text)
        assert bool(citation.note) == citation.normalised


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=200))
def test_text_without_digits_has_no_citations(text):
    assert read_citations(text) == []


@pytest.mark.parametrize("number", [0, 18, 99, 100, 2030])
@pytest.mark.parametrize("language", sorted(GOAL_FORMS))
def test_numbers_that_are_no_goals_are_never_read(number, language):
    for form in GOAL_FORMS[language]:
        assert codes_in(form.format(number)) == []
