"""What is compared of an entry to find out whether another one is the same project."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from actionlines.frameworks.areas import areas
from actionlines.stocktaking.entry import Entry
from actionlines.text import fold, search_terms

_COMMON: Final = Path(__file__).parent / "common.txt"
_LATIN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ž][\w'’&.+-]*[\w+]")
_SENTENCE: Final = re.compile(r"(?<=[.!?:;•])\s+|\n+")
# Figures of three digits and more, with or without marks between thousands.
_NUMBER: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?![\d])|\d{3,}")
_YEARS: Final = range(1900, 2101)
# Words of this many letters tell something by themselves; in Chinese, pairs of characters.
_TELLING: Final = 4
_COUNTRY_START: Final = 5
# Hosts under which anybody has a page: only the whole address is a sign.
_SHARED_HOSTS: Final = frozenset(
    {
        *("facebook.com", "m.facebook.com", "twitter.com", "x.com", "instagram.com", "linkedin.com"),
        *("youtube.com", "youtu.be", "vk.com", "t.me", "weibo.com", "wechat.com", "play.google.com"),
        *("apps.apple.com", "sites.google.com", "drive.google.com", "docs.google.com", "github.com"),
        *("wordpress.com", "blogspot.com", "medium.com", "wikipedia.org", "itu.int", "bit.ly"),
    }
)


@dataclass(frozen=True, slots=True)
class Features:
    """What an entry is compared by.

    Attributes:
        id: of the entry.
        language: of its text, or ''.
        title: trigrams of the folded title. title_words: its search terms.
        words: search terms of the description that tell something.
        organisation: trigrams of the folded name. organisation_words: its search terms.
        country: ISO3, or ''.
        site: host and path of the website, or ''.
        names: words in Latin letters that a translation would leave as they are, folded.
        numbers: figures of three digits and more that are no years, without marks between thousands.
    """

    id: str
    language: str
    title: frozenset[str]
    title_words: frozenset[str]
    words: frozenset[str]
    organisation: frozenset[str]
    organisation_words: frozenset[str]
    country: str
    site: str
    names: frozenset[str]
    numbers: frozenset[str]

    @property
    def host(self) -> str:
        """The host of the website; '' where anybody may have a page on it."""
        host = self.site.partition("/")[0]
        return "" if any(host == shared or host.endswith(f".{shared}") for shared in _SHARED_HOSTS) else host


def features(entry: Entry) -> Features:
    """The features of an entry."""
    owner = frozenset(search_terms(entry.organisation))
    return Features(
        id=entry.id,
        language=entry.language,
        title=trigrams(entry.title),
        title_words=frozenset(search_terms(entry.title)),
        words=telling_words(entry.description),
        organisation=trigrams(entry.organisation),
        organisation_words=owner,
        country=entry.country,
        site=site(entry.website),
        # The organisation is a sign of its own.
        names=frozenset(names(f"{entry.title}.\n{entry.description}")) - owner,
        numbers=frozenset(numbers(entry.description)),
    )


def may_be_rare(words: Iterable[str]) -> frozenset[str]:
    """The search terms among `words` that could be a project's own: long enough, not common, no country's name."""
    return frozenset(
        word for word in words if len(word) >= _TELLING and not word.isdecimal() and not _says_nothing(word)
    )


def trigrams(text: str) -> frozenset[str]:
    """Three characters at a time of the folded words, each with a space around it."""
    found: set[str] = set()
    for word in search_terms(text):
        padded = f" {word} "
        found.update(padded[start : start + 3] for start in range(len(padded) - 2))
    return frozenset(found)


def telling_words(text: str) -> frozenset[str]:
    """The search terms of a text that tell something: not the short words every text is made of."""
    return frozenset(
        term
        for term in search_terms(text)
        if len(term) >= _TELLING or (not term.isascii() and len(term) == 2)
    )


def site(address: str) -> str:
    """'https://www.example.org/Path/?x#y' → 'example.org/path': what spellings of one address share; '' for no address.

    The query stays where the path is empty or a script's, for there it names the page.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    path = unquote(parts.path).casefold().rstrip("/")
    path = re.sub(r"/(?:index|default|home)\.(?:html?|php|aspx?|jsp)$", "", path)
    query = f"?{parts.query.casefold()}" if parts.query and (not path or "." in path) else ""
    return f"{host}{path}{query}"[:500]


def names(text: str) -> Iterable[str]:
    """The words of a text that a translator would leave as they are: names in Latin letters, folded.

    They begin with a capital inside a sentence, or hold a capital or a digit further on; in a text of another script
    every Latin word counts.
    """
    latin = sum(character.isascii() and character.isalpha() for character in text)
    foreign = latin * 2 < sum(character.isalpha() for character in text)
    for sentence in _SENTENCE.split(text):
        for number, match in enumerate(_LATIN.finditer(sentence)):
            word = match.group().rstrip(".'’")
            marked = word != word.lower() and any(
                character.isupper() or character.isdigit() for character in word[1:]
            )
            inside = number > 0 and word[0].isupper()
            folded = re.sub(r"['’]s$", "", fold(word))
            if (marked or inside or foreign) and len(folded) > 2 and not _says_nothing(folded):
                yield folded


def numbers(text: str) -> Iterable[str]:
    """The figures of a text, without marks between thousands: '1,250 villages' → '1250'."""
    for match in _NUMBER.finditer(fold(text)):
        digits = re.sub(r"\D", "", match.group())
        if int(digits) not in _YEARS and not digits.startswith("000"):
            yield digits


def _says_nothing(word: str) -> bool:
    """Whether a folded word is common, or a country's name or made of one: the country is a sign of its own."""
    return word in _common() or word[:_COUNTRY_START] in _countries()


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _countries() -> frozenset[str]:
    """The first letters of the words in countries' names: 'Qatari' and 'Malaysian' begin like theirs."""
    named = (name for item in areas() for name in item.names.by_language.values())
    return frozenset(fold(part)[:_COUNTRY_START] for name in named for part in _LATIN.findall(name))
