"""The app of events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.events"
    label = "events"
