"""The newest entries of any filter as an Atom feed."""

from django.utils.feedgenerator import Atom1Feed

from actionlines_web.stocktaking.queries import EntryQuery, Words, exported

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
MOST_ENTRIES = 50


def atom(query: EntryQuery, words: Words, *, title: str, list_address: str, feed_address: str) -> str:
    """The MOST_ENTRIES entries registered last that pass, the newest first, with the codes of their links.

    Args:
        query: which entries.
        words: names, and the site's address.
        title: of the feed.
        list_address, feed_address: where the same list stands as a page, and this feed.
    """
    feed = Atom1Feed(
        title, list_address, "", language=words.language, feed_url=feed_address, author_name="actionlines"
    )
    for entry in (entry for chunk in exported(query, most=MOST_ENTRIES) for entry in chunk):
        address = words.entry_address(entry.identifier)
        feed.add_item(
            entry.title,
            address,
            "\n\n".join(filter(None, (entry.description, entry.results))),
            unique_id=address,
            author_name=entry.organisation,
            pubdate=entry.created_at,
            updateddate=entry.changed_at,
            categories=[link.node for link in entry.links],
        )
    return feed.writeString("utf-8")
