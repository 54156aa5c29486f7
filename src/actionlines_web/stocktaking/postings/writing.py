"""Keeping the blocks: called at the end of the transaction that changes entries or their links."""

import secrets
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet

from actionlines_web.stocktaking.models import ARCHIVED_TIER, Entry, EntryLink, PostingBlock
from actionlines_web.stocktaking.postings.block import BLOCK, Block, PostedEntry, PostedLink, block_of


def write_postings(keys: Iterable[int]) -> None:
    """Post these entries anew, inside the caller's transaction, after everything else of them is written.

    Two who write into one block do so one after the other, for they lock it; blocks are taken in one order.
    """
    for number in sorted({key // BLOCK for key in keys}):
        PostingBlock.objects.bulk_create(
            [PostingBlock(number=number, version=0, content=b"")], ignore_conflicts=True
        )
        PostingBlock.objects.select_for_update().get(number=number)
        PostingBlock.objects.filter(number=number).update(version=_version(), content=_read(number).packed())


@transaction.atomic
def rebuild_postings() -> int:
    """Throw all blocks away and write them anew; returns how many there are."""
    PostingBlock.objects.all().delete()
    for number in _numbers():
        PostingBlock.objects.create(number=number, version=_version(), content=_read(number).packed())
    return PostingBlock.objects.count()


def drift() -> list[int]:
    """The numbers of blocks that are not what the entries and links say, sorted."""
    kept = set(PostingBlock.objects.values_list("number", flat=True))
    return sorted(number for number in {*kept, *_numbers()} if _kept(number) != _read(number))


def _kept(number: int) -> Block:
    """The block as it is kept; one that is not has no entry."""
    found = PostingBlock.objects.filter(number=number).values_list("content", flat=True).first()
    return Block.unpacked(bytes(found)) if found else block_of(number, (), ())


def _version() -> int:
    # Not the next number: a transaction that is rolled back must not leave its number to another content.
    return secrets.randbits(62)


def _numbers() -> Iterator[int]:
    """The blocks that have an entry."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    yield from range(newest // BLOCK + 1 if newest is not None else 0)


def _read(number: int) -> Block:
    return read_block(number, Entry.objects.all(), EntryLink.objects.all())


def read_block(number: int, entries: QuerySet[Entry], links: QuerySet[EntryLink]) -> Block:
    """The block as it should be, from all entries and links."""
    first, end = number * BLOCK, (number + 1) * BLOCK
    entries = entries.filter(pk__gte=first, pk__lt=end, archived_at=None)
    links = links.filter(entry_id__gte=first, entry_id__lt=end, tier__lt=ARCHIVED_TIER)
    return block_of(
        number,
        map(PostedEntry._make, entries.order_by("pk").values_list("pk", *PostedEntry._fields[1:])),
        map(PostedLink._make, links.order_by().values_list("entry_id", "framework", "node", "tier")),
    )
