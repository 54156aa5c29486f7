"""Addresses of the reports."""

from django.urls import path

from actionlines_web.publishing import pages

app_name = "publishing"
urlpatterns = [
    path("", pages.reports, name="reports"),
    path("contribution/", pages.contribution, name="contribution"),
    path("drafts/", pages.drafts, name="drafts"),
    path("drafts/new/", pages.new, name="new"),
    path("schedules/", pages.schedules, name="schedules"),
    path("schedules/<int:number>/", pages.set_schedule, name="set-schedule"),
    path("<slug:key>/", pages.draft, name="draft"),
    path("<slug:key>/progress/", pages.progress, name="progress"),
    path("<slug:key>/step/", pages.step, name="step"),
    path("<slug:key>/parts/<slug:name>/", pages.part, name="part"),
    path("<slug:key>/<int:number>/", pages.version, name="version"),
    path("<slug:key>/<int:number>/changes/", pages.changes, name="changes"),
    path("<slug:key>/<int:number>/figures/", pages.figures, name="figures"),
    path("<slug:key>/<int:number>/figures/<str:figure>/", pages.figure, name="figure"),
    path("<slug:key>/<int:number>/<slug:language>.<slug:form>", pages.file, name="file"),
]
