"""The app `frameworks`."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.frameworks"
