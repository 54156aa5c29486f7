"""Forms in which people cite, and what looks like a citation and is none."""

import json

import pytest

from actionlines.alignment.citations import Citation, read_citations
from shared import SHARED, SOURCE_DOCUMENT, needs_shared

GOALS = [str(number) for number in range(1, 18)]
LINES = [f"C{number}" for number in range(1, 12)]


def keys(text: str) -> list[str]:
    """What is cited, as 'sdg:9.c'; every citation is a slice of the text within its mention."""
    found = read_citations(text)
    for citation in found:
        assert text[citation.start : citation.end] == citation.text
        assert citation.mention[0] <= citation.start < citation.end <= citation.mention[1] <= len(text)
    return [f"{citation.framework}:{citation.code}" for citation in found]


def sdg(*codes: str) -> list[str]:
    return [f"sdg:{code}" for code in codes]


def wsis(*codes: str) -> list[str]:
    return [f"wsis:{code}" for code in codes]


def plan(*codes: str) -> list[str]:
    return [f"itu-d-2020:{code}" for code in codes]


GOAL_FORMS = {
    # English
    "SDG 9": ["9"],
    "SDG9": ["9"],
    "#SDG9": ["9"],
    "SDG-9": ["9"],
    "sdg_9": ["9"],
    "SDG #9": ["9"],
    "SDG No. 9": ["9"],
    "SDG 09": ["9"],
    "**SDG** 9": ["9"],
    "SDG 16+": ["16"],
    "SDGs 4-5": ["4", "5"],
    "SDGs 4, 5 and 9": ["4", "5", "9"],
    "SDGs 1,3,5": ["1", "3", "5"],
    "SDG 9/17": ["9", "17"],
    "SDGs 1 through 17": GOALS,
    "SDGs: 4, 5 and 9": ["4", "5", "9"],
    "SDGs (4, 5, 9)": ["4", "5", "9"],
    "SDG 4 and SDG 5": ["4", "5"],
    "SDG\n9 of the Agenda": ["9"],
    "Goal 9": ["9"],
    "SDG Goal 9": ["9"],
    "Sustainable Development Goals (SDGs) 4 and 5": ["4", "5"],
    "goal 13 of the Sustainable Development Goals": ["13"],
    "SDGs 8 (decent work and growth), 10 (reduced inequalities) and 17": ["8", "10", "17"],
    # French
    "ODD 9": ["9"],
    "l'ODD 9": ["9"],
    "ODD n° 9": ["9"],
    "ODD\u00a0: 1 et 3": ["1", "3"],
    "ODD 1 à 17": GOALS,
    "ODD de 1 à 17": GOALS,
    "objectifs 1, 3 et 5 des ODD": ["1", "3", "5"],
    "Objectifs de développement durable 1, 3 et 5": ["1", "3", "5"],
    "l’Objectif 4 de développement durable": ["4"],
    "objectif de de\u0301veloppement durable 4": ["4"],
    # Spanish
    "ODS 9": ["9"],
    "ODS 4, 5 y 9": ["4", "5", "9"],
    "Objetivo de Desarrollo Sostenible 5 (ODS5)": ["5", "5"],
    "Objetivo 9 de Desarrollo Sostenible": ["9"],
    "los objetivos 1 a 3 de los ODS": ["1", "2", "3"],
    # Russian
    "ЦУР 9": ["9"],
    "ЦУР № 9": ["9"],
    "ЦУР 4–6": ["4", "5", "6"],
    "ЦУР с 1 по 17": GOALS,
    "Цель 9": ["9"],
    "Цели 4, 5 и 9": ["4", "5", "9"],
    "цели 9 в области устойчивого развития": ["9"],
    # Chinese
    "可持续发展目标9": ["9"],
    "实现可持续发展目标4、5和9": ["4", "5", "9"],
    "可持续发展目标1至17": GOALS,
    "可持续发展目标（SDG）9": ["9"],
    # Arabic
    "الهدف 9": ["9"],
    "وبالهدف 9": ["9"],
    "الهدف رقم 9": ["9"],
    "الهدف \u20669\u2069": ["9"],
    "الهدفان 4 و9": ["4", "9"],
    "أهداف التنمية المستدامة 1 و3 و5": ["1", "3", "5"],
    "أهداف التنمية المستدامة 1، 3 و5": ["1", "3", "5"],
    "أهداف التنمية المستدامة من 1 إلى 17": GOALS,
    "أهداف التنمية المستدامة 1-17": GOALS,
    # digits and letters of other widths and scripts
    "الهدف ٩": ["9"],
    "أهداف التنمية المستدامة ١ و٣ و١٥": ["1", "3", "15"],
    "ＳＤＧ９": ["9"],
    "ODD ９": ["9"],
}

