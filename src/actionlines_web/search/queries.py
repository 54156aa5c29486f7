"""Reads of the search index."""

from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from actionlines.text import search_terms

# Ranking a very common word over a million rows takes seconds; a reader looks at the first pages only.
RANKED_LIMIT = 2_000


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
