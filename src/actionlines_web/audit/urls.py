"""Addresses of the audit trail."""

from django.urls import path

from actionlines_web.audit import pages

app_name = "audit"
urlpatterns = [
    path("", pages.recent, name="recent"),
    path("<str:object_type>/<str:object_id>/", pages.of_object, name="object"),
]