TARGET_FORMS = {
    "SDG target 17.8": ["17.8"],
    "SDG 9.c": ["9.c"],
    "SDG 9.C": ["9.c"],
    "target 9.c": ["9.c"],
    "Targets 4.1 to 4.4 and 9.c": ["4.1", "4.2", "4.3", "4.4", "9.c"],
    "targets 4.a-4.c": ["4.a", "4.b", "4.c"],
    "targets 17.01": ["17.1"],
    "Goal 4, Target 4.4": ["4", "4.4"],
    "SDG 9 (target 9.c), 17 (target 17.8)": ["9", "9.c", "17", "17.8"],
    "cible 9.c": ["9.c"],
    "cibles 9.1 et 9.c des ODD": ["9.1", "9.c"],
    "meta 9.c": ["9.c"],
    "Metas 4.4 y 9.c de los ODS": ["4.4", "9.c"],
    "задача 9.c": ["9.c"],
    "задача 9.с": ["9.c"],
    "задача 17.8 ЦУР": ["17.8"],
    "目标9.c": ["9.c"],
    "具体目标 9.c": ["9.c"],
    "具体目标９．ｃ": ["9.c"],
    "الغاية 9-ج": ["9.c"],
    "الغاية 9.ج": ["9.c"],
    "الغاية 9 (ج)": ["9.c"],
    "الغاية 17-8": ["17.8"],
    "الغاية ١٧-٨": ["17.8"],
    "الغايتان 9-1 و9-ج": ["9.1", "9.c"],
}

INDICATOR_FORMS = {
    "indicator 9.c.1": ["9.c.1"],
    "SDG indicators 17.8.1 and 4.4.1": ["17.8.1", "4.4.1"],
    "Indicator 4.1.1.a": ["4.1.1"],
    "SDG4.7.1": ["4.7.1"],
    "SDG targets/indicators 3.9.2, 6.1 and 6.2": ["3.9.2", "6.1", "6.2"],
    "indicateur 17.8.1": ["17.8.1"],
    "indicadores 17.8.1 y 9.c.1": ["17.8.1", "9.c.1"],
    "показатель 9.с.1": ["9.c.1"],
    "指标17.8.1": ["17.8.1"],
    "المؤشر 9-ج-1": ["9.c.1"],
}

