"""The app of partnerships."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.partnerships"
    label = "partnerships"
