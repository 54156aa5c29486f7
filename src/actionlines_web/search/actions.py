"""Writes to the search index; called in the transaction that writes the entries."""

from collections.abc import Iterable

from django.db import connection

from actionlines.text import search_terms


def index_entries(entries: Iterable[tuple[int, str, str]]) -> None:
    """Put (id, title, text) of entries into the index, in place of what stood there under the same id."""
    rows = [(pk, " ".join(search_terms(title)), " ".join(search_terms(body))) for pk, title, body in entries]
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


def clear_index() -> None:
    """Take everything out of the index."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_entry")


def remove_entries(ids: Iterable[int]) -> None:
    """Take entries out of the index."""
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM search_entry WHERE {column} = %s", [(pk,) for pk in ids])  # noqa: S608
