"""Addresses of operations."""

from django.urls import path

from actionlines_web.operations import pages

app_name = "operations"
urlpatterns = [
    path("health", pages.health, name="health"),
    path("ready", pages.ready, name="ready"),
    path("metrics", pages.metrics, name="metrics"),
]
