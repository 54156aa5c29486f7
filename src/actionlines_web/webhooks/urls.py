"""Addresses of webhooks."""

from django.urls import path

from actionlines_web.webhooks import pages

app_name = "webhooks"
urlpatterns = [
    path("", pages.webhooks, name="webhooks"),
    path("<int:number>/", pages.subscription, name="subscription"),
    path("<int:number>/secret/", pages.renew, name="renew-secret"),
    path("<int:number>/pause/", pages.pause, name="pause"),
    path("<int:number>/resume/", pages.resume, name="resume"),
    path("<int:number>/test/", pages.test, name="test"),
    path("<int:number>/delete/", pages.delete, name="delete"),
    path("<int:number>/deliveries/<int:delivery>/again/", pages.again, name="send-again"),
]
