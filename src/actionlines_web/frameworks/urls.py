"""Addresses of the frameworks."""

from django.urls import path

from actionlines_web.frameworks import pages

app_name = "frameworks"
urlpatterns = [
    path("", pages.frameworks, name="frameworks"),
    path("<slug:framework>/", pages.framework, name="framework"),
    path("<slug:framework>/<str:code>/", pages.node, name="node"),
]
