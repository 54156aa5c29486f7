"""The app `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.api"
