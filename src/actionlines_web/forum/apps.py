"""The app `forum`."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.forum"
