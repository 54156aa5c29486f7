"""Addresses of the prizes."""

from django.urls import path

from actionlines_web.prizes import pages

app_name = "prizes"
urlpatterns = [
    path("", pages.editions, name="editions"),
    path("new/", pages.new_edition, name="new-edition"),
    path("<slug:slug>/", pages.edition, name="edition"),
    path("<slug:slug>/dates/", pages.dates, name="dates"),
    path("<slug:slug>/categories/", pages.categories, name="categories"),
    path("<slug:slug>/categories/<str:code>/", pages.category, name="category"),
    path("<slug:slug>/nominees/<str:code>/", pages.nominee, name="nominee"),
    path(
        "<slug:slug>/nominees/<str:code>/certificate-<str:language>.pdf",
        pages.certificate,
        name="certificate",
    ),
    path("<slug:slug>/nominees.csv", pages.table, name="table"),
    path("<slug:slug>/statistics.csv", pages.statistics, name="statistics"),
    path("<slug:slug>/projects/", pages.own, name="own"),
    path("<slug:slug>/projects/new/", pages.new_project, name="new-project"),
    path("<slug:slug>/projects/<str:code>/", pages.project, name="project"),
    path("<slug:slug>/projects/<str:code>/edit/", pages.write, name="write"),
    path("<slug:slug>/projects/<str:code>/check/", pages.check, name="check"),
    path("<slug:slug>/projects/<str:code>/<str:step>/", pages.project_step, name="project-step"),
    path("<slug:slug>/review/", pages.reviews, name="reviews"),
    path("<slug:slug>/review/<str:code>/", pages.review, name="review"),
    path("<slug:slug>/review/<str:code>/<str:step>/", pages.review_step, name="review-step"),
    path("<slug:slug>/vote/", pages.vote, name="vote"),
    path("<slug:slug>/vote/<str:code>/", pages.choose, name="choose"),
    path("<slug:slug>/vote/<str:code>/confirm/", pages.confirm, name="confirm"),
    path("<slug:slug>/vote/<str:code>/withdraw/", pages.withdraw, name="withdraw"),
    path("<slug:slug>/my-votes/", pages.my_votes, name="my-votes"),
    path("<slug:slug>/my-votes/appeal/<int:number>/", pages.appeal, name="appeal"),
    path("<slug:slug>/receipt/", pages.receipt, name="receipt"),
    path("<slug:slug>/result/", pages.result, name="result"),
    path("<slug:slug>/result/<int:number>.zip", pages.result_file, name="result-file"),
    path("<slug:slug>/desk/", pages.desk, name="desk"),
    path("<slug:slug>/desk/projects/", pages.screening, name="screening"),
    path("<slug:slug>/desk/projects/<str:code>/", pages.screen, name="screen"),
    path("<slug:slug>/desk/reviewers/", pages.reviewers, name="reviewers"),
    path("<slug:slug>/desk/shortlist/", pages.shortlist, name="shortlist"),
    path("<slug:slug>/desk/ballots/", pages.ballots, name="ballots"),
    path("<slug:slug>/desk/ballots/<int:number>/", pages.decide, name="decide"),
    path("<slug:slug>/desk/close/", pages.close, name="close"),
    path("<slug:slug>/desk/winners/", pages.winners, name="winners"),
    path("<slug:slug>/desk/message/", pages.message, name="message"),
]
