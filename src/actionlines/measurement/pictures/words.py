"""What pictures say, in English; a caller translates by giving other templates under the same keys."""

from collections.abc import Mapping
from typing import Final

from actionlines.problems import marked
from actionlines.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, direction

ENGLISH: Final[Mapping[str, str]] = {
    "unit": marked("Unit"),
    "name": marked("Name"),
    "score": marked("Score"),
    "low": marked("Low end"),
    "high": marked("High end"),
    "rank": marked("Rank"),
    "rank_low": marked("Best rank"),
    "rank_high": marked("Worst rank"),
    "ranked_of": marked("Ranked"),
    "likeliest": marked("Likeliest rank"),
    "probability": marked("Probability"),
    "indicator": marked("Indicator"),
    "element": marked("Element"),
    "part": marked("Part"),
    "level": marked("Level"),
    "weight": marked("Weight under its parent"),
    "share": marked("Share of the index"),
    "parent": marked("Parent"),
    "value": marked("Value"),
    "value_unit": marked("Unit of the value"),
    "median": marked("Median of all"),
    "first": marked("First"),
    "second": marked("Second"),
    "first_family": marked("Family of the first"),
    "second_family": marked("Family of the second"),
    "coefficient": marked("Correlation"),
    "p_value": marked("p-value"),
    "count": marked("Common rows"),
    "added": marked("Added"),
    "from": marked("From"),
    "to": marked("To"),
    "coverage": marked("Indicators in one period only"),
    "rest": marked("Not attributed"),
    "all": marked("all periods"),
    "pearson": marked("Pearson"),
    "spearman": marked("Spearman"),
    "kendall": marked("Kendall"),
    "score_at": marked("Score %(period)s"),
    "ranked.title": marked("%(element)s %(period)s: scores"),
    "ranked.title_intervals": marked("%(element)s %(period)s: scores and their %(level)s %% intervals"),
    "ranked.alternative": marked(
        "One dot for each of %(count)s units, the highest score first: from %(best)s with %(high)s down to"
        " %(worst)s with %(low)s."
    ),
    "ranked.alternative_intervals": marked(
        "One dot for each of %(count)s units, the highest score first: from %(best)s with %(high)s down to"
        " %(worst)s with %(low)s. A line through each dot is its %(level)s %% interval; half of them are wider than"
        " %(width)s."
    ),
    "probabilities.title": marked("%(element)s %(period)s: probability of each rank"),
    "probabilities.alternative": marked(
        "A grid of %(count)s units by their possible ranks, darker where a rank is more probable; a ring marks the"
        " rank as specified. %(best)s is first with a probability of %(probability)s."
    ),
    "contributions.title": marked("%(element)s %(period)s: what scores are made of"),
    "contributions.alternative": marked(
        "One bar for each of %(count)s units, the highest score first, stacked of %(parts)s parts that sum to the"
        " score. On average %(largest)s gives most, %(value)s."
    ),
    "correlations.title": marked("%(index)s, %(period)s: correlations (%(method)s)"),
    "correlations.alternative": marked(
        "A grid of the correlations of %(count)s indicators, grouped by family: blue where two go together, orange"
        " where they run against each other. The highest is %(high)s of %(high_pair)s, the lowest %(low)s of"
        " %(low_pair)s."
    ),
    "correlations.pair": marked("%(first)s and %(second)s"),
    "sunburst.title": marked("%(index)s: elements, indicators and their weights"),
    "sunburst.alternative": marked(
        "Rings around the index: each ring is one level of the hierarchy, the width of a piece is its share of the"
        " index. Innermost: %(children)s; %(count)s indicators in all."
    ),
    "sunburst.child": marked("%(name)s %(share)s"),
    "radar.title": marked("%(name)s, %(element)s %(period)s: %(score)s"),
    "radar.alternative": marked(
        "A closed line through the scores of %(name)s on %(count)s axes, and another through the median of all units."
        " Furthest above the median: %(best)s; furthest below or least above: %(worst)s."
    ),
    "change.title": marked("%(name)s, %(element)s: from %(before)s in %(earlier)s to %(after)s in %(later)s"),
    "change.alternative": marked(
        "Bars that lead from the score of %(earlier)s, %(before)s, to that of %(later)s, %(after)s: one for what each"
        " of %(count)s parts added. Most was added by %(best)s (%(most)s), least by %(worst)s (%(least)s)."
    ),
}


def wording(words: Mapping[str, str] | None) -> Mapping[str, str]:
    """The English templates, with those of `words` in their place.

    Raises:
        ValueError: a key that no picture uses.
    """
    unknown = sorted(set(words or ()) - set(ENGLISH))
    if unknown:
        raise ValueError(f"no picture says {', '.join(unknown)}")
    return {**ENGLISH, **(words or {})}


def said(template: str, facts: Mapping[str, object], language: str) -> str:
    """A sentence; in a right-to-left language names and numbers in it keep their own direction."""
    if direction(language) == "ltr":
        return template % facts
    return template % {key: f"{FIRST_STRONG_ISOLATE}{fact}{POP_ISOLATE}" for key, fact in facts.items()}


def headings(say: Mapping[str, str], *keys: str) -> dict[str, str]:
    """Headings of a table's columns."""
    return {key: say[key] for key in keys}


def places_of(rounding: int | None) -> int:
    """Decimals of a score in a picture: those of publication, 2 where nothing is said."""
    return 2 if rounding is None else max(rounding, 0)
