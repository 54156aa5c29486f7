"""The app `outbox`."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.outbox"
