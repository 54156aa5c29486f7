"""Canned replies that a site has written itself."""

from django.db import models


class OwnReply(models.Model):
    """A canned reply of this site's own, before that of the files (`replies.py`); whole in the six languages.

    `titles` and `texts` are language to words.
    """

    kind = models.SlugField(max_length=40, primary_key=True)
    titles = models.JSONField()
    texts = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.kind
