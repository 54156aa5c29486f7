"""The app `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.ui"