LINE_FORMS = {
    "action line C5": ["C5"],
    "Action Line C5": ["C5"],
    "WSIS AL C2": ["C2"],
    "WSIS C2": ["C2"],
    "WSIS action lines C1 and C11": ["C1", "C11"],
    "action lines C1–11": LINES,
    "GO-SMSI C1 à C11": LINES,
    "GO\u2011SMSI\u00a0C2, C6 et C7": ["C2", "C6", "C7"],
    "de la GO-SMSI C5": ["C5"],
    "les GO C2 et C5": ["C2", "C5"],
    "grande orientation C2": ["C2"],
    "grandes orientations C1, C3, C4, C7 et C11": ["C1", "C3", "C4", "C7", "C11"],
    "grandes orientations (C1, C3 et C11) du SMSI": ["C1", "C3", "C11"],
    "lignes d’action du SMSI C2 et C5": ["C2", "C5"],
    "línea de acción C7": ["C7"],
    "linea de accion C7": ["C7"],
    "línea de acción de la CMSI C5": ["C5"],
    "линия действий C2": ["C2"],
    "линии действий С2 и С5": ["C2", "C5"],
    "направления деятельности С1–С3": ["C1", "C2", "C3"],
    "行动方面C2": ["C2"],
    "行动方针C2": ["C2"],
    "行动方面Ｃ２、Ｃ５和Ｃ６": ["C2", "C5", "C6"],
    "خط العمل C2": ["C2"],
    "خط العمل جيم 2": ["C2"],
    "خط العمل (جيم-2)": ["C2"],
    "خطوط العمل جيم 2 وجيم 5": ["C2", "C5"],
    "خطوط العمل C2 وC5 وC6": ["C2", "C5", "C6"],
    "خطوط عمل القمة C2": ["C2"],
    "C7 (e-health)": ["C7-HEA"],
    "C7 e-agriculture": ["C7-AGR"],
    "C7: Cybersanté": ["C7-HEA"],
    "C7-HEA": ["C7-HEA"],
    "C7 – ICT applications: e-government": ["C7-GOV"],
    "GO-SMSI C7: Déchets d'équipements électriques": ["C7"],
    "C7 (cyberscience, cyberapprentissage, cybergouvernement)": ["C7-SCI", "C7-LEA", "C7-GOV"],
    "GO-SMSI C5, C7 (cybersanté) et C8": ["C5", "C7-HEA", "C8"],
    "Línea de acción C7: cibersalud y ciberaprendizaje": ["C7-HEA", "C7-LEA"],
    "направление деятельности ВВУИО C7 (электронное здравоохранение)": ["C7-HEA"],
    "行动方面C7（电子卫生）": ["C7-HEA"],
    "خط العمل جيم 7 (الصحة الإلكترونية)": ["C7-HEA"],
    "WSIS Forum 2018. C2: ICT infrastructure": ["C2"],
}

PLAN_FORMS = {
    "D.1-1": ["D.1-1"],
    "D.1\u20112": ["D.1-2"],
    "D.1-1, D.1-2 and D.4-4": ["D.1-1", "D.1-2", "D.4-4"],
    "D.1-1 à D.1-5": ["D.1-1", "D.1-2", "D.1-3", "D.1-4", "D.1-5"],
    "objectif D.1": ["D.1"],
    "Objectives D.1 to D.3": ["D.1", "D.2", "D.3"],
    "D.1 Coordination, with D.1-1": ["D.1", "D.1-1"],
}

FORMS = [
    *(
        (form, sdg(*codes))
        for forms in (GOAL_FORMS, TARGET_FORMS, INDICATOR_FORMS)
        for form, codes in forms.items()
    ),
    *((form, wsis(*codes)) for form, codes in LINE_FORMS.items()),
    *((form, plan(*codes)) for form, codes in PLAN_FORMS.items()),
]


@pytest.mark.parametrize(("form", "cited"), FORMS)
def test_form_is_read_alone_and_in_a_sentence(form, cited):
    assert keys(form) == cited
    assert keys(f"Voir {form}.") == cited
    assert keys(f"({form})") == cited


