"""The app `stories`."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.stories"
