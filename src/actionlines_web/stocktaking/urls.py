"""Addresses of the register."""

from django.urls import path

from actionlines_web.stocktaking import pages

app_name = "stocktaking"
urlpatterns = [
    path("", pages.matrix, name="matrix"),
    path("entries/", pages.entries, name="entries"),
    path("entries/export.<str:form>", pages.export, name="export"),
    path("entries/feed.atom", pages.atom, name="feed"),
    path("entries/<str:identifier>/", pages.entry, name="entry"),
    path("entries/<str:identifier>/similar/", pages.alike, name="alike"),
    path("entries/<str:identifier>/confirm/", pages.confirm, name="confirm"),
    path("confirm/<str:token>/", pages.confirm_by_mail, name="confirm-by-mail"),
    path("entries/<str:identifier>/duplicates/", pages.duplicates, name="duplicates"),
    path("entries/<str:identifier>/merge/<str:other>/", pages.merge, name="merge"),
    path("submissions/<int:number>/similar/", pages.similar, name="similar"),
    path("entries/<str:identifier>/archive/", pages.archive, name="archive"),
    path("entries/<str:identifier>/restore/", pages.restore, name="restore"),
    path("moderation/", pages.queue, name="queue"),
    path("moderation/many/", pages.bulk_step, name="bulk-step"),
    path("moderation/<int:number>/", pages.review, name="review"),
    path("moderation/<int:number>/step/", pages.review_step, name="review-step"),
    path("submissions/", pages.submissions, name="submissions"),
    path("submissions/new/", pages.new_submission, name="new-submission"),
    path("submissions/<int:number>/", pages.submission, name="submission"),
    path("submissions/<int:number>/edit/", pages.write, name="write"),
    path("submissions/<int:number>/<str:step>/", pages.submission_step, name="submission-step"),
    path("entries/<str:identifier>/links/", pages.link_review, name="link-review"),
    path("entries/<str:identifier>/links/decide/", pages.decide_link, name="decide-link"),
    path("entries/<str:identifier>/links/add/", pages.add_link, name="add-link"),
    path("links/", pages.link_queue, name="link-queue"),
    path("links/agreement/", pages.agreement, name="agreement"),
    path("links/agreement.csv", pages.agreement_table, name="agreement-table"),
    path("links/decisions.jsonl", pages.decisions, name="decisions"),
    path("entries/<str:identifier>/history/", pages.history, name="history"),
    path("entries/<str:identifier>/change/", pages.change_entry, name="change-entry"),
    path("entries/<str:identifier>/translations/", pages.translations, name="translations"),
    path("entries/<str:identifier>/translations/<str:code>/", pages.translation, name="translation"),
    path("imports/", pages.imports, name="imports"),
    path("imports/<int:batch_id>/", pages.import_batch, name="import"),
    path("imports/<int:batch_id>/progress/", pages.import_progress, name="import-progress"),
    path("imports/<int:batch_id>/apply/", pages.apply_batch, name="apply-import"),
    path("imports/<int:batch_id>/discard/", pages.discard_batch, name="discard-import"),
    path("imports/example.csv", pages.import_example, name="import-example"),
]
