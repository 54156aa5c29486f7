"""The app."""

from django.apps import AppConfig


class PlaygroundConfig(AppConfig):
    """The aligner to try."""

    name = "actionlines_web.playground"
