"""The app `jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.jobs"
