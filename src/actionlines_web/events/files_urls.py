"""The address of documents of events: the same in every language, and on the files' own host where there is one."""

from django.urls import path

from actionlines_web.events import pages

app_name = "event-files"
urlpatterns = [path("<str:key>/<str:name>", pages.event_file, name="file")]
