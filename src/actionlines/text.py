"""Text in the six official languages: fallback, bidirectional isolates, folding for search."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")
RTL_LANGUAGES: Final = frozenset({"ar"})

# What a reader of one language is offered when a text does not exist in it.
_FALLBACK: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("ar", "en", "fr"),
    "en": ("en", "fr", "es"),
    "es": ("es", "en", "fr"),
    "fr": ("fr", "en", "es"),
    "ru": ("ru", "en", "fr"),
    "zh": ("zh", "en", "fr"),
}

FIRST_STRONG_ISOLATE: Final = "\u2068"
LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
POP_ISOLATE: Final = "\u2069"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one or more languages.

    Attributes:
        by_language: ISO 639-1 code to the text in that language; never empty strings.
    """

    by_language: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.by_language) - set(LANGUAGES))
        if unknown:
            raise ValueError(f"unknown language {', '.join(unknown)}: expected one of {', '.join(LANGUAGES)}")
        object.__setattr__(
            self, "by_language", {code: text for code, text in self.by_language.items() if text}
        )

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_language)

    def __str__(self) -> str:
        return self.get("en")

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.by_language.items())))

    def language(self, wanted: str) -> str:
        """The language in which `get(wanted)` answers ('' for an empty text)."""
        for code in (*_FALLBACK.get(wanted, (wanted, "en", "fr")), *LANGUAGES):
            if code in self.by_language:
                return code
        return ""

    def get(self, wanted: str) -> str:
        """The text in `wanted`, or in the nearest language of the fallback chain ('' when empty)."""
        return self.by_language.get(self.language(wanted), "")


def direction(language: str) -> str:
    """'rtl' or 'ltr'."""
    return "rtl" if language in RTL_LANGUAGES else "ltr"


def isolate(text: str) -> str:
    """Wrap a code or a number so that right-to-left text around it cannot scramble it ("9.c", "-67.8 %").

    U+2066…U+2069 rather than `<bdi>`: the characters also survive PDF and docx.
    """
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"


_DIGITS: Final = {
    **{ord("٠") + n: str(n) for n in range(10)},
    **{ord("۰") + n: str(n) for n in range(10)},
    **{ord("０") + n: str(n) for n in range(10)},
}
# Arabic letters that writers use for one another, the tatweel, and the article-neutral forms.
_ARABIC: Final = {**dict.fromkeys(map(ord, "أإآٱ"), "ا"), ord("ى"): "ي", ord("ة"): "ه", ord("ـ"): None}
_CJK: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_TOKEN: Final = re.compile(r"[^\W_]+", re.UNICODE)


# Controls but tab and line ends, marks that turn the direction of what follows, lone surrogates.
_UNSEEN: Final = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0xD800, 0xE000)], " "
)


def without_controls(text: str) -> str:
    """`text` with a blank in the place of each control character, so that offsets stay."""
    return text.translate(_UNSEEN)


def fold(text: str) -> str:
    """Lower case, without accents, Arabic vowel signs and letter variants; digits as ASCII.

    Two spellings a reader would call the same word fold to the same string. Offsets are not kept.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_DIGITS)).casefold()
    folded = "".join(character for character in folded if not unicodedata.combining(character))
    return folded.translate(_ARABIC)


def search_terms(text: str) -> list[str]:
    """The terms under which `text` is found: folded words, and for Chinese overlapping pairs of characters.

    The Arabic article is taken off, so that "البلدان" and "بلدان" meet.
    """
    terms: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        terms.extend(_terms_of(match.group()))
    return terms


def _terms_of(word: str) -> Iterator[str]:
    start = 0
    for run in _CJK.finditer(word):
        if run.start() > start:
            yield word[start : run.start()]
        characters = run.group()
        if len(characters) == 1:
            yield characters
        else:
            yield from (characters[i : i + 2] for i in range(len(characters) - 1))
        start = run.end()
    if start < len(word):
        rest = word[start:]
        yield rest[2:] if rest.startswith("ال") and len(rest) > 4 else rest
