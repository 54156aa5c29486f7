"""The app `webhooks`."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.webhooks"
