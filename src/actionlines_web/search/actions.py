"""Writes to the search index; called in the transaction that writes the entries."""

from collections.abc import Iterable

from django.db import connection

from actionlines.spelling import trigrams, written_words
from actionlines.text import search_terms

AT_ONCE = 500


def index_entries(entries: Iterable[tuple[int, str, str]]) -> None:
    """Put (id, title, text) of entries into the index, in place of what stood there under the same id."""
    given = list(entries)
    rows = [(pk, " ".join(search_terms(title)), " ".join(search_terms(body))) for pk, title, body in given]
    if not rows:
        return
    remove_entries([pk for pk, _, _ in rows])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO search_entry (rowid, title, body) VALUES (%s, %s, %s)", rows)
        else:
            cursor.executemany(
                "INSERT INTO search_entry (id, terms) VALUES (%s, setweight(to_tsvector('simple', %s), 'A')"
                " || setweight(to_tsvector('simple', %s), 'B'))",
                rows,
            )
    learn_words(title for _, title, _ in given)


def learn_words(titles: Iterable[str]) -> None:
    """Note the words of titles that are not known yet. Words stay: whether one is still held, the index says."""
    words: dict[str, str] = {}
    for title in titles:
        for word, shown in written_words(title).items():
            words.setdefault(word, shown[:80])
    # In one order, so that two writers on PostgreSQL cannot lock each other out.
    wanted = sorted(words)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT word FROM search_word WHERE word IN ({marks})", part)  # noqa: S608
            known = {row[0] for row in cursor.fetchall()}
            new = [word for word in part if word not in known]
            if not new:
                continue
            cursor.executemany(
                "INSERT INTO search_word (word, shown) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [(word, words[word]) for word in new],
            )
            cursor.executemany(
                "INSERT INTO search_trigram (trigram, length, word) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [(trigram, len(word), word) for word in new for trigram in sorted(trigrams(word))],
            )


def remove_entries(ids: Iterable[int]) -> None:
    """Take entries out of the index."""
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM search_entry WHERE {column} = %s", [(pk,) for pk in ids])  # noqa: S608
