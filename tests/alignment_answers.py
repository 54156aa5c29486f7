"""What the core said of some fixed texts when they were last looked at: library/alignment/data/answers.txt.

Who makes the aligner faster must not change an answer. Who changes what it says on purpose (a word of the lexicon, a
training) writes the file anew with `python tests/alignment_answers.py` and reads what has changed.
"""

from collections.abc import Iterator

from actionlines.alignment import Link, align
from actionlines.formats.demonstration import demonstration_entries
from alignment_sentences import DATA, sentences

FILE = DATA / "answers.txt"
FRAMEWORKS = ("sdg", "wsis", "gdc")


def texts() -> Iterator[tuple[str, str]]:
    """Language ('' to detect it) and text: sentences in six languages, entries, a text long enough to be cut."""
    for name in ("direction", "negation"):
        yield from ((row["language"], row["text"]) for row in sentences(name))
    entries = [entry.text for entry in demonstration_entries()]
    yield from (("", text) for text in entries)
    yield "", "\n\n".join(entries[:20])


def answers() -> Iterator[str]:
    """A line for each text: its links, each with basis, probability, direction and the places of its evidence."""
    for language, text in texts():
        links = align(text, language=language, frameworks=FRAMEWORKS)
        yield f"{text[:24]!r} {'; '.join(map(_told, links))}"


def _told(link: Link) -> str:
    places = ",".join(f"{item.start}-{item.end}" for item in link.evidence)
    source = f" from {link.source}" if link.source else ""
    return f"{link.framework}:{link.node} {link.basis} {link.probability} {link.direction}{source} {places}"


if __name__ == "__main__":
    FILE.write_text("".join(f"{line}\n" for line in answers()), encoding="utf-8")
