"""The aligner as a whole: every basis, denial, the way up to goals and C7, exact evidence, the order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.alignment import BASIS_ORDER, Basis, align
from actionlines.formats.demonstration import demonstration_entries
from actionlines.frameworks import catalogue

LINES = [node.code for node in catalogue().frameworks["wsis"].nodes]
TARGETS = [node.code for node in catalogue().frameworks["sdg"].of_kind("goal", "target")]
MATRIX = catalogue().crosswalks["wsis-sdg"]

# Words that mean something to the aligner, and some that mean nothing to it, in no order.
KNOWN = """poverty school broadband farmers e-health women not does address but climate SDG 9 target 9.c C2 WSIS C7 .
pauvreté école ne traite pas mais ODD 贫困 学校 不涉及 الفقر المدرسة لا يتناول школа не касается бедности é 𝔘"""
WORDS = st.sampled_from([*KNOWN.split(), "\n"])
TEXTS = st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=60))


def found(text, basis=None, **said):
    return {
        f"{link.framework}:{link.node}": link
        for link in align(text, **said)
        if basis is None or link.basis is basis
    }


def key(link):
    return link.framework, catalogue().frameworks[link.framework][link.node].order


@given(TEXTS, st.sets(st.sampled_from(LINES), max_size=3), st.sets(st.sampled_from(TARGETS), max_size=3))
@settings(deadline=None, max_examples=200)
def test_what_always_holds(text, lines, targets):
    links = align(text, lines=sorted(lines), targets=sorted(targets))
    nodes = [(link.framework, link.node) for link in links]
    assert len(set(nodes)) == len(nodes), "one link per node"
    assert links == sorted(links, key=key), "in reading order"
    assert links == align(text, lines=sorted(lines), targets=sorted(targets)), "the same each time"
    declared = {(link.framework, link.node) for link in links if link.basis is Basis.DECLARED}
    assert {("wsis", code) for code in lines} | {("sdg", code) for code in targets} <= declared, (
        "declared is never lost"
    )
    for link in links:
        assert 0 < link.probability <= 1
        assert (link.probability == 1) == (link.basis is Basis.DECLARED)
        assert bool(link.evidence) == (link.basis in (Basis.CITED, Basis.LEXICON, Basis.MODEL))
        assert bool(link.source) == (link.basis is Basis.MATRIX)
        assert all(text[span.start : span.end] == span.text for span in link.evidence), "spans slice exactly"
        assert all(
            one.end <= other.start for one, other in zip(link.evidence, link.evidence[1:], strict=False)
        )
        for above in catalogue().frameworks[link.framework].ancestors(link.node):
            parent = next(
                other for other in links if (other.framework, other.node) == (link.framework, above.code)
            )
            assert BASIS_ORDER[parent.basis] <= BASIS_ORDER[link.basis], "what is above is at least as firm"


def test_text_without_anything_has_no_links():
    assert align("") == align("12345 …") == align("Hello there.", language="en") == []


def test_declared_is_certain_and_needs_no_text():
    assert [(link.node, link.basis, link.probability) for link in align("", targets=["9.c"])] == [
        ("9", Basis.DECLARED, 1.0),
        ("9.c", Basis.DECLARED, 1.0),
    ]


def test_declared_code_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError, match=r"sdg has no '9\.z'"):
        align("", targets=["9.z"])


def test_language_beyond_the_six_is_a_key_error():
    with pytest.raises(KeyError, match="de"):
        align("Schule", language="de")


def test_cited_code_is_linked_with_its_place():
    links = found("The project serves SDG target 17.8.", Basis.CITED)
    assert set(links) == {"sdg:17", "sdg:17.8"}
    assert [span.text for span in links["sdg:17.8"].evidence] == ["SDG target 17.8"]


def test_cited_indicator_is_linked_as_its_target():
    assert set(found("See SDG indicator 17.8.1.", Basis.CITED)) == {"sdg:17", "sdg:17.8"}


def test_cited_wins_over_words():
    assert found("SDG 1: poverty")["sdg:1"].basis is Basis.CITED


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("A telemedicine platform connects remote clinics with hospitals.", "wsis:C7-HEA"),
        ("Une plateforme de télémédecine relie les cliniques aux hôpitaux.", "wsis:C7-HEA"),
        ("Una plataforma de telemedicina conecta clínicas y hospitales.", "wsis:C7-HEA"),
        ("منصة للتطبيب عن بعد تربط المستشفيات بالمرضى.", "wsis:C7-HEA"),
        ("Телемедицинская платформа соединяет врачей и пациентов.", "wsis:C7-HEA"),
        ("远程医疗平台把医生和患者连接起来。", "wsis:C7-HEA"),
        ("Fibre optic cables bring broadband to the villages.", "wsis:C2"),
        ("La fibre optique apporte le haut débit aux villages.", "wsis:C2"),
        ("An e-government portal offers public services online.", "sdg:16"),
        ("Girls in ICT: women in technology, girls in STEM.", "sdg:5.b"),
        ("Les paysans reçoivent des conseils agricoles par SMS.", "sdg:2"),
    ],
)
def test_words_speak_for_a_node(text, node):
    link = found(text, Basis.LEXICON)[node]
    assert link.probability >= 0.5


def test_words_for_a_target_speak_for_its_goal_too():
    links = found("Public transport for all.", language="en")
    assert links["sdg:11.2"].evidence == links["sdg:11"].evidence
    assert links["sdg:11.2"].probability < links["sdg:11"].probability


def test_sub_line_speaks_for_c7_on_the_same_grounds():
    links = found("Farmers learn of prices.", language="en")
    assert links["wsis:C7"].probability == links["wsis:C7-AGR"].probability
    assert links["wsis:C7"].basis is Basis.LEXICON


@pytest.mark.parametrize(
    "text",
    [
        "This project does not address poverty or gender equality.",
        "The programme isn't about poverty.",
        "It has nothing to do with poverty.",
        "Le projet ne traite pas de la pauvreté.",
        "Le projet n’aborde ni ne traite la pauvreté.",
        "El proyecto no trata de la pobreza.",
        "لا يتناول المشروع الفقر.",
        "Проект не касается бедности.",
        "本项目不涉及贫困。",
    ],
)
def test_denied_subject_is_not_linked(text):
    assert "sdg:1" not in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "This project does not only address poverty.",
        "Le projet ne traite pas seulement de la pauvreté.",
        "People who do not have food live in poverty.",
        "It does not concern gender, but poverty.",
        "It does not concern gender. It fights poverty.",
    ],
)
def test_what_is_not_denied_is_linked(text):
    assert "sdg:1" in found(text)


def test_denied_citation_is_not_linked():
    assert "sdg:9" not in found("The project does not concern SDG 9.")


@given(st.sampled_from(LINES))
def test_declared_line_implies_what_the_matrix_says_and_marks_its_source(line):
    links = found("", Basis.MATRIX, lines=[line])
    implied = {link.target for link in MATRIX.links_from(line)}
    goals = {target.split(".")[0] for target in implied}
    assert {link.node for link in links.values()} == implied | goals
    assert {link.source for link in links.values()} <= {line}
    assert all(link.probability <= 0.3 for link in links.values())


def test_cited_line_implies_too_but_words_for_a_line_do_not():
    assert found("WSIS action line C2", Basis.MATRIX)["sdg:9.c"].source == "C2"
    assert found("Broadband by fibre optic cable", Basis.MATRIX, language="en") == {}


def test_matrix_never_overrides_a_firmer_basis():
    assert found("Broadband for all", lines=["C2"], language="en")["sdg:9.c"].basis is Basis.LEXICON
    assert found("", lines=["C2"], targets=["9.c"])["sdg:9.c"].basis is Basis.DECLARED


def test_of_two_lines_the_one_that_implies_more_surely_is_the_source():
    assert found("", Basis.MATRIX, lines=["C6", "C7-GOV"])["sdg:16.6"].source == "C7-GOV"


def test_every_demonstration_entry_has_a_link_with_a_reason():
    for entry in demonstration_entries():
        links = align(entry.text, language=entry.language, lines=entry.lines, targets=entry.targets)
        assert any(link.probability >= 0.3 for link in links), entry.id


@pytest.mark.parametrize(
    ("language", "text", "objective"),
    [
        ("en", "The office writes a strategy for trustworthy AI.", "5"),
        ("fr", "Nous luttons contre la désinformation et le cyberharcèlement.", "3"),
        ("es", "Apoyamos la economía digital y el comercio electrónico.", "2"),
        ("ru", "Проект преодолевает цифровой разрыв и учит цифровым навыкам.", "1"),
        ("ar", "قانون حماية البيانات وحوكمة البيانات", "4"),
        ("zh", "推动人工智能治理和人工智能伦理。", "5"),
    ],
)
def test_objectives_of_the_digital_compact_are_linked_where_they_are_asked_for(language, text, objective):
    def said(**asked):
        return {(link.framework, link.node) for link in align(text, language=language, **asked)}

    assert ("gdc", objective) in said(frameworks=("gdc",))
    assert {framework for framework, _ in said(frameworks=("gdc",))} == {"gdc"}
    assert not {node for framework, node in said() if framework == "gdc"}
