"""Addresses of meetings."""

from django.urls import path

from actionlines_web.meetings import pages

app_name = "meetings"
urlpatterns = [
    path("", pages.meetings, name="meetings"),
    path("new/", pages.new_meeting, name="new"),
    path("documents/", pages.documents, name="documents"),
    path("documents.atom", pages.feed, name="feed"),
    path("contributions/<int:number>/", pages.contribution, name="contribution"),
    path("contributions/<int:number>/write/<str:language>/", pages.write, name="write"),
    path("contributions/<int:number>/step/", pages.step, name="step"),
    path("contributions/<int:number>/files/", pages.add_file, name="add-file"),
    path("contributions/<int:number>/cover-<str:language>.<slug:format>", pages.cover, name="cover"),
    path("contributions/<int:number>/revisions/<int:revision>/", pages.revision, name="revision"),
    path("<str:slug>/", pages.meeting, name="meeting"),
    path("<str:slug>/change/", pages.change_meeting, name="change"),
    path("<str:slug>/agenda/", pages.change_agenda, name="agenda"),
    path("<str:slug>/publish/", pages.publish, name="publish"),
    path("<str:slug>/contribute/", pages.start, name="start"),
    path("<str:slug>/documents.atom", pages.feed, name="meeting-feed"),
]
