"""What is counted."""

from django.db import models


class PostingBlock(models.Model):
    """The postings of some neighbouring entries (see `postings`): which of them have what, a bit each."""

    number = models.PositiveIntegerField(primary_key=True)
    # Any number but the one before: whoever holds the block in memory sees that it changed.
    version = models.BigIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"block {self.number}"
