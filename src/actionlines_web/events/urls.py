"""Addresses of events."""

from django.urls import path

from actionlines_web.events import pages

app_name = "events"
urlpatterns = [
    path("", pages.events, name="events"),
    path("new/", pages.new_event, name="new"),
    path("initiatives/", pages.initiatives, name="initiatives"),
    path("calendar.ics", pages.calendar, name="calendar"),
    path("<str:slug>/", pages.event, name="event"),
    path("<str:slug>/event.ics", pages.calendar, name="event-calendar"),
    path("<str:slug>/change/", pages.change_event, name="change"),
    path("<str:slug>/state/", pages.announce, name="announce"),
    path("<str:slug>/agenda/", pages.change_agenda, name="agenda"),
    path("<str:slug>/outcomes/", pages.change_outcomes, name="outcomes"),
    path("<str:slug>/files/", pages.add_file, name="add-file"),
    path("<str:slug>/participants/", pages.take_part, name="take-part"),
]
