"""Entries, organisations and links, made from a seed: the same number gives the same register on every machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from actionlines.frameworks import area, areas, catalogue
from actionlines.stocktaking import STAKEHOLDER_TYPES
from scale.words import SHARES, drawn, vocabulary

SEED = 2030
BATCH = 10_000
FIRST_YEAR, LAST_YEAR = 2005, 2026
STATUSES, STATUS_SHARES = ("entry", "nominee", "champion", "winner", "other"), (0.8, 0.12, 0.05, 0.02, 0.01)
STAGES = ("", "planned", "ongoing", "completed")
ENTRIES_OF_AN_ORGANISATION = 25

# framework, node, tier, probability
MadeLink = tuple[str, str, int, float]


@dataclass(frozen=True, slots=True)
class Made:
    """One entry, numbered from 1. `organisation` is a number of its own from 1, 0 for none."""

    number: int
    title: str
    description: str
    language: str
    organisation: int
    stakeholder_type: str
    country: str
    region: str
    year: int
    status: str
    stage: str
    beneficiaries: str
    confirmed: date
    links: tuple[MadeLink, ...]

    @property
    def identifier(self) -> str:
        """'scale-0000001'."""
        return f"scale-{self.number:07}"


@dataclass(frozen=True, slots=True)
class MadeOrganisation:
    """An organisation, numbered from 1."""

    number: int
    stakeholder_type: str
    country: str

    @property
    def name(self) -> str:
        """A name that occurs once."""
        head = vocabulary("en")[self.number % 900].title()
        return f"{head} {self.stakeholder_type.replace('-', ' ').title()} {self.number}"


def organisations(entries: int) -> list[MadeOrganisation]:
    """The organisations of a register of so many entries."""
    chance = np.random.default_rng((SEED, 1))
    number = max(10, entries // ENTRIES_OF_AN_ORGANISATION)
    types = chance.choice(STAKEHOLDER_TYPES, number, p=_falling(len(STAKEHOLDER_TYPES), 0.6))
    codes = [item.iso3 for item in areas()]
    countries = chance.choice(chance.permutation(codes), number, p=_falling(len(codes), 0.8))
    return [
        MadeOrganisation(place + 1, str(kind), str(country))
        for place, (kind, country) in enumerate(zip(types, countries, strict=True))
    ]


def batches(entries: int) -> Iterator[list[Made]]:
    """The entries, BATCH at a time, the oldest first; the first batches are the same in a register of any size."""
    known = organisations(entries)
    owners = _falling(len(known), 0.7)
    for start in range(0, entries, BATCH):
        chance = np.random.default_rng((SEED, 2, start))
        yield list(_batch(chance, start, min(BATCH, entries - start), entries, known, owners))


def _batch(
    chance: np.random.Generator,
    start: int,
    size: int,
    entries: int,
    known: list[MadeOrganisation],
    owners: np.ndarray,
) -> Iterator[Made]:
    languages = chance.choice(list(SHARES), size, p=np.array(list(SHARES.values())) / 100)
    chosen = chance.choice(len(known) + 1, size, p=np.append(owners * 0.97, 0.03))
    statuses = chance.choice(STATUSES, size, p=STATUS_SHARES)
    stages = chance.choice(STAGES, size)
    titles, texts = chance.integers(4, 11, size), chance.integers(30, 91, size)
    told = chance.integers(0, 5, size)
    words = drawn(chance, int(titles.sum() + texts.sum() + 12 * size))
    profiles = chance.choice(len(_profiles()), size, p=_falling(len(_profiles()), 0.5))
    years = _years(chance, start, size, entries)
    days = chance.integers(0, 1_200, size)
    place = 0
    for row in range(size):
        language = str(languages[row])
        ends = np.cumsum((titles[row], texts[row], 12)) + place
        title = _text(words[place : ends[0]], language)
        description = _text(words[ends[0] : ends[1]], language)
        beneficiaries = _text(words[ends[1] : ends[2]], language) if not told[row] else ""
        place = int(ends[2])
        owner = known[chosen[row]] if chosen[row] < len(known) else None
        country, year = owner.country if owner else "", int(years[row])
        yield Made(
            start + row + 1,
            title[:1].upper() + title[1:200],
            description,
            language,
            owner.number if owner else 0,
            owner.stakeholder_type if owner else "",
            country,
            _region(country, year),
            year,
            str(statuses[row]),
            str(stages[row]),
            beneficiaries,
            date.fromordinal(date(2026, 11, 1).toordinal() - int(days[row])),
            _profiles()[profiles[row]],
        )


def _years(chance: np.random.Generator, start: int, size: int, entries: int) -> np.ndarray:
    """Later entries are of later years, more or less; two in a hundred have none."""
    along = np.linspace(start / entries, (start + size) / entries, size) ** 0.6
    span = LAST_YEAR - FIRST_YEAR
    years = FIRST_YEAR + np.clip(np.rint(along * span + chance.normal(0, 1.5, size)), 0, span).astype(int)
    return np.where(chance.random(size) < 0.02, 0, years)


def _text(places: np.ndarray, language: str) -> str:
    words = vocabulary(language)
    parts = [words[place] for place in places]
    if language != "zh":
        return " ".join(parts)
    return "，".join("".join(parts[start : start + 6]) for start in range(0, len(parts), 6))


@cache
def _region(country: str, year: int) -> str:
    return area(country).region(date(year, 7, 1) if year else date(2026, 7, 1)) if country else ""


def _falling(number: int, exponent: float) -> np.ndarray:
    """Shares of `number` things, the first the largest."""
    weights = 1 / np.arange(1, number + 1) ** exponent
    return weights / weights.sum()


@cache
def _profiles() -> tuple[tuple[MadeLink, ...], ...]:
    """What entries are linked to: 20,000 combinations of lines, goals and targets, five links each on average."""
    chance = np.random.default_rng((SEED, 3))
    known = catalogue().frameworks
    lines = chance.permutation([node.code for node in known["wsis"].of_kind("action line", "sub-line")])
    targets = chance.permutation([node.code for node in known["sdg"].of_kind("target")])
    line_shares, target_shares = _falling(len(lines), 0.6), _falling(len(targets), 0.7)
    return tuple(
        _profile(
            chance,
            chance.choice(lines, chance.choice(4, p=(0.03, 0.57, 0.3, 0.1)), replace=False, p=line_shares),
            chance.choice(
                targets, chance.choice(5, p=(0.15, 0.3, 0.3, 0.15, 0.1)), replace=False, p=target_shares
            ),
        )
        for _ in range(20_000)
    )


def _profile(chance: np.random.Generator, lines: np.ndarray, targets: np.ndarray) -> tuple[MadeLink, ...]:
    """Links with everything above their nodes, each tier as firm as the firmest below it."""
    known = catalogue().frameworks
    found: dict[tuple[str, str], tuple[int, float]] = {}
    for framework, codes in (("wsis", lines), ("sdg", targets)):
        for code in map(str, codes):
            tier = int(chance.choice((1, 2, 3), p=(0.4, 0.05, 0.55)))
            probability = 1.0 if tier == 1 else round(float(chance.uniform(0.5, 0.99)), 3)
            for node in (code, *(above.code for above in known[framework].ancestors(code))):
                found[framework, node] = min(found.get((framework, node), (9, 0.0)), (tier, probability))
    return tuple((*key, *said) for key, said in sorted(found.items()))
