"""Which entries have what: for each value of a filter a bit an entry, so that any filter is counted at once.

The bits are kept in the database in blocks of entries, written by whoever changes an entry in the same transaction
(`write_postings`), and held in the memory of each process (`postings`), which reads anew only the blocks that changed.
"""

from actionlines_web.stocktaking.postings.memory import Mask, Postings, count, postings
from actionlines_web.stocktaking.postings.writing import drift, rebuild_postings, write_postings

__all__ = ["Mask", "Postings", "count", "drift", "postings", "rebuild_postings", "write_postings"]
