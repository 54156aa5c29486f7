"""The app `indicators`."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.indicators"
