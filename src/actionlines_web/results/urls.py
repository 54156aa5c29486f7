"""Addresses of results and of plans."""

from django.urls import path

from actionlines_web.results.pages import chain, indicator, keeping, plans, tables, uploads

app_name = "results"
_RESULT = "<str:code>/results/<str:result>/"
_INDICATOR = "<str:code>/indicators/<str:indicator>/"
urlpatterns = [
    path("", chain.frameworks, name="frameworks"),
    path("load/", keeping.load, name="load"),
    path("waiting/", indicator.waiting, name="waiting"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", uploads.new_plan, name="new-plan"),
    path("plans/countries/<str:iso3>/", plans.country, name="country"),
    path("plans/<int:number>/", plans.plan, name="plan"),
    path("plans/<int:number>/progress/", plans.progress, name="plan-progress"),
    path("plans/<int:number>/change/", uploads.change_plan, name="change-plan"),
    path("<str:code>/", chain.framework, name="framework"),
    path("<str:code>/state/", keeping.show, name="show"),
    path("<str:code>/approve/", indicator.approve_all, name="approve-all"),
    path("<str:code>/periods/<str:period>/", keeping.lock, name="lock"),
    path("<str:code>/actuals.<str:form>", tables.export, name="export"),
    path("<str:code>/import/", tables.import_table, name="import"),
    path(_RESULT, chain.result, name="result"),
    path(f"{_RESULT}budget/<str:period>/", keeping.budget, name="budget"),
    path(f"{_RESULT}organisation/", keeping.give, name="give"),
    path(_INDICATOR, indicator.indicator, name="indicator"),
    path(f"{_INDICATOR}<str:period>/", indicator.report, name="report"),
]
