"""All addresses. English pages stand at the root, the other languages under their code (/fr/, /ar/ …)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from actionlines_web.ui.pages import security_contact

urlpatterns = [
    path("", include("actionlines_web.operations.urls")),
    path(".well-known/security.txt", security_contact, name="security-contact"),
    path("api/v1/", include("actionlines_web.api.urls")),
    # One address in all languages, for each is registered with its provider.
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("files/events/", include("actionlines_web.events.files_urls")),
    path("files/meetings/", include("actionlines_web.meetings.files_urls")),
    path("files/", include("actionlines_web.stocktaking.files_urls")),
    *i18n_patterns(
        path("", include("actionlines_web.stocktaking.urls")),
        path("", include("actionlines_web.accounts.urls")),
        path("", include("actionlines_web.accounts.allauth_urls")),
        path("account/data/", include("actionlines_web.privacy.urls")),
        path("organisations/", include("actionlines_web.organisations.urls")),
        path("", include("actionlines_web.demonstration.urls")),
        path("lines/", include("actionlines_web.coordination.urls")),
        path("results/", include("actionlines_web.results.urls")),
        path("events/", include("actionlines_web.events.urls")),
        path("partnerships/", include("actionlines_web.partnerships.urls")),
        path("meetings/", include("actionlines_web.meetings.urls")),
        path("frameworks/", include("actionlines_web.frameworks.urls")),
        path("indicators/", include("actionlines_web.indicators.urls")),
        path("prizes/", include("actionlines_web.prizes.urls")),
        path("forum/", include("actionlines_web.forum.urls")),
        path("align/", include("actionlines_web.playground.urls")),
        path("reports/", include("actionlines_web.publishing.urls")),
        path("mail/", include("actionlines_web.outbox.urls")),
        path("tokens/", include("actionlines_web.api.token_urls")),
        path("webhooks/", include("actionlines_web.webhooks.urls")),
        path("stories/", include("actionlines_web.stories.urls")),
        path("searches/", include("actionlines_web.alerts.urls")),
        path("audit/", include("actionlines_web.audit.urls")),
        path("", include("actionlines_web.ui.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "actionlines_web.ui.pages.bad_request"
handler403 = "actionlines_web.ui.pages.forbidden"
handler404 = "actionlines_web.ui.pages.not_found"
handler429 = "actionlines_web.ui.pages.too_many_requests"
handler500 = "actionlines_web.ui.pages.server_error"
