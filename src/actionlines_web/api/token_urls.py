"""Addresses of a person's tokens, which are pages in the reader's language."""

from django.urls import path

from actionlines_web.api import pages

app_name = "tokens"
urlpatterns = [
    path("", pages.tokens, name="tokens"),
    path("<str:start>/revoke/", pages.revoke, name="revoke"),
]
