"""Words brought to a form their inflections share: light rules for six languages, not a dictionary.

Each rule works on a folded word (`text.fold`: lower case, no accents, Arabic letter variants unified) and takes off
what number, gender, case or the article add. Two words of different meaning may meet; the phrases of the lexicon are
chosen so that it does not matter.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

# Plurals in form that mean something else than what they would be the plural of.
_EN_OWN_WORDS: Final = frozenset({"news", "goods", "customs", "arms", "means", "works", "series", "species"})
_ES_PLURAL: Final = re.compile(r"(?<=[sxz])es$|(?<=[cs]h)es$")
_RU_ENDING: Final = re.compile(
    r"(?:иями|ями|ами|иях|ях|ах|иям|ям|ам|ого|его|ому|ему|ыми|ими|ием|ией|иеи|ьями|"
    r"ая|яя|ое|ее|ые|ие|ои|еи|ыи|ии|ом|ем|ым|им|ых|их|ую|юю|ию|ия|ья|ье|ью|ов|ев|"
    r"а|я|о|е|ы|и|у|ю|ь)$"
)
_AR_BEGINNING: Final = re.compile(r"^(?:وال|بال|كال|فال|لل|ال|و)(?=\w{3})")
_AR_ENDING: Final = re.compile(r"(?<=\w{3})(?:يات|ات|ها|ان|ون|ين|يه|ه|ي)$")


def _english(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in _EN_OWN_WORDS:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return _ES_PLURAL.sub("", word) if _ES_PLURAL.search(word) else word[:-1]


def _french(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("aux"):
        return word[:-2] + "l"
    word = word.rstrip("sx") if word[-1] in "sx" else word
    if len(word) > 4 and word.endswith("e"):  # "mère" must not become "mer"
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2]:  # "professionnel(le)", "europeen(ne)"
        word = word[:-1]
    return word[:-1] + "v" if word.endswith("if") else word


def _spanish(word: str) -> str:
    if len(word) < 4:
        return word
    word = word.removesuffix("s")
    return word[:-1] if len(word) > 3 and word[-1] in "aeo" else word


def _russian(word: str) -> str:
    # Folding has taken the breve off: "й" is "и" here.
    shorter = _RU_ENDING.sub("", word)
    return shorter if len(shorter) >= 3 else word


def _arabic(word: str) -> str:
    return _AR_ENDING.sub("", _AR_BEGINNING.sub("", word))


def _chinese(word: str) -> str:
    return word


STEMMERS: Final[Mapping[str, Callable[[str], str]]] = {
    "ar": _arabic,
    "en": _english,
    "es": _spanish,
    "fr": _french,
    "ru": _russian,
    "zh": _chinese,
}
