"""Addresses of organisations."""

from django.urls import path

from actionlines_web.organisations import pages

app_name = "organisations"
urlpatterns = [
    path("", pages.organisations, name="organisations"),
    path("new/", pages.create, name="create"),
    path("<int:number>/", pages.organisation, name="organisation"),
    path("<int:number>/edit/", pages.edit, name="edit"),
    path("<int:number>/join/", pages.join, name="join"),
    path("<int:number>/requests/", pages.answer_requests, name="answer-requests"),
    path("<int:number>/requests/<int:request_number>/", pages.answer_request, name="answer-request"),
    path("<int:number>/invite/", pages.invite, name="invite"),
    path("<int:number>/invitations/<int:invitation>/withdraw/", pages.withdraw, name="withdraw"),
    path("<int:number>/members/<int:person>/", pages.member, name="member"),
    path("<int:number>/merge/", pages.merge, name="merge"),
    path("<int:number>/transfer/", pages.transfer, name="transfer"),
    path("invitations/<int:number>/", pages.answer_invitation, name="answer-invitation"),
]
