"""The app `organisations`."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.organisations"
