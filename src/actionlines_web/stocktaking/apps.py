"""The app `stocktaking`."""

from django.apps import AppConfig


class StocktakingConfig(AppConfig):
    """Registers the app."""

    name = "actionlines_web.stocktaking"
