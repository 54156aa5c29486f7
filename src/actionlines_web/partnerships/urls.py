"""Addresses of partnerships."""

from django.urls import path

from actionlines_web.partnerships import pages

app_name = "partnerships"
urlpatterns = [
    path("", pages.proposals, name="proposals"),
    path("proposals.csv", pages.table, name="table"),
    path("figures/", pages.figures, name="figures"),
    path("figures.csv", pages.figures_table, name="figures-table"),
    path("new/", pages.new_proposal, name="new"),
    path("introductions/", pages.introductions, name="introductions"),
    path("introductions/<int:number>/", pages.introduction, name="introduction"),
    path("introductions/<int:number>/pledges/", pages.pledge, name="pledge"),
    path("introductions/<int:number>/pledges/<int:pledge>/payments/", pages.payment, name="payment"),
    path("<int:number>/", pages.proposal, name="proposal"),
    path("<int:number>/change/", pages.change_proposal, name="change"),
    path("<int:number>/state/", pages.set_state, name="state"),
    path("<int:number>/introduce/", pages.ask, name="ask"),
]
