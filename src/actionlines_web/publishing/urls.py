"""Addresses of the reports."""

from django.urls import path

from actionlines_web.publishing import pages

app_name = "publishing"
urlpatterns = [
    path("", pages.reports, name="reports"),
    path("contribution/", pages.contribution, name="contribution"),
]
