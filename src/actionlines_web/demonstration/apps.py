"""The app `demonstration`."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.demonstration"
