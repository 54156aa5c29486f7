"""The app `alerts`."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.alerts"
