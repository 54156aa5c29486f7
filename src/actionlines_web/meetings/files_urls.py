"""The address of files of contributions: the same in every language, and on the files' own host where there is one."""

from django.urls import path

from actionlines_web.meetings import pages

app_name = "papers"
urlpatterns = [path("<str:key>/<str:name>", pages.paper_file, name="file")]
