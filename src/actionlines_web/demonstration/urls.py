"""Addresses of the demonstration."""

from django.urls import path

from actionlines_web.demonstration import pages

app_name = "demonstration"
urlpatterns = [path("demonstration/enter/", pages.enter, name="enter")]
