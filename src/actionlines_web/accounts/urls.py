"""Addresses of signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from actionlines_web.accounts import pages

app_name = "accounts"
urlpatterns = [
    path("sign-in/", pages.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
]
