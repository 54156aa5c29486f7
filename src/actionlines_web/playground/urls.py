"""The address of the aligner to try."""

from django.urls import path

from actionlines_web.playground import pages

app_name = "playground"
urlpatterns = [path("", pages.align, name="align")]
