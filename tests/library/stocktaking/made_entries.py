"""Entries as hypothesis makes them: every field filled or empty, in the form the readers of tables give it."""

from hypothesis import strategies as st

from actionlines.frameworks import areas, catalogue
from actionlines.stocktaking import (
    COVERAGES,
    MAKERS,
    STAGES,
    STAKEHOLDER_TYPES,
    STATUSES,
    Entry,
    Translation,
)
from actionlines.text import LANGUAGES

_LETTERS = st.characters(categories=("L", "N", "P", "S"), exclude_characters="<>;؛；")
PLAIN = st.text(_LETTERS, min_size=1, max_size=40)
MAYBE = st.one_of(st.just(""), PLAIN)
LINES = [node.code for node in catalogue().frameworks["wsis"].nodes]
TARGETS = [node.code for node in catalogue().frameworks["sdg"].of_kind("goal", "target")]
COUNTRIES = [area.iso3 for area in areas()]


def codes(known):
    return st.sets(st.sampled_from(known), max_size=4).map(
        lambda chosen: tuple(sorted(chosen, key=known.index))
    )


def distinct(items):
    return st.lists(items, unique=True, max_size=3).map(tuple)


TEXTS = st.lists(PLAIN, max_size=3).map("\n\n".join)
TRANSLATIONS = st.builds(Translation, st.sampled_from(LANGUAGES), PLAIN, TEXTS, st.sampled_from(MAKERS))


@st.composite
def entries(draw):
    """An entry; its translations stand in the order of the languages and none is into its own."""
    language = draw(st.sampled_from(("", *LANGUAGES)))
    country = draw(st.sampled_from(("", *COUNTRIES)))
    start = draw(st.sampled_from(("", "2018-02-28")))
    translations = {
        item.language: item for item in draw(st.lists(TRANSLATIONS, max_size=3)) if item.language != language
    }
    return Entry(
        id=draw(PLAIN),
        title=draw(PLAIN),
        description=draw(PLAIN),
        language=language,
        organisation=draw(MAYBE),
        stakeholder_type=draw(st.sampled_from(("", *STAKEHOLDER_TYPES))),
        country=country,
        year=draw(st.integers(1970, 2050) if start else st.one_of(st.none(), st.integers(1970, 2050))),
        status=draw(st.sampled_from(STATUSES)),
        lines=draw(codes(LINES)),
        targets=draw(codes(TARGETS)),
        start=start,
        end=draw(st.sampled_from(("", "2019-12-31"))),
        website=draw(st.sampled_from(("", "https://a.example/b?c=1"))),
        source=draw(st.sampled_from(("", "Annual report, page 7", "http://a.example"))),
        partners=draw(distinct(PLAIN)),
        coverage=draw(st.sampled_from(("", *COVERAGES))),
        countries=tuple(code for code in draw(distinct(st.sampled_from(COUNTRIES))) if code != country),
        stage=draw(st.sampled_from(("", *STAGES))),
        beneficiaries=draw(TEXTS),
        results=draw(TEXTS),
        figures=draw(distinct(PLAIN.map("Trained {}: 12".format))),
        technology=draw(TEXTS),
        replicability=draw(TEXTS),
        sustainability=draw(TEXTS),
        values=draw(TEXTS),
        challenges=draw(TEXTS),
        financing=draw(TEXTS),
        translations=tuple(translations[code] for code in LANGUAGES if code in translations),
    )
