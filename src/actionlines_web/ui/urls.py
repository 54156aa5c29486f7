"""Addresses of the pages about the site itself."""

from django.urls import path

from actionlines_web.ui import pages

app_name = "ui"
urlpatterns = [path("about/", pages.about, name="about")]
