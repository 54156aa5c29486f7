"""Addresses of the indicators."""

from django.urls import path

from actionlines_web.indicators.pages import (
    catalogue,
    compare,
    economy,
    findings,
    imports,
    index,
    questionnaires,
    series,
)

app_name = "indicators"
urlpatterns = [
    path("", catalogue.indicators, name="indicators"),
    path("series.csv", catalogue.catalogue_table, name="catalogue-table"),
    path("availability/", catalogue.available, name="availability"),
    path("availability.csv", catalogue.available_table, name="availability-table"),
    path("compare/", compare.compare_page, name="compare"),
    path("compare.csv", compare.compare_table, name="compare-table"),
    path("compare.svg", compare.compare_picture, name="compare-picture"),
    path("economies/<str:iso3>/", economy.economy, name="economy"),
    path("economies/<str:iso3>/values.csv", economy.economy_table, name="economy-table"),
    path("indices/", index.indices, name="indices"),
    path("indices/<str:name>/", index.index_page, name="index"),
    path("indices/<str:name>/scores.csv", index.index_table, name="index-table"),
    path("indices/<str:name>/scores.svg", index.index_picture, name="index-picture"),
    path("indices/<str:name>/what-if/", index.what_if, name="what-if"),
    path("findings/", findings.findings_page, name="findings"),
    path("findings/<int:finding_id>/answer/", imports.answer_page, name="answer"),
    path("findings/<int:finding_id>/sign-off/", imports.sign_page, name="sign-off"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:batch_id>/", imports.import_page, name="import"),
    path("imports/<int:batch_id>/mapping/", imports.mapping_page, name="mapping"),
    path("imports/<int:batch_id>/confirm/", imports.confirm_rule_page, name="confirm-rule"),
    path("imports/<int:batch_id>/apply/", imports.apply_page, name="apply-import"),
    path("imports/<int:batch_id>/discard/", imports.discard_page, name="discard-import"),
    path("questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("questionnaires/<int:number>/", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<int:number>/workbook.xlsx", questionnaires.workbook, name="workbook"),
    path("questionnaires/<int:number>/upload/", questionnaires.upload, name="upload-answers"),
    path("questionnaires/<int:number>/share/", questionnaires.share, name="share-questionnaire"),
    path("<str:code>/", series.series_page, name="series"),
    path("<str:code>/values.csv", series.series_table, name="series-table"),
    path("<str:code>/<str:kind>.svg", series.series_picture, name="series-picture"),
    path("<str:code>/economies/<str:iso3>/", series.history_page, name="history"),
    path("<str:code>/economies/<str:iso3>/values.csv", series.history_table, name="history-table"),
]
