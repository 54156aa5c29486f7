"""The app of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.meetings"
    label = "meetings"
