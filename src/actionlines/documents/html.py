"""HTML: the text of its blocks."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from actionlines.documents.passage import Document
from actionlines.documents.plain import decoded

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
    return Document.of_paragraphs(name, "html", ((text, None) for text in blocks(_decoded(data, name))))


def _decoded(data: bytes, name: str) -> str:
    """The text in the encoding that the page declares, if it is not UTF-8."""
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if declared:
            try:
                return data.decode(declared[1].decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                pass
    return decoded(data, name)


def blocks(markup: str) -> Iterator[str]:
    """The text of each block of some markup, white space as a browser shows it."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser) if markup.strip() else None
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
