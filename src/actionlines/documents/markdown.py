"""Markdown: the text of its headings, paragraphs, list items and cells, without the marks."""

from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from actionlines.documents import html
from actionlines.documents.passage import Document
from actionlines.documents.plain import decoded

_BREAK: Final = "\n"
# Lists and quotations nested deeper than this are not read.
_DEEPEST: Final = 100


def read(data: bytes, name: str) -> Document:
    """A Markdown file (CommonMark with tables)."""
    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(decoded(data, name))
    return Document.of_paragraphs(name, "md", ((text, None) for text in _paragraphs(tokens, name)))


def _paragraphs(tokens: list[Token], name: str) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from _shown(token.children or []).split(_BREAK)
        elif token.type in ("fence", "code_block"):
            yield from token.content.splitlines()
        elif token.type == "html_block":
            yield from html.blocks(token.content, name)


def _shown(tokens: list[Token]) -> str:
    """The text of a line's tokens; a hard line break ends a paragraph."""
    pieces: list[str] = []
    for token in tokens:
        if token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append(_BREAK)
        elif token.type == "image":
            pieces.append(_shown(token.children or []))
        elif token.type in ("text", "code_inline"):
            pieces.append(token.content)
    return "".join(pieces)
