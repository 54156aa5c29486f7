"""The app `privacy`."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.privacy"
