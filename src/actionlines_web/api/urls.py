"""Addresses of the API, the same in every language."""

from django.urls import path, re_path

from actionlines_web.api import pages
from actionlines_web.api.interface import interface

app_name = "api"
urlpatterns = [
    path("docs", pages.documentation, name="documentation"),
    path("", pages.nothing, name="root"),
    *interface.urls[0],
    re_path(r"", pages.nothing, name="nothing"),
]
