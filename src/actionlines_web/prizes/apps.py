"""The app `prizes`."""

from django.apps import AppConfig


class PrizesConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.prizes"
