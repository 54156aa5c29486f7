"""Addresses of the Forum."""

from django.urls import path

from actionlines_web.forum import pages

app_name = "forum"
urlpatterns = [
    path("", pages.editions, name="editions"),
    path("new/", pages.new_edition, name="new-edition"),
    path("invitations/<str:token>/", pages.invitation, name="invitation"),
    path("<slug:slug>/", pages.edition, name="edition"),
    path("<slug:slug>/programme/", pages.programme, name="programme"),
    path("<slug:slug>/agenda/", pages.agenda, name="agenda"),
    path("<slug:slug>/versions/", pages.versions, name="versions"),
    path("<slug:slug>/sessions/<int:number>/", pages.session, name="session"),
    path("<slug:slug>/sessions/<int:number>/choose/", pages.choose, name="choose"),
    path("<slug:slug>/people/<str:code>/", pages.person, name="person"),
    path("<slug:slug>/requests/", pages.own, name="own"),
    path("<slug:slug>/requests/new/", pages.new_request, name="new-request"),
    path("<slug:slug>/requests/<int:number>/", pages.request_page, name="request"),
    path("<slug:slug>/requests/<int:number>/edit/", pages.write, name="write"),
    path("<slug:slug>/requests/<int:number>/<str:step>/", pages.request_step, name="request-step"),
    path("<slug:slug>/consultation/", pages.consultation, name="consultation"),
    path("<slug:slug>/consultation.csv", pages.consultation_table, name="consultation-table"),
    path("<slug:slug>/consultation/new/", pages.new_contribution, name="new-contribution"),
    path("<slug:slug>/consultation/nominate/", pages.nominations, name="nominate"),
    path("<slug:slug>/consultation/<int:number>/", pages.contribution, name="contribution"),
    path("<slug:slug>/consultation/<int:number>/edit/", pages.write_contribution, name="write-contribution"),
    path(
        "<slug:slug>/consultation/<int:number>/<str:step>/", pages.contribution_step, name="contribution-step"
    ),
    path("<slug:slug>/desk/", pages.desk, name="desk"),
    path("<slug:slug>/desk/edition/", pages.change_edition, name="change-edition"),
    path("<slug:slug>/desk/requests/", pages.requests, name="requests"),
    path("<slug:slug>/desk/requests/<int:number>/", pages.decide, name="decide"),
    path("<slug:slug>/desk/imports/", pages.imports, name="imports"),
    path("<slug:slug>/desk/imports/example.csv", pages.import_example, name="import-example"),
    path("<slug:slug>/desk/imports/<int:number>/", pages.import_batch, name="import"),
    path("<slug:slug>/desk/schedule/", pages.schedule, name="schedule"),
    path("<slug:slug>/desk/schedule/<int:number>/", pages.place, name="place"),
    path("<slug:slug>/desk/runs/", pages.order_run, name="order-run"),
    path("<slug:slug>/desk/runs/<int:number>/", pages.run, name="run"),
    path("<slug:slug>/desk/publish/", pages.publish, name="publish"),
    path("<slug:slug>/desk/facilitators/", pages.facilitators, name="facilitators"),
]
