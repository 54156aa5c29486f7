"""Tokens, the answers kept so that a request sent twice is carried out once, and who asked how often."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may be used for; its user must be allowed to do it as well."""

    WRITE_ENTRIES = "entries:write", _("create and change entries")


class ApiToken(models.Model):
    """A key to the API. Only its SHA-256 is kept: the key has 256 random bits, so a slow hash would protect nothing more."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    label = models.CharField(max_length=100, blank=True)
    start = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.start}…"


class KeptAnswer(models.Model):
    """The answer to a request with an Idempotency-Key; the same request again gets it again."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_once_per_key")]

    def __str__(self) -> str:
        return f"{self.token}: {self.key}"


class RateWindow(models.Model):
    """How many requests of a client all workers have reported for one minute (counted from 1970)."""

    client = models.CharField(max_length=64)
    minute = models.BigIntegerField()
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "minute"], name="rate_window_once")]

    def __str__(self) -> str:
        return f"{self.client} {self.minute}"
