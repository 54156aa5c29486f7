"""HTML: the text of its blocks."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from lxml import etree

from actionlines.documents.passage import Document
from actionlines.documents.plain import decoded
from actionlines.problems import InputError, Problem, marked

_UNREAD: Final = frozenset(
    {"script", "style", "head", "template", "noscript", "svg", "iframe", "object", "select", "button"}
)
# fmt: off
_INLINE: Final = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "math", "meter", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})
# fmt: on
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CHARSET_WITHIN: Final = 4096


def read(data: bytes, name: str) -> Document:
    """An HTML page: a passage for each block and each line of it; scripts, styles and what is hidden left out."""
    return Document.of_paragraphs(name, "html", ((text, None) for text in blocks(_decoded(data, name), name)))


def _decoded(data: bytes, name: str) -> str:
    """The text in UTF-8 or UTF-16, else in the encoding that the page declares."""
    try:
        return decoded(data, name)
    except InputError:
        if declared := _CHARSET.search(data[:_CHARSET_WITHIN]):
            with suppress(LookupError, UnicodeDecodeError):
                return data.decode(declared[1].decode("ascii"))
        raise


def blocks(markup: str, name: str) -> Iterator[str]:
    """The text of each block of some markup, white space as a browser shows it; `name` is the file's.

    Raises:
        InputError: elements are nested deeper than the parser follows, so that text would be lost.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser) if markup.strip() else None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError([Problem(marked("elements are nested too deeply to be read."), file=name)])
    if root is None:
        return
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        unread = element.tag in _UNREAD or element.get("hidden") is not None
        if event == "start" and unread:
            walk.skip_subtree()
            continue
        if element.tag not in _INLINE:
            yield _shown(pieces)
            pieces.clear()
        if event == "start":
            pieces.append(element.text or "")
        elif element is not root:
            pieces.append(element.tail or "")
    yield _shown(pieces)


def _shown(pieces: list[str]) -> str:
    return _SPACES.sub(" ", "".join(pieces)).strip()
