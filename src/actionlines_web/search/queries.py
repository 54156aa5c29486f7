"""Reads of the search index."""

import json
from collections.abc import Mapping, Sequence

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


def ranked_ids(text: str, among: Sequence[int] | None = None) -> list[int]:
    """Ids of the best matches, the best first, at most RANKED_LIMIT; words in the title count four times.

    Args:
        text: the words.
        among: only these are ranked; there must not be many. Without them all that match are.
    """
    sql = {
        "sqlite": "SELECT rowid FROM search_entry WHERE search_entry MATCH %s {among}"
        " ORDER BY bm25(search_entry, 4.0, 1.0), rowid LIMIT %s",
        "postgresql": "SELECT id FROM search_entry, to_tsquery('simple', %s) query WHERE terms @@ query {among}"
        " ORDER BY ts_rank('{{0.1, 0.1, 0.25, 1.0}}', terms, query, 1) DESC, id LIMIT %s",
    }
    return _keys(sql, expression(text), among, RANKED_LIMIT)


def common_ids(text: str) -> list[int]:
    """Ids of matches of words that very many entries hold: the newest with them in the title, then the newest others.

    At most RANKED_LIMIT of each: nothing has to be compared, so nothing is read to its end.
    """
    wanted = expression(text)
    sql = {
        "sqlite": "SELECT rowid FROM search_entry WHERE search_entry MATCH %s ORDER BY rowid DESC LIMIT %s",
        "postgresql": "SELECT id FROM search_entry WHERE terms @@ to_tsquery('simple', %s) LIMIT %s",
    }
    titled = f"title : ({wanted})" if connection.vendor == "sqlite" else titles_only(wanted)
    first = sorted(_keys(sql, titled, None, RANKED_LIMIT), reverse=True)
    others = sorted(_keys(sql, wanted, None, RANKED_LIMIT), reverse=True)
    return list(dict.fromkeys((*first, *others)))


def titles_only(wanted: str) -> str:
    """PostgreSQL's query with every word looked for in titles alone, where weight A stands."""
    return " & ".join(f"{term}A" if term.endswith(":*") else f"{term}:A" for term in wanted.split(" & "))


def some_matching(text: str, most: int) -> list[int]:
    """Ids of entries that match, at most `most`, on SQLite the newest of them."""
    sql = {
        "sqlite": "SELECT rowid FROM search_entry WHERE search_entry MATCH %s ORDER BY rowid DESC LIMIT %s",
        "postgresql": "SELECT id FROM search_entry WHERE terms @@ to_tsquery('simple', %s) LIMIT %s",
    }
    return _keys(sql, expression(text), None, most)


def matching_among(text: str, among: Sequence[int]) -> list[int]:
    """Those of some ids that match; there must not be many."""
    sql = {
        "sqlite": "SELECT rowid FROM search_entry WHERE search_entry MATCH %s {among} LIMIT %s",
        "postgresql": "SELECT id FROM search_entry WHERE terms @@ to_tsquery('simple', %s) {among} LIMIT %s",
    }
    return _keys(sql, expression(text), among, len(among))


def _keys(sql: Mapping[str, str], wanted: str, among: Sequence[int] | None, most: int) -> list[int]:
    """What the database's statement of the two gives for these words."""
    sqlite = connection.vendor == "sqlite"
    narrowed, parameters = "", [wanted]  # type: str, list[object]
    if among is not None:
        narrowed = "AND rowid IN (SELECT value FROM json_each(%s))" if sqlite else "AND id = ANY(%s)"
        parameters.append(json.dumps(list(among)) if sqlite else list(among))
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor].format(among=narrowed), [*parameters, most])
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
