"""Canned replies as moderators are offered them."""

from collections.abc import Mapping

from actionlines.text import Text
from actionlines_web.stocktaking.models import OwnReply
from actionlines_web.stocktaking.replies import Reply, replies_of_files


def replies() -> Mapping[str, Reply]:
    """Every reply by its kind, the site's own before those of the files.

    Raises:
        InputError: a file is missing or cannot be used; names every fault.
    """
    own = {item.kind: reply_of(item) for item in OwnReply.objects.all()}
    return dict(sorted({**replies_of_files(), **own}.items()))


def own_kinds() -> frozenset[str]:
    """The kinds that the site words itself."""
    return frozenset(OwnReply.objects.values_list("kind", flat=True))


def reply_of(kept: OwnReply) -> Reply:
    """A stored reply as the library's texts."""
    return Reply(kept.kind, Text(kept.titles), Text(kept.texts))
