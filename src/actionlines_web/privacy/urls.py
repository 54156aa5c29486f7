"""Addresses of one's own data."""

from django.urls import path

from actionlines_web.privacy import pages

app_name = "privacy"
urlpatterns = [
    path("", pages.download, name="download"),
    path("erase/", pages.erase, name="erase"),
]
