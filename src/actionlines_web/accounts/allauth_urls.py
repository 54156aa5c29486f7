"""allauth's addresses; the three that everybody knows stand last, so that its pages link to ours."""

from allauth.account.views import login, logout, signup
from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/factors/", include("allauth.mfa.urls")),
    path("account/sites/", include("allauth.socialaccount.urls")),
    path("sign-in/", login, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("sign-up/", signup, name="account_signup"),
]
