"""A passage: a paragraph of a document, with the place it came from."""

from dataclasses import dataclass


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
    """

    name: str
    format: str
    text: str
    passages: tuple[Passage, ...]
