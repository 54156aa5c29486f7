"""A collection made up for tests: its own words stand for goals and lines, words no lexicon knows."""

from itertools import product

# Invented names of programmes: only the labels tell what they are about.
SDG = {"2": "brelmont", "4": "quandry", "7": "voltaska"}
WSIS = {"C2": "brelmont", "C7-HEA": "quandry", "C7-AGR": "voltaska"}
_PLACES = ("north", "south", "east", "west", "coast", "hills", "delta")
_DEEDS = ("continues", "was opened", "reports its second year", "meets partners")


def texts(words: dict[str, str]) -> list[tuple[str, str]]:
    """84 texts with their one label."""
    return [
        (f"The {word} programme of the {place} {deed}, and the team thanks everybody.", node)
        for (node, word), place, deed in product(words.items(), _PLACES, _DEEDS)
    ]
