"""A passage: a paragraph of a document, with the place it came from."""

from collections.abc import Iterable
from dataclasses import dataclass

from actionlines.problems import Problem


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph (or list item, heading, table cell) of a document.

    Attributes:
        text: the paragraph's text, white space at its ends removed.
        start: offset of the first character in `Document.text`.
        end: offset behind the last one; `document.text[start:end] == text`.
        paragraph: number of the paragraph in the document, from 1.
        page: page number from 1 where the format has pages (pdf), else None.
    """

    text: str
    start: int
    end: int
    paragraph: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A read file: its whole text and the passages in it.

    Attributes:
        name: file name as the user knows it.
        format: 'txt', 'md', 'html', 'docx' or 'pdf'.
        text: all text; offsets of passages and citations count in it.
        passages: in reading order, not overlapping.
        notes: what the reader should know, as warnings: a suffix that does not agree with the content.
    """

    name: str
    format: str
    text: str
    passages: tuple[Passage, ...]
    notes: tuple[Problem, ...] = ()

    @classmethod
    def of_paragraphs(cls, name: str, kind: str, paragraphs: Iterable[tuple[str, int | None]]) -> "Document":
        """A document of the paragraphs, each with its page or None; the text has one paragraph a line.

        Empty paragraphs are left out; they have no number.
        """
        passages: list[Passage] = []
        start = 0
        for paragraph, page in paragraphs:
            text = " ".join(paragraph.strip().splitlines())
            if text:
                passages.append(Passage(text, start, start + len(text), len(passages) + 1, page))
                start += len(text) + 1
        return cls(name, kind, "\n".join(passage.text for passage in passages), tuple(passages))
