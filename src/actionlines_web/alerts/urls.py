"""Addresses of saved searches."""

from django.urls import path

from actionlines_web.alerts import pages

app_name = "alerts"
urlpatterns = [
    path("", pages.searches, name="searches"),
    path("save/", pages.save, name="save"),
    path("<int:number>/", pages.change, name="change"),
    path("<int:number>/delete/", pages.delete, name="delete"),
]