NO_CITATIONS = [
    # other meanings of a letter and a number
    "C4 explosives",
    "vitamin C2",
    "C2 level (CEFR)",
    "the levels C1 and C2",
    "CO2 and C02 emissions",
    "Table C2 of the WSIS report",
    # other numbers
    "ISO 9",
    "3.4 million",
    "article 9.1",
    "section 3.4",
    "paragraph 9.c",
    "Resolution 140",
    "SDG 2030",
    "the 17 SDGs and 169 targets",
    "the SDGs [4]",
    "the SDGs1 and",
    # codes that do not exist
    "SDG 0",
    "SDG 18",
    "SDG 2.0",
    "SDG 9.9",
    "target 9.9",
    "targets 9 and 10",
    "indicator 9.9.9",
    "action line C12",
    "action line C0",
    "outcome D.9-9",
    "objective D.5",
    # numbers that measure
    "target 1.5°C",
    "target 3.4 %",
    "target 2.5 per cent",
    "goal 5%",
    "Goal 2 million",
    "cible 3.4 millions",
    "目标 2.5 亿",
    # other goals
    "Aichi Target 11",
    "the Aichi targets: Target 9.1",
    "MDG 4",
    "Millennium Development Goal 4",
    "objectif 4 du Millénaire",
    "千年发展目标4",
    "الهدف 2 من أهداف آيتشي",
    "Meta 7.C de los ODM",
    "strategic goal 2",
    "Goal 3 of the Strategic Plan",
    "objectives 1, 3 of the project",
    "ODD. Les objectifs 1 et 3 du projet",
    "objectif 1",
    "Objectif 5x5",
    "He scored goal 3",
    "goal 3",
    "odd 9",
    "But 9 countries",
    # numberings
    "the SDGs: 1) transforming food systems",
    "Sustainable Development Goals: 11 Years to go",
    "deux objectifs : 1) servir",
    "les ODD\n3\tEn établissant",
    "les ODD\n3 En établissant",
    # codes of other texts
    "D.1",
    "Annex D.1.5",
    "Recommendation D.1-1",
    "objective ITU-T D.1",
    "E.1-1",
]


@pytest.mark.parametrize("text", NO_CITATIONS)
def test_what_only_looks_like_a_citation_is_left_out(text):
    assert keys(text) == []
    assert keys(f"Also {text} here.") == []


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("SDG 3 and 4 million people", sdg("3")),
        ("SDG 9, 12 countries took part", sdg("9")),
        ("SDGs 4, 5 and 12 countries", sdg("4", "5")),
        ("SDG 16, 16 July 2019", sdg("16")),
        ("SDG 9, 3.4 million", sdg("9")),
        ("ODD 4 et 5 pays", sdg("4")),
        ("可持续发展目标9和12个国家", sdg("9")),
        ("SDG 4 – 5 schools", sdg("4")),
        ("SDG 4-2030", sdg("4")),
        ("SDGs 4 to 18", sdg("4")),
        ("SDGs 9 to 4", sdg("9")),
        ("target 9.1 and article 9.2", sdg("9.1")),
        ("action lines C5 and C12", wsis("C5")),
    ],
)
def test_list_ends_before_a_number_that_is_no_code(text, cited):
    assert keys(text) == cited


@pytest.mark.parametrize(
    ("near", "cited"),
    [
        ("The SDGs matter. ", sdg("4")),
        ("Les ODD comptent. ", sdg("4")),
        ("", []),
        ("Millennium Development Goals. ", []),
    ],
)
def test_small_goal_counts_only_near_a_name_of_the_goals(near, cited):
    assert keys(f"{near}It serves goal 4, which says so.") == cited


def test_nearer_name_decides_between_two_sets_of_goals():
    assert keys("Unlike the MDGs, the SDGs have goal 4 on education.") == sdg("4")
    assert keys("Unlike the SDGs, the MDGs have goal 4 on children.") == []


def test_name_of_the_goals_counts_only_within_reach():
    assert keys(f"The SDGs. {'x' * 200} goal 4") == []


def test_bare_line_counts_only_near_the_summit():
    assert keys("In the WSIS process C2 is led by ITU.") == wsis("C2")
    assert keys("In this process C2 is led by ITU.") == []
    assert keys(f"The WSIS process. {'x' * 200} C2") == []


def test_plan_codes_of_one_number_count_where_the_plan_is_cited():
    assert keys("D.1 and D.2 are objectives, D.1-1 is an outcome.") == plan("D.1", "D.2", "D.1-1")
    assert keys("D.1 and D.2 are sections.") == []


def test_dot_for_a_hyphen_in_a_plan_code_is_noted_as_normalised():
    (first, second) = read_citations("Outcomes D.1-4 and D.1.5")
    assert (first.code, first.normalised, first.note) == ("D.1-4", False, "")
    assert (second.code, second.normalised, second.note) == ("D.1-5", True, "D.1.5 read as D.1-5")


def test_missing_dot_in_a_target_is_noted_as_normalised():
    assert [(c.code, c.normalised, c.note) for c in read_citations("SDG targets 6.1, 6a and 6.b")] == [
        ("6.1", False, ""),
        ("6.a", True, "6a read as 6.a"),
        ("6.b", False, ""),
    ]


