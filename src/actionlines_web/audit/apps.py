"""The app `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.audit"
