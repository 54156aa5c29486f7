"""The app `search`."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.search"
