"""PDF: the lines of its pages, put together again as paragraphs.

A PDF knows no paragraphs, only places of signs. Two lines belong together when the second follows the first at the
usual distance in the same size, does not begin an item of a list, and its first word had no room in the first line.
Lines that stand at the head or foot of most pages are left out.
"""

import ctypes
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from actionlines.documents.archive import damaged
from actionlines.documents.passage import Document
from actionlines.documents.plain import ITEM_START
from actionlines.problems import InputError, Problem, marked

# What pdfium and word processors put for a hyphen at the end of a line.
_SOFT_HYPHEN: Final = "\ufffe"
_HYPHEN_AT_END: Final = re.compile(r"(?<=\w)(?:\u00ad|-)$")
_HYPHENATED: Final = re.compile(rf"([^\W_]+)({_SOFT_HYPHEN})([^\W_]*)")
_WORD: Final = re.compile(r"\w+(?:-\w+)*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd\ufffc]")
# Ligatures and the shapes of Arabic letters are one sign each in some files.
_SHAPES: Final = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
_ENDS_SENTENCE: Final = (".", ":", ";", "!", "?", "。", "؟")

# A larger distance than this many usual ones parts paragraphs.
_PARTING: Final = 1.2
# A line that begins so far to the right of the line before it, in sizes of the letters, begins a paragraph.
_INDENT: Final = 0.7
# The width of a space, in sizes of the letters.
_SPACE: Final = 0.25
# Wrapped lines of a document end with a space when more than this share of all lines does.
_SPACED: Final = 0.4
# Sizes that differ by more than this part are of different kinds of text.
_SIZE_STEP: Final = 0.08
# Words are parted by a program when this share of the lines ends in a parted word.
_PARTED: Final = 0.02
# Running heads: so many lines at the edge of a page, on at least this share of at least so many pages.
_EDGE_LINES: Final = 2
_APART: Final = 1.5
_SHARE: Final = 0.5
_FROM_PAGES: Final = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; pdfium has already joined two lines where a word is parted. Places are in points.

    Attributes:
        text: without white space at its ends.
        page: number from 1.
        left, last_left, right: where its first sign begins, where its last part begins, and where its last sign ends.
        first_base, last_base: base lines of the first and last sign, from the lower edge of the page.
        size: of the first sign.
        word: width of the first word.
        spaced: True where a space stands at the end of the line, as word processors leave it where they wrap.
    """

    text: str
    page: int
    left: float
    last_left: float
    right: float
    first_base: float
    last_base: float
    size: float
    word: float
    spaced: bool


def read(data: bytes, name: str) -> Document:
    """A PDF document.

    Raises:
        InputError: the extra `pdf` is not installed; a password; no text (only images); damage.
    """
    pages = _pages(data, name)
    if not any(pages):
        problem = Problem(
            marked("the PDF holds no text, only images."),
            file=name,
            expected=marked("a PDF with a text layer: run text recognition (OCR) on it first."),
        )
        raise InputError([problem])
    steps = _steps(pages)
    paragraphs = list(_joined(_without_heads(pages, steps), steps))
    words = {word.lower() for text, _page in paragraphs for word in _WORD.findall(text)}
    parted = sum(text.count(_SOFT_HYPHEN) for text, _page in paragraphs)
    # A program that parts words does it every few lines; elsewhere a hyphen at the end of a line is the author's.
    keep = parted < _PARTED * sum(map(len, pages))
    whole = (
        (_HYPHENATED.sub(lambda match: _dehyphenated(match, words, keep=keep), text), page)
        for text, page in paragraphs
    )
    return Document.of_paragraphs(name, "pdf", whole)


def _pages(data: bytes, name: str) -> list[list[_Line]]:
    try:
        import pypdfium2
    except ImportError as error:
        problem = Problem(
            marked(
                "reading PDF needs an extra part of this program; install it with “pip install %(extra)s”."
            ),
            {"extra": "actionlines[pdf]"},
            file=name,
        )
        raise InputError([problem]) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            problem = Problem(
                marked("the PDF is protected by a password."),
                file=name,
                expected=marked("a file without a password."),
            )
            raise InputError([problem]) from error
        raise damaged(name) from error
    try:
        return [_lines(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise damaged(name) from error
    finally:
        document.close()


def _lines(document: Any, number: int) -> list[_Line]:
    """The lines of a page that hold text, in the order of the file."""
    page = document[number]
    textpage = page.get_textpage()
    lines = [
        _measured(textpage, match.start(), match.group(), number + 1)
        for match in re.finditer(r"[^\r\n]+", textpage.get_text_range())
        if _clean(match.group())
    ]
    textpage.close()
    page.close()
    return lines


def _measured(textpage: Any, start: int, written: str, page: int) -> _Line:
    """A line with its places; `start` is its offset in the text of the page."""
    import pypdfium2.raw as pdfium

    def sign(offset: int) -> int:
        index: int = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, start + offset)
        return max(0, index)

    def base(index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        return y.value

    begin = len(written) - len(written.lstrip())
    first, last = sign(begin), sign(len(written.rstrip()) - 1)
    word_end = sign(begin + len(written.split(maxsplit=1)[0]) - 1)
    left = textpage.get_charbox(first)[0]
    last_part = written.rstrip().rfind(_SOFT_HYPHEN, 0, -1) + 1
    return _Line(
        text=_clean(written),
        page=page,
        left=left,
        last_left=textpage.get_charbox(sign(last_part))[0] if last_part else left,
        right=textpage.get_charbox(last)[2],
        first_base=base(first),
        last_base=base(last),
        size=pdfium.FPDFText_GetFontSize(textpage, first),
        word=textpage.get_charbox(word_end)[2] - left,
        spaced=written[-1].isspace(),
    )


def _clean(text: str) -> str:
    composed = _SHAPES.sub(lambda shapes: unicodedata.normalize("NFKC", shapes.group()), text)
    return _CONTROL.sub("", composed).strip()


def _steps(pages: list[list[_Line]]) -> dict[int, float]:
    """The usual distance from line to line for each size of letters (rounded to points).

    The lower quartile: in most documents more than a quarter of the lines go on a paragraph.
    """
    found: defaultdict[int, list[float]] = defaultdict(list)
    for page in pages:
        for above, below in pairwise(page):
            step = above.last_base - below.first_base
            if 0.5 * above.size < step < 3 * above.size:
                found[round(above.size)].append(step)
    return {size: sorted(steps)[len(steps) // 4] for size, steps in found.items()}


def _without_heads(pages: list[list[_Line]], steps: dict[int, float]) -> list[list[_Line]]:
    """The pages without the lines that stand at the edge of most of them, page numbers included."""
    if len(pages) < _FROM_PAGES:
        return pages
    edges = [_edges(page, steps) for page in pages]
    counts = Counter(key for lines in edges for key in {_head_key(line) for line in lines})
    heads = {key for key, count in counts.items() if count >= max(_FROM_PAGES, _SHARE * len(pages))}
    return [
        [line for line in page if line not in lines or _head_key(line) not in heads]
        for page, lines in zip(pages, edges, strict=True)
    ]


def _edges(page: list[_Line], steps: dict[int, float]) -> list[_Line]:
    """The one or two lines at the head and at the foot that stand apart from the rest."""
    upwards = sorted(page, key=lambda line: line.first_base)
    return _apart(upwards, steps) + _apart(upwards[::-1], steps)


def _apart(lines: list[_Line], steps: dict[int, float]) -> list[_Line]:
    for n in range(1, min(_EDGE_LINES, len(lines) - 1) + 1):
        outer, inner = lines[n - 1], lines[n]
        if abs(inner.first_base - outer.first_base) > _APART * steps.get(round(inner.size), inner.size):
            return lines[:n]
    return []


def _head_key(line: _Line) -> tuple[str, int]:
    """What two running heads have in common: their text but for numbers, and their height to a few points."""
    return re.sub(r"\d+", "#", line.text), round(line.first_base / 4)


def _joined(pages: list[list[_Line]], steps: dict[int, float]) -> Iterator[tuple[str, int]]:
    """The paragraphs with the pages on which they begin."""
    lines = [line for page in pages for line in page]
    spaced = sum(line.spaced for line in lines) > _SPACED * len(lines)
    layouts = {page[0].page: _Layout(page, steps, spaced=spaced) for page in pages if page}
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and not layouts[paragraph[-1].page].goes_on(paragraph, line):
            yield _text(paragraph), paragraph[0].page
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _text(paragraph), paragraph[0].page


class _Layout:
    """Where the columns of a page end on the right, and which lines go on a paragraph.

    Args:
        page: its lines.
        steps: the usual distances of lines in the document.
        spaced: whether wrapped lines of this document end with a space.
    """

    def __init__(self, page: list[_Line], steps: dict[int, float], *, spaced: bool) -> None:
        self._page = page
        self._steps = steps
        self._spaced = spaced

    def goes_on(self, paragraph: list[_Line], following: _Line) -> bool:
        """Whether `following` is the next line of `paragraph`."""
        line = paragraph[-1]
        if ITEM_START.match(following.text) or abs(line.size - following.size) > _SIZE_STEP * line.size:
            return False
        if line.text.endswith(_SOFT_HYPHEN) or _HYPHEN_AT_END.search(line.text):
            return True
        step = line.last_base - following.first_base
        if line.page != following.page or step < 0:
            return self._goes_on_elsewhere(line, following)
        if step > _PARTING * self._steps.get(round(line.size), step):
            return False
        if len(paragraph) > 1 and following.left - line.last_left > _INDENT * line.size:
            return False
        return step < 0.5 * line.size or self._is_full(line, following)

    def _goes_on_elsewhere(self, line: _Line, following: _Line) -> bool:
        """The same at the end of a column or page, where distances tell nothing: only inside a sentence."""
        if line.text.endswith(_ENDS_SENTENCE):
            return False
        return line.spaced if self._spaced else following.text[0].islower() or self._is_full(line, following)

    def _is_full(self, line: _Line, following: _Line) -> bool:
        """Whether the first word of `following` had no room in `line`."""
        room = self._margin(line) - line.right
        space = max(_SPACE * line.size, following.word / len(following.text.split(maxsplit=1)[0]))
        if self._spaced and not line.spaced and not line.text.endswith("/") and room > space:
            return False
        return room < space + following.word

    def _margin(self, line: _Line) -> float:
        """The right end of the lines of this column; the longest few may be headings over all columns."""
        ends = sorted(
            (other.right for other in self._page if abs(other.last_left - line.last_left) < 2 * line.size),
            reverse=True,
        )
        return ends[len(ends) // 20] if ends else line.right


def _text(lines: list[_Line]) -> str:
    text = ""
    for line in lines:
        if _HYPHEN_AT_END.search(text):
            text = _HYPHEN_AT_END.sub(_SOFT_HYPHEN, text) + line.text
        elif text.endswith((_SOFT_HYPHEN, "/")) or not text:
            text += line.text
        else:
            text = f"{text} {line.text}"
    return text


def _dehyphenated(match: re.Match[str], words: set[str], *, keep: bool) -> str:
    """A word that was parted at the end of a line; the hyphen stays in codes and where the document has it elsewhere."""
    before, _, after = match.groups()
    whole, hyphened = f"{before}{after}", f"{before}-{after}"
    if not after or before[-1].isdigit() or not after[0].islower():
        return hyphened
    if hyphened.lower() in words or whole.lower() in words:
        return whole if whole.lower() in words else hyphened
    return hyphened if keep else whole