def test_citations_keep_their_places():
    text = "Voir les objectifs 1, 3 et 5 des ODD."
    mention = (9, 36)
    assert read_citations(text) == [
        Citation("sdg", "1", 9, 20, "objectifs 1", mention),
        Citation("sdg", "3", 22, 23, "3", mention),
        Citation("sdg", "5", 27, 28, "5", mention),
    ]
    assert text[slice(*mention)] == "objectifs 1, 3 et 5 des ODD"


def test_codes_of_a_range_share_its_place():
    found = read_citations("ODD 4 à 6, GO-SMSI C1-C2")
    assert [(c.code, c.text) for c in found] == [
        ("4", "ODD 4 à 6"),
        ("5", "ODD 4 à 6"),
        ("6", "ODD 4 à 6"),
        ("C1", "GO-SMSI C1-C2"),
        ("C2", "GO-SMSI C1-C2"),
    ]


def test_sublines_reach_from_the_line_to_their_names():
    assert [c.text for c in read_citations("GO-SMSI C7 (cybersanté, cyberscience)")] == [
        "GO-SMSI C7 (cybersanté",
        "GO-SMSI C7 (cybersanté, cyberscience",
    ]


def test_trigger_takes_the_name_before_it_along():
    (citation,) = read_citations("the Sustainable Development Goal (SDG) target 9.c")
    assert citation.text == "Sustainable Development Goal (SDG) target 9.c"


def test_empty_text_has_no_citations():
    assert read_citations("") == []


@needs_shared
def test_source_document_cites_what_its_annex_says():
    text = SOURCE_DOCUMENT.read_text(encoding="utf-8")
    annex = text.index("ANNEXE 1")
    found = read_citations(text)
    before = [citation.code for citation in found if citation.start < annex]
    # Paragraphs 4 (with its footnote), 7, 8 and 9 name lines; nothing else in the running text cites.
    assert before == [
        "C2",
        "C5",
        "C6",
        "C1",
        "C3",
        "C4",
        "C7",
        "C11",
        "C8",
        "C9",
        "C1",
        "C2",
        "C3",
        "C4",
        "C6",
        "C7",
        "C9",
        "C11",
        "C2",
        "C6",
        "C2",
        "C5",
        "C6",
        "C2",
        "C6",
        "C5",
        "C4",
        "C1",
        "C3",
        "C4",
        "C7",
        "C11",
        "C9",
        "C2",
        "C4",
        "C5",
        "C6",
        "C7",
        "C7-ENV",
        "C7-AGR",
        "C7-HEA",
        "C1",
        "C11",
        "C7-SCI",
        "C7-LEA",
        "C7-GOV",
    ]
    inside = [citation for citation in found if citation.start > annex]
    assert sum(citation.framework == "itu-d-2020" for citation in inside) == 20
    assert sum(citation.framework == "sdg" for citation in inside) == 111
    assert sum(citation.framework == "wsis" for citation in inside) == 53
    assert [citation.note for citation in inside if citation.normalised] == ["D.1.5 read as D.1-5"]


@needs_shared
def test_official_texts_in_six_languages_cite_only_what_their_editors_cite():
    found: dict[str, list[str]] = {}
    for line in (SHARED / "data/sdg_text/un_sdg_texts_6lang.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if cited := keys(row["text"]):
            found.setdefault(row["lang"], []).extend(cited)
    # Notes on alternative indicators. "7-ب-أ" in the Arabic stands for 7.b.1, and is read as far as it is a code.
    assert {language: sorted(codes) for language, codes in found.items()} == {
        "ar": sdg("12.a.1", "7.b"),
        "fr": sdg(
            "12.8.1", "12.8.1", "12.a.1", "13.2.1", "13.3.1", "13.3.1", "13.b.1", "4.7.1", "4.7.1", "7.b.1"
        ),
        "ru": sdg("12.8.1", "12.a.1", "4.7.1", "7.b.1"),
    }
