"""Addresses of the indicators."""

from django.urls import path

from actionlines_web.indicators import pages

app_name = "indicators"
urlpatterns = [
    path("", pages.indicators, name="indicators"),
    path("economies/<str:iso3>/", pages.economy, name="economy"),
    path("<str:code>/", pages.series_page, name="series"),
]
