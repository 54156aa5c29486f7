"""Addresses of coordination."""

from django.urls import path

from actionlines_web.coordination import pages

app_name = "coordination"
urlpatterns = [
    path("", pages.lines, name="lines"),
    path("asks/", pages.follow_up, name="follow-up"),
    path("asks/overview/", pages.overview, name="overview"),
    path("asks/load/", pages.load_asks, name="load-asks"),
    path("asks/<str:code>/", pages.ask_set, name="ask-set"),
    path("asks/<str:code>/<str:number>/", pages.ask, name="ask"),
    path("asks/<str:code>/<str:number>/organisations/", pages.ask_organisation, name="ask-organisation"),
    path("<str:code>/", pages.line, name="line"),
    path("<str:code>/appoint/", pages.appoint, name="appoint"),
    path("<str:code>/roles/<int:number>/end/", pages.end_role, name="end-role"),
    path("<str:code>/road-maps/", pages.new_road_map, name="new-road-map"),
    path("<str:code>/road-maps/<str:cycle>/", pages.road_map, name="road-map"),
    path("<str:code>/road-maps/<str:cycle>/vision/", pages.change_vision, name="vision"),
    path("<str:code>/road-maps/<str:cycle>/rows/", pages.add_row, name="add-row"),
    path("<str:code>/road-maps/<str:cycle>/rows/<str:number>/", pages.row, name="row"),
    path("<str:code>/road-maps/<str:cycle>/publish/", pages.publish, name="publish"),
    path("<str:code>/road-maps/<str:cycle>/import/", pages.import_rows, name="import"),
    path("<str:code>/road-maps/<str:cycle>/road-map.csv", pages.export, name="export"),
    path("<str:code>/road-maps/<str:cycle>/road-map.<slug:format>", pages.document, name="document"),
    path("<str:code>/road-maps/<str:cycle>/versions/", pages.versions, name="versions"),
]
