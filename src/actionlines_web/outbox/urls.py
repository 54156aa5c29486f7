"""Addresses of outgoing mail."""

from django.urls import path

from actionlines_web.outbox import pages

app_name = "outbox"
urlpatterns = [
    path("", pages.outbox, name="outbox"),
    path("<int:number>/", pages.message, name="message"),
    path("<int:number>/cancel/", pages.cancel, name="cancel"),
    path("<int:number>/retry/", pages.retry, name="retry"),
    path("preview/<str:kind>/<str:language>/", pages.preview, name="preview"),
    path("wording/<str:kind>/<str:language>/", pages.wording, name="wording"),
    path("unsubscribe/<str:token>/", pages.unsubscribe, name="unsubscribe"),
]
