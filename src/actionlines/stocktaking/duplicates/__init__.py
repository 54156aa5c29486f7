"""Finding entries that describe one project: resubmitted, reworded, or in another language.

`features` says what of an entry is compared, `score` how much speaks for it and in which words, `pairs` finds them in a
list without comparing each with each.
"""

from actionlines.stocktaking.duplicates.features import Features, features, site
from actionlines.stocktaking.duplicates.pairs import Pair, find_pairs
from actionlines.stocktaking.duplicates.score import Candidate, Reason, compare, weights

__all__ = ["Candidate", "Features", "Pair", "Reason", "compare", "features", "find_pairs", "site", "weights"]
