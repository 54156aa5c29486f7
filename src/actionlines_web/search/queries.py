"""Reads of the search index."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, product

from django.db import connection
from django.db.models.expressions import RawSQL

from actionlines.spelling import CJK_RUN, likeness, nearest, slips, trigrams, without_each, words_in
from actionlines.text import search_terms

# Ranking a very common word over a million rows takes seconds; a reader looks at the first pages only.
RANKED_LIMIT = 2_000
# How many words or entries are compared with a misspelt one, how many are offered, how many combinations are tried.
CANDIDATES = 100
ALTERNATIVES = 3
TRIED = 9
# In shorter Chinese runs every exchange of a character makes another word.
LEAST_RUN = 4


def expression(text: str) -> str:
    """The database's query for all words of `text`, the last one as a prefix; '' when there is no word in it."""
    terms = search_terms(text)[:20]
    if not terms:
        return ""
    if connection.vendor == "sqlite":
        return " ".join(f'"{term}"' for term in terms) + "*"
    return " & ".join(f"'{term}'" for term in terms) + ":*"


def matching_ids(text: str) -> RawSQL:
    """A subquery of the ids of all entries that match, for `filter(pk__in=…)`."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT rowid FROM search_entry WHERE search_entry MATCH %s", [expression(text)])
    return RawSQL("SELECT id FROM search_entry WHERE terms @@ to_tsquery('simple', %s)", [expression(text)])


def ranked_ids(text: str) -> list[int]:
    """Ids of the best matches, the best first, at most RANKED_LIMIT; words in the title count four times."""
    if connection.vendor == "sqlite":
        sql = "SELECT rowid FROM search_entry WHERE search_entry MATCH %s ORDER BY bm25(search_entry, 4.0, 1.0), rowid LIMIT %s"
        parameters: list[object] = [expression(text), RANKED_LIMIT]
    else:
        sql = (
            "SELECT id FROM search_entry, to_tsquery('simple', %s) query WHERE terms @@ query"
            " ORDER BY ts_rank('{0.1, 0.1, 0.25, 1.0}', terms, query, 1) DESC, id LIMIT %s"
        )
        parameters = [expression(text), RANKED_LIMIT]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def holding(terms: Sequence[str], most: int) -> list[int]:
    """Ids of entries that hold all these search terms, in no order, at most `most`: whether a word is rare costs little."""
    if connection.vendor == "sqlite":
        sql, joined = "SELECT rowid FROM search_entry WHERE search_entry MATCH %s LIMIT %s", " AND "
        wanted = joined.join(f'"{term}"' for term in terms)
    else:
        sql, joined = "SELECT id FROM search_entry WHERE terms @@ to_tsquery('simple', %s) LIMIT %s", " & "
        wanted = joined.join(f"'{term}'" for term in terms)
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted, most])
        return [row[0] for row in cursor.fetchall()]


def is_held(text: str) -> bool:
    """Whether any entry holds all words of the text, the last one as a prefix."""
    if connection.vendor == "sqlite":
        sql = "SELECT 1 FROM search_entry WHERE search_entry MATCH %s LIMIT 1"
    else:
        sql = "SELECT 1 FROM search_entry WHERE terms @@ to_tsquery('simple', %s) LIMIT 1"
    wanted = expression(text)
    if not wanted:
        return False
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted])
        return cursor.fetchone() is not None


def words_near(word: str) -> list[str]:
    """The words of titles nearest to a folded word, the best first, as they are written; none for a short word.

    Only words that share a trigram are looked at, and of those the CANDIDATES that share most.
    """
    most = slips(word)
    if not most:
        return []
    wanted = sorted(trigrams(word))
    marks = ", ".join(["%s"] * len(wanted))
    lengths = range(len(word) - most, len(word) + most + 1)
    length_marks = ", ".join(["%s"] * len(lengths))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM search_trigram WHERE trigram IN ({marks}) AND length IN ({length_marks})"  # noqa: S608
            " GROUP BY word ORDER BY COUNT(*) DESC, word LIMIT %s",
            [*wanted, *lengths, CANDIDATES],
        )
        found = nearest(word, [row[0] for row in cursor.fetchall()])[:ALTERNATIVES]
        if not found:
            return []
        marks = ", ".join(["%s"] * len(found))
        cursor.execute(f"SELECT word, shown FROM search_word WHERE word IN ({marks})", found)  # noqa: S608
        shown = dict(cursor.fetchall())
    return [shown[other] for other in found if other in shown]


def alike(run: str) -> list[int]:
    """Ids of entries that hold a Chinese run of four and more characters with one of them exchanged, at most CANDIDATES."""
    found: dict[int, None] = {}
    if len(run) >= LEAST_RUN:
        for pairs in without_each(run):
            found |= dict.fromkeys(holding(pairs, CANDIDATES // len(run)))
    return list(found)[:CANDIDATES]


def meant(text: str, titles: Callable[[list[int]], Iterable[str]]) -> list[str]:
    """What somebody may have meant whose search found nothing: texts with misspelt words put right, the best first.

    Each is held by some entry. A word is misspelt where no entry holds it.

    Args:
        text: what was searched.
        titles: gives the titles of entries, in which a Chinese run is looked for.
    """
    words = words_in(text)[:20]
    choices: list[list[str]] = []
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if is_held(word) if last else all(holding([term], 1) for term in search_terms(word)):
            choices.append([word])
        elif run := CJK_RUN.search(word):
            parts = dict.fromkeys(likeness(run.group(), title) for title in titles(alike(run.group())))
            choices.append([word.replace(run.group(), part) for part in parts if part][:ALTERNATIVES])
        else:
            terms = search_terms(word)
            choices.append(words_near(terms[0]) if len(terms) == 1 else [])
    tried = islice(product(*choices), TRIED)
    found = (" ".join(chosen) for chosen in tried if list(chosen) != words)
    return [said for said in found if is_held(said)][:ALTERNATIVES]
