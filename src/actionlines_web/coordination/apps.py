"""The app of coordination."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.coordination"
    label = "coordination"
