"""The app of operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What the people who run a site need."""

    name = "actionlines_web.operations"
    label = "operations"
