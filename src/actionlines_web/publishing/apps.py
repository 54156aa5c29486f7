"""The app `publishing`."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.publishing"
