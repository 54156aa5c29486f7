"""Addresses of signing in and out, one's account, roles."""

from allauth.account.views import login, logout, signup
from django.urls import path

from actionlines_web.accounts import pages

app_name = "accounts"
urlpatterns = [
    path("sign-in/", login, name="sign-in"),
    path("sign-out/", logout, name="sign-out"),
    path("sign-up/", signup, name="sign-up"),
    path("account/", pages.account, name="account"),
    path("account/devices/", pages.devices, name="devices"),
    path("account/devices/others/end/", pages.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("account/devices/<int:number>/end/", pages.sign_out_device, name="sign-out-device"),
    path("roles/", pages.permissions, name="permissions"),
    path("roles/granted/", pages.granted, name="granted"),
    path("roles/granted/<int:number>/revoke/", pages.revoke, name="revoke"),
    path("view-as/", pages.view_as, name="view-as"),
    path("view-as/end/", pages.end_viewing, name="end-viewing"),
]
