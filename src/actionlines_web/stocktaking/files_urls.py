"""The address of attached files: the same in every language, and the only one of the files' own host."""

from django.urls import path

from actionlines_web.stocktaking import pages

app_name = "files"
urlpatterns = [path("<str:key>/<str:name>", pages.file, name="file")]
