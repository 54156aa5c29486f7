"""Reads of the register: one query object for every list, the facets beside it, the matrix."""

from actionlines_web.stocktaking.queries.entries import (
    Page,
    archived_entry,
    entry_by_identifier,
    entry_page,
    entry_titles,
    has_demonstration_entries,
    link_counts,
    links_to_node,
)
from actionlines_web.stocktaking.queries.facets import Facet, facets
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.library import evidence_of, library_entries, library_entry, narrowest
from actionlines_web.stocktaking.queries.matrix import Matrix, matrix
from actionlines_web.stocktaking.queries.news import NewEntry, new_entries, newest_key
from actionlines_web.stocktaking.queries.records import entry_record, entry_version
from actionlines_web.stocktaking.queries.rows import ExportedEntry, exported
from actionlines_web.stocktaking.queries.words import Words

__all__ = [
    "EntryQuery",
    "ExportedEntry",
    "Facet",
    "Matrix",
    "NewEntry",
    "Page",
    "Words",
    "archived_entry",
    "entry_by_identifier",
    "entry_page",
    "entry_record",
    "entry_titles",
    "entry_version",
    "evidence_of",
    "exported",
    "facets",
    "has_demonstration_entries",
    "library_entries",
    "library_entry",
    "link_counts",
    "links_to_node",
    "matrix",
    "narrowest",
    "new_entries",
    "newest_key",
]
