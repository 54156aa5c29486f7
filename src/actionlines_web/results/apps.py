"""The app of results."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.results"
    label = "results"
