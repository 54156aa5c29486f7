"""Characters a file cannot hold, and pieces of text by direction."""

import re
from collections.abc import Iterator
from typing import Final

from actionlines.text import FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE

# What XML 1.0 forbids: control characters but tab and line ends, lone surrogates, two non-characters.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ISOLATED: Final = re.compile(
    f"([{LEFT_TO_RIGHT_ISOLATE}{FIRST_STRONG_ISOLATE}][^{POP_ISOLATE}]*{POP_ISOLATE})"
)
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def printable(text: str) -> str:
    """The text without characters that XML, and so HTML and docx, cannot hold."""
    return _FORBIDDEN.sub("", text)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces; True with those that an isolate holds apart."""
    for place, piece in enumerate(_ISOLATED.split(text)):
        if piece:
            yield piece, place % 2 == 1


def has_cjk(text: str) -> bool:
    """Whether Chinese, Japanese or Korean characters stand in the text."""
    return _CJK.search(text) is not None
