"""What operations leave behind in the database."""

from django.db import models


class Restoration(models.Model):
    """That the whole database came from a backup: of when, and when that was."""

    backup_made_at = models.DateTimeField()
    backup_version = models.CharField(max_length=40)
    restored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"restored from the backup of {self.backup_made_at:%Y-%m-%d %H:%M} UTC"
