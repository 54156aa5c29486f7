"""The WSIS–SDG matrix of 2017."""

from actionlines.frameworks import catalogue

TARGETS_BY_LINE = {
    "C1": "3.8 3.d 10.c 16.5 16.6 16.10 17.8",
    "C2": "1.4 8.2 9.1 9.a 9.c 11.5 11.b",
    "C3": "",
    "C4": "1.b 2.3 3.7 3.b 3.d 4.4 4.7 5.5 5.b 6.a 12.7 12.8 12.a 12.b 13.2 13.3 13.b 14.a 16.a 17.9 17.18",
    "C5": "1.4 4.1 4.3 4.5 5.b 7.1 7.a 7.b 8.1 9.1 9.c 11.3 11.b 16.2 17.8",
    "C6": "2.a 4.4 5.b 8.2 8.3 9.1 9.c 10.3 11.3 11.b 16.2 16.3 16.6 16.7 16.10 16.b 17.6 17.14 17.16",
    "C7-GOV": "9.c 16.6 16.7 16.10 17.8",
    "C7-BUS": "1.4 2.3 5.b 8.3 8.9 8.10 9.3 17.11",
    "C7-LEA": "",
    "C7-HEA": "1.3 1.4 1.5 2.1 2.2 3.3 3.8 5.6 5.b 17.8 17.19",
    "C7-EMP": "4.5 8.5 10.2 12.6 17.9",
    "C7-ENV": "9.4 11.6 11.b 13.1 13.3 13.b",
    "C7-AGR": "1.5 2.3 2.4 2.a 3.d 5.5 8.2 9.1 9.c 12.8 13.1 13.3 17.16 17.17",
    "C7-SCI": "1.5 4.7 6.1 6.a 7.a 13.1 13.2 13.3 14.4 15.9 17.6 17.7",
    "C8": "2.5 4.7 6.b 8.3 8.9 11.4 12.b",
    "C9": "5.b 9.c 12.8 16.10",
    "C10": "1.5 2.3 3.8 4.7 5.1 8.6 9.1 10.2 10.3 11.3 12.8 13.3 16.7 16.10 17.6 17.7 17.8 17.18 17.19",
    "C11": "17.9 17.16 17.17",
}
GOALS_BY_LINE = {
    "C1": "1 5",
    "C3": "1 2 3 5 6 7 8 9 10 11 12 13 14 15 16 17",
    "C7-LEA": "4",
    "C7-HEA": "3",
    "C7-ENV": "14 15",
    "C7-AGR": "4",
    "C8": "9",
}


def matrix():
    return catalogue().crosswalks["wsis-sdg"]


def linked(line: str, kind: str) -> set[str]:
    sdg = catalogue().frameworks["sdg"]
    return {link.target for link in matrix().links_from(line) if sdg[link.target].kind == kind}


def test_matrix_has_163_target_links_and_24_links_to_whole_goals():
    kinds = [catalogue().frameworks["sdg"][link.target].kind for link in matrix().links]
    assert (kinds.count("target"), kinds.count("goal"), len(kinds)) == (163, 24, 187)


def test_matrix_links_each_line_to_the_targets_of_the_source():
    assert {line: linked(line, "target") for line in TARGETS_BY_LINE} == {
        line: set(codes.split()) for line, codes in TARGETS_BY_LINE.items()
    }


def test_matrix_links_seven_lines_to_whole_goals():
    assert {line: linked(line, "goal") for line in TARGETS_BY_LINE if linked(line, "goal")} == {
        line: set(codes.split()) for line, codes in GOALS_BY_LINE.items()
    }


def test_matrix_names_80_targets():
    assert len({link.target for link in matrix().links if "." in link.target}) == 80


def test_matrix_starts_from_18_lines_and_never_from_c7_as_a_whole():
    assert {link.source for link in matrix().links} == set(TARGETS_BY_LINE)


def test_matrix_gives_a_rationale_of_10_to_25_words_in_english_and_french():
    lengths = {
        (link.source, link.target, language): len(link.rationale.get(language).replace("'", " ").split())
        for link in matrix().links
        for language in ("en", "fr")
        if language in link.rationale
    }
    assert len(lengths) == 2 * 187
    assert {key: words for key, words in lengths.items() if not 10 <= words <= 25} == {}


def test_matrix_rationales_are_all_different():
    for language in ("en", "fr"):
        assert len({link.rationale.get(language) for link in matrix().links}) == 187


def test_matrix_notes_its_five_mismatches():
    assert [note.split()[0].rstrip(":") for note in matrix().notes] == ["C2", "C3", "C4", "C8", "C9"]


def test_matrix_inverted_leads_from_9_c_to_six_lines():
    assert [link.target for link in matrix().inverted().links_from("9.c")] == [
        "C2",
        "C5",
        "C6",
        "C7-AGR",
        "C7-GOV",
        "C9",
    ]
