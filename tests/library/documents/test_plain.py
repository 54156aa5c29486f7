import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.documents import read, read_bytes
from actionlines.problems import InputError
from shared import SOURCE_DOCUMENT, needs_shared


def texts(text: str) -> list[str]:
    return [passage.text for passage in read_bytes(text.encode(), "a.txt").passages]


@given(st.text(st.sampled_from("aé9 \t\n\r•.-D"), max_size=400).filter(lambda text: text.strip()))
def test_passages_are_slices_of_the_text_in_order_and_hold_all_of_it(text):
    document = read_bytes(text.encode(), "a.txt")
    end = 0
    for number, passage in enumerate(document.passages, start=1):
        assert document.text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert (passage.paragraph, document.text[end : passage.start].strip()) == (number, "")
        end = passage.end
    assert document.text[end:].strip() == ""


def test_lines_of_any_system_are_paragraphs():
    assert texts("ODD 9\r\nODD 10\rODD 11\n\nODD 12") == ["ODD 9", "ODD 10", "ODD 11", "ODD 12"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_utf_8_and_marked_utf_16_are_read(encoding):
    data = "ODD 9, été".encode(encoding)
    assert read_bytes(b"\xfe\xff" + data if encoding == "utf-16-be" else data, "a.txt").text == "ODD 9, été"


def test_other_encoding_is_refused_with_line_and_byte():
    with pytest.raises(InputError) as refused:
        read_bytes("premier\nsecond\nété".encode("latin-1"), "a.txt")
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.message) == (
        "a.txt",
        3,
        "the byte 0xE9 in this line is not UTF-8.",
    )
    assert problem.expectation == "text in UTF-8: save the file again with this encoding."


@pytest.mark.parametrize("data", ["ODD\nODD 9".encode("utf-16-le"), "ODD\nODD 9".encode("utf-32")])
def test_zero_bytes_are_refused_as_another_encoding(data):
    with pytest.raises(InputError) as refused:
        read_bytes(data, "a.txt")
    (problem,) = refused.value.problems
    assert (problem.row, problem.expectation) == (1, "text in UTF-8: save the file again with this encoding.")


PARAGRAPHS = (
    "The project contributes to the Sustainable Development Goals on infrastructure, industry and innovation, SDG 9.",
    "Contributes to WSIS action lines C1, C2, C3, C4, C5, C6, C7, C8, C9, C10 and C11 of the Geneva Plan of Action.",
    "D.1-2: A code with its title begins a paragraph all the same, although the line above it may well be full.",
    "- so does an item of a list; and its lines, which have been wrapped as well, belong to it until it ends",
)


@pytest.mark.parametrize("width", range(55, 115, 3))
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_wrapped_lines_are_one_passage(width, between):
    paragraphs = PARAGRAPHS if between == "\n\n" else PARAGRAPHS[1:]
    wrapped = [textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in paragraphs]
    assert texts(between.join(wrapped)) == wrapped


def test_short_and_long_lines_are_paragraphs_of_their_own():
    short = "Contributes to SDG 9\nContributes to SDG 10"
    long = f"{'word ' * 40}\nnext {'word ' * 40}"
    assert texts(short) == short.split("\n")
    assert texts(long) == [line.strip() for line in long.split("\n")]


@needs_shared
def test_source_document_has_a_passage_for_each_line():
    document = read(SOURCE_DOCUMENT)
    lines = SOURCE_DOCUMENT.read_text(encoding="utf-8").split("\n")
    assert [passage.text for passage in document.passages] == [line.strip() for line in lines if line.strip()]
    assert len(document.passages) == 104
