"""Addresses of success stories."""

from django.urls import path

from actionlines_web.stories import pages

app_name = "stories"
urlpatterns = [
    path("", pages.stories, name="stories"),
    path("feed.atom", pages.feed, name="feed"),
    path("<str:identifier>/", pages.story, name="story"),
    path("<str:identifier>/picture.jpg", pages.picture, name="picture"),
    path("<str:identifier>/tell/", pages.tell, name="tell"),
    path("<str:identifier>/withdraw/", pages.withdraw, name="withdraw"),
]
