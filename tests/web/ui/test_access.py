"""Every address as everybody who may come by; a new address must get a row here.

Where something belongs to somebody, owners and others differ: tests/web/ui/test_objects.py.
"""

import re
from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions.editions import create_edition as create_forum
from actionlines_web.organisations.models import Membership
from actionlines_web.organisations.queries import organisation_by_name
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.urls import urlpatterns
from web.api.test_operations import ACCESS as OPERATIONS
from web.conftest import an_entry
from web.results.conftest import a_framework
from web.stocktaking.test_submissions import person

# Name of the address: (path, method, status as visitor, without a role, as coordinator).
OPEN = (200, 200, 200)
ACCESS = {
    "operations:health": ("/health", "get", *OPEN),
    "operations:ready": ("/ready", "get", *OPEN),
    "operations:metrics": ("/metrics", "get", 404, 404, 404),
    "security-contact": ("/.well-known/security.txt", "get", 404, 404, 404),
    "stocktaking:matrix": ("/", "get", *OPEN),
    "stocktaking:entries": ("/entries/", "get", *OPEN),
    "stocktaking:entry": ("/entries/a-1/", "get", *OPEN),
    "stocktaking:go": ("/go/list/", "get", 302, 302, 302),
    "stocktaking:permalink": ("/go/list/C4/KEN", "get", 302, 302, 302),
    "stocktaking:alike": ("/entries/a-1/similar/", "get", *OPEN),
    "stocktaking:confirm": ("/entries/a-1/confirm/", "post", 302, 403, 302),
    "stocktaking:confirm-by-mail": ("/confirm/no-such-token/", "get", 404, 404, 404),
    "stocktaking:duplicates": ("/entries/a-1/duplicates/", "get", 302, 403, 200),
    "stocktaking:merge": ("/entries/a-1/merge/no-such/", "get", 302, 403, 404),
    "stocktaking:similar": ("/submissions/999999/similar/", "get", 302, 404, 404),
    "stocktaking:queue": ("/moderation/", "get", 302, 403, 200),
    "stocktaking:bulk-step": ("/moderation/many/", "post", 302, 403, 404),
    "stocktaking:review": ("/moderation/999999/", "get", 302, 403, 404),
    "stocktaking:review-step": ("/moderation/999999/step/", "post", 302, 403, 404),
    "stocktaking:archive": ("/entries/a-1/archive/", "post", 302, 403, 302),
    "stocktaking:restore": ("/entries/a-1/restore/", "post", 302, 403, 302),
    "stocktaking:export": ("/entries/export.csv", "get", *OPEN),
    "stocktaking:order-export": ("/entries/export/", "post", 302, 404, 404),
    "stocktaking:export-files": ("/exports/", "get", 302, 200, 200),
    "stocktaking:export-file": ("/exports/no-such-key/", "get", 302, 404, 404),
    "stocktaking:export-progress": ("/exports/no-such-key/progress/", "get", 302, 404, 404),
    "stocktaking:delete-export": ("/exports/no-such-key/delete/", "post", 302, 404, 404),
    "stocktaking:feed": ("/entries/feed.atom", "get", *OPEN),
    "stocktaking:link-queue": ("/links/", "get", 302, 403, 200),
    "stocktaking:link-review": ("/entries/a-1/links/", "get", 302, 403, 200),
    "stocktaking:decide-link": ("/entries/a-1/links/decide/", "post", 302, 403, 404),
    "stocktaking:add-link": ("/entries/a-1/links/add/", "post", 302, 403, 302),
    "stocktaking:agreement": ("/links/agreement/", "get", 302, 403, 200),
    "stocktaking:agreement-table": ("/links/agreement.csv", "get", 302, 403, 200),
    "stocktaking:decisions": ("/links/decisions.jsonl", "get", 302, 403, 200),
    "playground:align": ("/align/", "get", *OPEN),
    "stocktaking:translations": ("/entries/a-1/translations/", "get", 302, 403, 200),
    "stocktaking:translation": ("/entries/a-1/translations/fr/", "get", 302, 403, 200),
    "stocktaking:imports": ("/imports/", "get", 302, 403, 200),
    "stocktaking:import": ("/imports/99/", "get", 302, 403, 404),
    "stocktaking:apply-import": ("/imports/99/apply/", "post", 302, 403, 404),
    "stocktaking:discard-import": ("/imports/99/discard/", "post", 302, 403, 404),
    "stocktaking:import-progress": ("/imports/99/progress/", "get", 302, 403, 404),
    "stocktaking:submissions": ("/submissions/", "get", 302, 200, 200),
    "stocktaking:submission": ("/submissions/99/", "get", 302, 404, 404),
    "stocktaking:new-submission": ("/submissions/new/", "get", 302, 200, 200),
    "stocktaking:write": ("/submissions/99/edit/", "get", 302, 404, 404),
    "stocktaking:change-entry": ("/entries/a-1/change/", "post", 302, 403, 302),
    "files:file": ("/files/no-such-key/a.pdf", "get", 404, 404, 404),
    "stocktaking:history": ("/entries/a-1/history/", "get", 404, 404, 404),
    "stocktaking:submission-step": ("/submissions/99/withdraw/", "post", 302, 404, 404),
    "coordination:lines": ("/lines/", "get", *OPEN),
    "coordination:line": ("/lines/C2/", "get", *OPEN),
    "coordination:appoint": ("/lines/C2/appoint/", "post", 302, 403, 422),
    "coordination:end-role": ("/lines/C2/roles/99/end/", "post", 302, 403, 404),
    "coordination:new-road-map": ("/lines/C2/road-maps/", "post", 302, 403, 422),
    "coordination:road-map": ("/lines/C2/road-maps/2030/", "get", 404, 404, 404),
    "coordination:vision": ("/lines/C2/road-maps/2030/vision/", "post", 302, 404, 404),
    "coordination:add-row": ("/lines/C2/road-maps/2030/rows/", "post", 302, 404, 404),
    "coordination:row": ("/lines/C2/road-maps/2030/rows/1/", "get", 302, 404, 404),
    "coordination:publish": ("/lines/C2/road-maps/2030/publish/", "post", 302, 404, 404),
    "coordination:import": ("/lines/C2/road-maps/2030/import/", "post", 302, 404, 404),
    "coordination:export": ("/lines/C2/road-maps/2030/road-map.csv", "get", 404, 404, 404),
    "coordination:document": ("/lines/C2/road-maps/2030/road-map.docx", "get", 404, 404, 404),
    "coordination:versions": ("/lines/C2/road-maps/2030/versions/", "get", 404, 404, 404),
    "coordination:follow-up": ("/lines/asks/", "get", *OPEN),
    "coordination:overview": ("/lines/asks/overview/", "get", *OPEN),
    "coordination:load-asks": ("/lines/asks/load/", "get", 302, 403, 200),
    "coordination:ask-organisation": ("/lines/asks/tdag-2018/14/organisations/", "post", 302, 403, 302),
    "coordination:ask-set": ("/lines/asks/tdag-2018/", "get", *OPEN),
    "coordination:ask": ("/lines/asks/tdag-2018/14/", "get", *OPEN),
    "results:frameworks": ("/results/", "get", *OPEN),
    "results:load": ("/results/load/", "get", 302, 403, 200),
    "results:waiting": ("/results/waiting/", "get", 302, 200, 200),
    "results:framework": ("/results/mine/", "get", *OPEN),
    "results:show": ("/results/mine/state/", "post", 302, 403, 302),
    "results:approve-all": ("/results/mine/approve/", "post", 302, 403, 302),
    "results:lock": ("/results/mine/periods/2024/", "post", 302, 403, 302),
    "results:export": ("/results/mine/actuals.csv", "get", *OPEN),
    "results:import": ("/results/mine/import/", "get", 302, 403, 200),
    "results:result": ("/results/mine/results/A/", "get", *OPEN),
    "results:budget": ("/results/mine/results/A/budget/2024/", "post", 302, 403, 302),
    "results:give": ("/results/mine/results/A/organisation/", "post", 302, 403, 302),
    "results:indicator": ("/results/mine/indicators/a1/", "get", *OPEN),
    "results:report": ("/results/mine/indicators/a1/2024/", "get", 302, 403, 200),
    "results:plans": ("/results/plans/", "get", *OPEN),
    "results:new-plan": ("/results/plans/new/", "get", 302, 403, 200),
    "results:country": ("/results/plans/countries/SEN/", "get", *OPEN),
    "results:plan": ("/results/plans/999999/", "get", 404, 404, 404),
    "results:plan-progress": ("/results/plans/999999/progress/", "get", 404, 404, 404),
    "results:change-plan": ("/results/plans/999999/change/", "post", 302, 404, 404),
    "events:events": ("/events/", "get", *OPEN),
    "events:new": ("/events/new/", "get", 302, 403, 200),
    "events:initiatives": ("/events/initiatives/", "get", *OPEN),
    "events:calendar": ("/events/calendar.ics", "get", *OPEN),
    "events:event": ("/events/no-such/", "get", 404, 404, 404),
    "events:event-calendar": ("/events/no-such/event.ics", "get", 404, 404, 404),
    "events:change": ("/events/no-such/change/", "get", 302, 404, 404),
    "events:announce": ("/events/no-such/state/", "post", 302, 404, 404),
    "events:agenda": ("/events/no-such/agenda/", "post", 302, 404, 404),
    "events:outcomes": ("/events/no-such/outcomes/", "post", 302, 404, 404),
    "events:add-file": ("/events/no-such/files/", "post", 302, 404, 404),
    "events:take-part": ("/events/no-such/participants/", "post", 302, 404, 404),
    "event-files:file": ("/files/events/no-such-key/a.pdf", "get", 404, 404, 404),
    "partnerships:proposals": ("/partnerships/", "get", *OPEN),
    "partnerships:table": ("/partnerships/proposals.csv", "get", *OPEN),
    "partnerships:figures": ("/partnerships/figures/", "get", *OPEN),
    "partnerships:figures-table": ("/partnerships/figures.csv", "get", *OPEN),
    "partnerships:new": ("/partnerships/new/", "get", 302, 403, 403),
    "partnerships:introductions": ("/partnerships/introductions/", "get", 302, 200, 200),
    "partnerships:introduction": ("/partnerships/introductions/99/", "get", 302, 404, 404),
    "partnerships:pledge": ("/partnerships/introductions/99/pledges/", "post", 302, 404, 404),
    "partnerships:payment": ("/partnerships/introductions/99/pledges/9/payments/", "post", 302, 404, 404),
    "partnerships:proposal": ("/partnerships/99/", "get", 404, 404, 404),
    "partnerships:change": ("/partnerships/99/change/", "get", 302, 404, 404),
    "partnerships:state": ("/partnerships/99/state/", "post", 302, 404, 404),
    "partnerships:ask": ("/partnerships/99/introduce/", "post", 302, 404, 404),
    "meetings:meetings": ("/meetings/", "get", *OPEN),
    "meetings:new": ("/meetings/new/", "get", 302, 403, 200),
    "meetings:documents": ("/meetings/documents/", "get", *OPEN),
    "meetings:feed": ("/meetings/documents.atom", "get", *OPEN),
    "meetings:contribution": ("/meetings/contributions/99/", "get", 404, 404, 404),
    "meetings:write": ("/meetings/contributions/99/write/fr/", "get", 302, 404, 404),
    "meetings:step": ("/meetings/contributions/99/step/", "post", 302, 404, 404),
    "meetings:add-file": ("/meetings/contributions/99/files/", "post", 302, 404, 404),
    "meetings:cover": ("/meetings/contributions/99/cover-fr.pdf", "get", 404, 404, 404),
    "meetings:revision": ("/meetings/contributions/99/revisions/0/", "get", 404, 404, 404),
    "meetings:meeting": ("/meetings/no-such/", "get", 404, 404, 404),
    "meetings:change": ("/meetings/no-such/change/", "get", 302, 403, 404),
    "meetings:agenda": ("/meetings/no-such/agenda/", "post", 302, 404, 404),
    "meetings:publish": ("/meetings/no-such/publish/", "post", 302, 404, 404),
    "meetings:start": ("/meetings/no-such/contribute/", "post", 302, 404, 404),
    "meetings:meeting-feed": ("/meetings/no-such/documents.atom", "get", 404, 404, 404),
    "papers:file": ("/files/meetings/no-such-key/a.pdf", "get", 404, 404, 404),
    "audit:recent": ("/audit/", "get", 302, 403, 200),
    "audit:object": ("/audit/stocktaking.entry/999999/", "get", 302, 403, 404),
    "outbox:outbox": ("/mail/", "get", 302, 403, 200),
    "outbox:message": ("/mail/99/", "get", 302, 403, 404),
    "outbox:cancel": ("/mail/99/cancel/", "post", 302, 403, 404),
    "outbox:retry": ("/mail/99/retry/", "post", 302, 403, 404),
    "outbox:preview": ("/mail/preview/welcome/fr/", "get", 302, 403, 200),
    "stocktaking:replies": ("/moderation/replies/", "get", 302, 403, 200),
    "stocktaking:new-reply": ("/moderation/replies/new/", "get", 302, 403, 200),
    "stocktaking:reply": ("/moderation/replies/too-short/", "get", 302, 403, 200),
    "outbox:wording": ("/mail/wording/welcome/fr/", "get", 302, 403, 200),
    "outbox:unsubscribe": ("/mail/unsubscribe/no-such-token/", "get", 404, 404, 404),
    "tokens:tokens": ("/tokens/", "get", 302, 200, 200),
    "tokens:revoke": ("/tokens/al_nothing/revoke/", "post", 302, 404, 404),
    "webhooks:webhooks": ("/webhooks/", "get", 302, 403, 200),
    "webhooks:subscription": ("/webhooks/99/", "get", 302, 404, 404),
    "webhooks:renew-secret": ("/webhooks/99/secret/", "post", 302, 404, 404),
    "webhooks:pause": ("/webhooks/99/pause/", "post", 302, 404, 404),
    "webhooks:resume": ("/webhooks/99/resume/", "post", 302, 404, 404),
    "webhooks:test": ("/webhooks/99/test/", "post", 302, 404, 404),
    "webhooks:delete": ("/webhooks/99/delete/", "post", 302, 404, 404),
    "webhooks:send-again": ("/webhooks/99/deliveries/9/again/", "post", 302, 404, 404),
    "stories:stories": ("/stories/", "get", *OPEN),
    "stories:feed": ("/stories/feed.atom", "get", *OPEN),
    "stories:story": ("/stories/no-such/", "get", 404, 404, 404),
    "stories:picture": ("/stories/no-such/picture.jpg", "get", 404, 404, 404),
    "stories:tell": ("/stories/a-1/tell/", "get", 302, 403, 200),
    "stories:withdraw": ("/stories/a-1/withdraw/", "post", 302, 403, 404),
    "alerts:searches": ("/searches/", "get", 302, 200, 200),
    "alerts:save": ("/searches/save/?line=C4", "get", 302, 200, 200),
    "alerts:change": ("/searches/99/", "post", 302, 404, 404),
    "alerts:delete": ("/searches/99/delete/", "post", 302, 404, 404),
    "stocktaking:import-example": ("/imports/example.csv", "get", *OPEN),
    "api:documentation": ("/api/v1/docs", "get", *OPEN),
    "api:openapi-json": ("/api/v1/openapi.json", "get", *OPEN),
    "api:root": ("/api/v1/", "get", 404, 404, 404),
    "api:api-root": ("/api/v1/", "get", 404, 404, 404),
    "api:nothing": ("/api/v1/nothing/here", "get", 404, 404, 404),
    "accounts:sign-in": ("/sign-in/", "get", 200, 302, 302),
    "accounts:sign-out": ("/sign-out/", "post", 302, 302, 302),
    "accounts:sign-up": ("/sign-up/", "get", 200, 302, 302),
    "accounts:account": ("/account/", "get", 302, 200, 200),
    "accounts:devices": ("/account/devices/", "get", 302, 200, 200),
    "accounts:sign-out-device": ("/account/devices/99/end/", "post", 302, 404, 404),
    "accounts:sign-out-elsewhere": ("/account/devices/others/end/", "post", 302, 302, 302),
    "accounts:permissions": ("/roles/", "get", *OPEN),
    "accounts:granted": ("/roles/granted/", "get", 302, 403, 403),
    "accounts:revoke": ("/roles/granted/99/revoke/", "post", 302, 403, 403),
    "accounts:view-as": ("/view-as/", "get", 302, 403, 403),
    "accounts:end-viewing": ("/view-as/end/", "post", 302, 302, 302),
    "account_login": ("/account/login/", "get", 200, 302, 302),
    "account_logout": ("/account/logout/", "post", 302, 302, 302),
    "account_signup": ("/account/signup/", "get", 200, 302, 302),
    "account_signup_by_passkey": ("/account/signup/passkey/", "get", 200, 302, 302),
    "account_inactive": ("/account/inactive/", "get", *OPEN),
    "account_reauthenticate": ("/account/reauthenticate/", "get", 302, 403, 403),
    "account_email": ("/account/email/", "get", 302, 200, 200),
    "account_email_verification_sent": ("/account/confirm-email/", "get", 302, 302, 302),
    "account_change_password": ("/account/password/change/", "get", 302, 302, 302),
    "account_set_password": ("/account/password/set/", "get", 302, 200, 200),
    "account_reset_password": ("/account/password/reset/", "get", *OPEN),
    "account_reset_password_done": ("/account/password/reset/done/", "get", *OPEN),
    "account_reset_password_from_key": ("/account/password/reset/key/1-x/", "get", *OPEN),
    "account_reset_password_from_key_done": ("/account/password/reset/key/done/", "get", *OPEN),
    "account_confirm_login_code": ("/account/login/code/confirm/", "get", 302, 302, 302),
    "mfa_index": ("/account/factors/", "get", 302, 200, 200),
    "mfa_authenticate": ("/account/factors/authenticate/", "get", 302, 302, 302),
    "mfa_reauthenticate": ("/account/factors/reauthenticate/", "get", 302, 403, 403),
    "mfa_activate_totp": ("/account/factors/totp/activate/", "get", 302, 200, 200),
    "mfa_deactivate_totp": ("/account/factors/totp/deactivate/", "get", 302, 404, 404),
    "mfa_view_recovery_codes": ("/account/factors/recovery-codes/", "get", 302, 404, 404),
    "mfa_generate_recovery_codes": ("/account/factors/recovery-codes/generate/", "get", 302, 200, 200),
    "mfa_download_recovery_codes": ("/account/factors/recovery-codes/download/", "get", 302, 404, 404),
    "mfa_list_webauthn": ("/account/factors/webauthn/", "get", 302, 200, 200),
    "mfa_add_webauthn": ("/account/factors/webauthn/add/", "get", 302, 200, 200),
    "mfa_reauthenticate_webauthn": ("/account/factors/webauthn/reauthenticate/", "get", 302, 403, 403),
    "mfa_edit_webauthn": ("/account/factors/webauthn/keys/99/edit/", "get", 302, 404, 404),
    "mfa_remove_webauthn": ("/account/factors/webauthn/keys/99/remove/", "get", 302, 404, 404),
    "mfa_login_webauthn": ("/account/factors/webauthn/login/", "get", 302, 302, 302),
    "mfa_signup_webauthn": ("/account/factors/webauthn/signup/", "get", 302, 302, 302),
    "openid_connect_login": ("/account/oidc/nobody/login/", "get", 404, 404, 404),
    "openid_connect_callback": ("/account/oidc/nobody/login/callback/", "get", 404, 404, 404),
    "socialaccount_connections": ("/account/sites/", "get", 302, 200, 200),
    "socialaccount_login_cancelled": ("/account/sites/login/cancelled/", "get", *OPEN),
    "socialaccount_login_error": ("/account/sites/login/error/", "get", 401, 401, 401),
    "socialaccount_signup": ("/account/sites/signup/", "get", 302, 302, 302),
    "organisations:organisations": ("/organisations/", "get", *OPEN),
    "organisations:create": ("/organisations/new/", "get", 302, 200, 200),
    "organisations:organisation": ("/organisations/{organisation}/", "get", *OPEN),
    "organisations:edit": ("/organisations/{organisation}/edit/", "get", 302, 403, 200),
    "organisations:join": ("/organisations/{organisation}/join/", "post", 302, 302, 302),
    "organisations:answer-requests": ("/organisations/{organisation}/requests/", "post", 302, 403, 302),
    "organisations:answer-request": ("/organisations/{organisation}/requests/99/", "post", 302, 403, 404),
    "organisations:invite": ("/organisations/{organisation}/invite/", "post", 302, 403, 422),
    "organisations:withdraw": (
        "/organisations/{organisation}/invitations/99/withdraw/",
        "post",
        302,
        403,
        302,
    ),
    "organisations:member": ("/organisations/{organisation}/members/99/", "post", 302, 403, 404),
    "organisations:merge": ("/organisations/{organisation}/merge/", "get", 302, 403, 200),
    "organisations:transfer": ("/organisations/{organisation}/transfer/", "get", 302, 403, 200),
    "organisations:answer-invitation": ("/organisations/invitations/99/", "post", 302, 404, 404),
    "privacy:download": ("/account/data/", "get", 302, 200, 200),
    "privacy:erase": ("/account/data/erase/", "get", 302, 200, 200),
    "demonstration:enter": ("/demonstration/enter/", "post", 404, 404, 404),
    "prizes:editions": ("/prizes/", "get", *OPEN),
    "prizes:new-edition": ("/prizes/new/", "get", 302, 403, 200),
    "prizes:edition": ("/prizes/2026/", "get", *OPEN),
    "prizes:dates": ("/prizes/2026/dates/", "get", 302, 403, 200),
    "prizes:categories": ("/prizes/2026/categories/", "get", *OPEN),
    "prizes:category": ("/prizes/2026/categories/C2/", "get", *OPEN),
    "prizes:nominee": ("/prizes/2026/nominees/P-XXXXX/", "get", 404, 404, 404),
    "prizes:certificate": ("/prizes/2026/nominees/P-XXXXX/certificate-en.pdf", "get", 404, 404, 404),
    "prizes:table": ("/prizes/2026/nominees.csv", "get", *OPEN),
    "prizes:own": ("/prizes/2026/projects/", "get", 302, 200, 200),
    "prizes:new-project": ("/prizes/2026/projects/new/", "post", 302, 302, 302),
    "prizes:project": ("/prizes/2026/projects/P-XXXXX/", "get", 302, 404, 404),
    "prizes:write": ("/prizes/2026/projects/P-XXXXX/edit/", "get", 302, 404, 404),
    "prizes:check": ("/prizes/2026/projects/P-XXXXX/check/", "post", 302, 404, 404),
    "prizes:project-step": ("/prizes/2026/projects/P-XXXXX/withdraw/", "post", 302, 404, 404),
    "prizes:reviews": ("/prizes/2026/review/", "get", 302, 403, 403),
    "prizes:review": ("/prizes/2026/review/P-XXXXX/", "get", 302, 403, 403),
    "prizes:review-step": ("/prizes/2026/review/P-XXXXX/remark/", "post", 302, 403, 403),
    "prizes:vote": ("/prizes/2026/vote/", "get", *OPEN),
    "prizes:choose": ("/prizes/2026/vote/C2/", "get", *OPEN),
    "prizes:confirm": ("/prizes/2026/vote/C2/confirm/", "post", 302, 422, 422),
    "prizes:withdraw": ("/prizes/2026/vote/C2/withdraw/", "post", 302, 302, 302),
    "prizes:my-votes": ("/prizes/2026/my-votes/", "get", 302, 200, 200),
    "prizes:appeal": ("/prizes/2026/my-votes/appeal/999999/", "post", 302, 404, 404),
    "prizes:receipt": ("/prizes/2026/receipt/", "get", *OPEN),
    "prizes:result": ("/prizes/2026/result/", "get", *OPEN),
    "prizes:result-file": ("/prizes/2026/result/1.zip", "get", 404, 404, 404),
    "prizes:desk": ("/prizes/2026/desk/", "get", 302, 403, 200),
    "prizes:screening": ("/prizes/2026/desk/projects/", "get", 302, 403, 200),
    "prizes:screen": ("/prizes/2026/desk/projects/P-XXXXX/", "get", 302, 403, 404),
    "prizes:reviewers": ("/prizes/2026/desk/reviewers/", "get", 302, 403, 200),
    "prizes:shortlist": ("/prizes/2026/desk/shortlist/", "get", 302, 403, 200),
    "prizes:ballots": ("/prizes/2026/desk/ballots/", "get", 302, 403, 200),
    "prizes:decide": ("/prizes/2026/desk/ballots/999999/", "post", 302, 403, 404),
    "prizes:close": ("/prizes/2026/desk/close/", "post", 302, 403, 302),
    "prizes:winners": ("/prizes/2026/desk/winners/", "get", 302, 403, 200),
    "prizes:message": ("/prizes/2026/desk/message/", "get", 302, 403, 200),
    "forum:editions": ("/forum/", "get", *OPEN),
    "forum:new-edition": ("/forum/new/", "get", 302, 403, 200),
    "forum:invitation": ("/forum/invitations/no-such-token/", "get", 404, 404, 404),
    "forum:edition": ("/forum/2026/", "get", *OPEN),
    "forum:programme": ("/forum/2026/programme/", "get", 404, 404, 404),
    "forum:agenda": ("/forum/2026/agenda/", "get", 302, 404, 404),
    "forum:versions": ("/forum/2026/versions/", "get", 404, 404, 404),
    "forum:session": ("/forum/2026/sessions/1/", "get", 404, 404, 404),
    "forum:choose": ("/forum/2026/sessions/1/choose/", "post", 302, 404, 404),
    "forum:person": ("/forum/2026/people/nobody/", "get", 404, 404, 404),
    "forum:own": ("/forum/2026/requests/", "get", 302, 200, 200),
    "forum:new-request": ("/forum/2026/requests/new/", "get", 302, 200, 200),
    "forum:request": ("/forum/2026/requests/1/", "get", 302, 404, 404),
    "forum:write": ("/forum/2026/requests/1/edit/", "get", 302, 404, 404),
    "forum:request-step": ("/forum/2026/requests/1/send/", "post", 302, 404, 404),
    "forum:consultation": ("/forum/2026/consultation/", "get", *OPEN),
    "forum:consultation-table": ("/forum/2026/consultation.csv", "get", *OPEN),
    "forum:new-contribution": ("/forum/2026/consultation/new/", "get", 302, 200, 200),
    "forum:nominate": ("/forum/2026/consultation/nominate/", "get", 302, 200, 200),
    "forum:contribution": ("/forum/2026/consultation/1/", "get", 404, 404, 404),
    "forum:write-contribution": ("/forum/2026/consultation/1/edit/", "get", 302, 404, 404),
    "forum:contribution-step": ("/forum/2026/consultation/1/send/", "post", 302, 404, 404),
    "forum:desk": ("/forum/2026/desk/", "get", 302, 403, 200),
    "forum:change-edition": ("/forum/2026/desk/edition/", "get", 302, 403, 200),
    "forum:requests": ("/forum/2026/desk/requests/", "get", 302, 403, 200),
    "forum:decide": ("/forum/2026/desk/requests/1/", "get", 302, 403, 404),
    "forum:imports": ("/forum/2026/desk/imports/", "get", 302, 403, 200),
    "forum:import-example": ("/forum/2026/desk/imports/example.csv", "get", *OPEN),
    "forum:import": ("/forum/2026/desk/imports/99/", "get", 302, 403, 404),
    "forum:schedule": ("/forum/2026/desk/schedule/", "get", 302, 403, 200),
    "forum:place": ("/forum/2026/desk/schedule/1/", "post", 302, 403, 404),
    "forum:order-run": ("/forum/2026/desk/runs/", "post", 302, 403, 422),
    "forum:run": ("/forum/2026/desk/runs/99/", "get", 302, 403, 404),
    "forum:publish": ("/forum/2026/desk/publish/", "post", 302, 403, 422),
    "forum:facilitators": ("/forum/2026/desk/facilitators/", "get", 302, 403, 200),
    "frameworks:frameworks": ("/frameworks/", "get", *OPEN),
    "frameworks:framework": ("/frameworks/sdg/", "get", *OPEN),
    "frameworks:node": ("/frameworks/sdg/9.c/", "get", *OPEN),
    "indicators:indicators": ("/indicators/", "get", *OPEN),
    "indicators:economy": ("/indicators/economies/FRA/", "get", *OPEN),
    "indicators:economy-table": ("/indicators/economies/FRA/values.csv", "get", *OPEN),
    "indicators:economy-sdmx": ("/indicators/economies/FRA/values.sdmx.csv", "get", *OPEN),
    "indicators:series-sdmx": ("/indicators/i271/values.sdmx.csv", "get", *OPEN),
    "indicators:structure": ("/indicators/structure.xml", "get", *OPEN),
    "indicators:history-picture": ("/indicators/i271/economies/FRA/trend.svg", "get", 404, 404, 404),
    "indicators:catalogue-table": ("/indicators/series.csv", "get", *OPEN),
    "indicators:availability": ("/indicators/availability/", "get", *OPEN),
    "indicators:availability-table": ("/indicators/availability.csv", "get", *OPEN),
    "indicators:compare": ("/indicators/compare/?e=FRA&e=SEN", "get", *OPEN),
    "indicators:compare-table": ("/indicators/compare.csv?e=FRA", "get", *OPEN),
    "indicators:compare-picture": ("/indicators/compare.svg?e=FRA", "get", 404, 404, 404),
    "indicators:indices": ("/indicators/indices/", "get", *OPEN),
    "indicators:index": ("/indicators/indices/idi-2017/", "get", *OPEN),
    "indicators:index-table": ("/indicators/indices/idi-2017/scores.csv", "get", *OPEN),
    "indicators:index-picture": ("/indicators/indices/idi-2017/scores.svg", "get", 404, 404, 404),
    "indicators:what-if": ("/indicators/indices/idi-2017/what-if/", "get", *OPEN),
    "indicators:findings": ("/indicators/findings/", "get", *OPEN),
    "indicators:answer": ("/indicators/findings/999999/answer/", "post", 302, 403, 404),
    "indicators:sign-off": ("/indicators/findings/999999/sign-off/", "post", 302, 403, 404),
    "indicators:imports": ("/indicators/imports/", "get", 302, 403, 200),
    "indicators:download": ("/indicators/imports/download/", "get", 302, 403, 200),
    "indicators:import-progress": ("/indicators/imports/999999/progress/", "get", 302, 403, 404),
    "indicators:import": ("/indicators/imports/999999/", "get", 302, 403, 404),
    "indicators:mapping": ("/indicators/imports/999999/mapping/", "get", 302, 403, 404),
    "indicators:confirm-rule": ("/indicators/imports/999999/confirm/", "post", 302, 403, 404),
    "indicators:apply-import": ("/indicators/imports/999999/apply/", "post", 302, 403, 404),
    "indicators:discard-import": ("/indicators/imports/999999/discard/", "post", 302, 403, 404),
    "indicators:questionnaires": ("/indicators/questionnaires/", "get", 302, 200, 200),
    "indicators:questionnaire": ("/indicators/questionnaires/999999/", "get", 302, 404, 404),
    "indicators:workbook": ("/indicators/questionnaires/999999/workbook.xlsx", "get", 302, 404, 404),
    "indicators:upload-answers": ("/indicators/questionnaires/999999/upload/", "post", 302, 404, 404),
    "indicators:share-questionnaire": ("/indicators/questionnaires/999999/share/", "post", 302, 404, 404),
    "indicators:series": ("/indicators/i271/", "get", *OPEN),
    "indicators:series-table": ("/indicators/i271/values.csv", "get", *OPEN),
    "indicators:series-picture": ("/indicators/i271/map.svg", "get", 404, 404, 404),
    "indicators:history": ("/indicators/i271/economies/FRA/", "get", *OPEN),
    "indicators:history-table": ("/indicators/i271/economies/FRA/values.csv", "get", *OPEN),
    "publishing:reports": ("/reports/", "get", *OPEN),
    "publishing:contribution": ("/reports/contribution/?language=en&format=json", "get", *OPEN),
    "publishing:drafts": ("/reports/drafts/", "get", 302, 200, 200),
    "publishing:new": ("/reports/drafts/new/", "get", 302, 403, 200),
    "publishing:schedules": ("/reports/schedules/", "get", 302, 403, 200),
    "publishing:set-schedule": ("/reports/schedules/999999/", "post", 302, 403, 404),
    "publishing:draft": ("/reports/xxxxxxxxxx/", "get", 302, 404, 404),
    "publishing:progress": ("/reports/xxxxxxxxxx/progress/", "get", 302, 404, 404),
    "publishing:step": ("/reports/xxxxxxxxxx/step/", "post", 302, 404, 404),
    "publishing:part": ("/reports/xxxxxxxxxx/parts/matrix/", "get", 302, 404, 404),
    "publishing:version": ("/reports/xxxxxxxxxx/1/", "get", 404, 404, 404),
    "publishing:changes": ("/reports/xxxxxxxxxx/1/changes/", "get", 404, 404, 404),
    "publishing:figures": ("/reports/xxxxxxxxxx/1/figures/", "get", 404, 404, 404),
    "publishing:figure": ("/reports/xxxxxxxxxx/1/figures/line.C2/", "get", 404, 404, 404),
    "publishing:file": ("/reports/xxxxxxxxxx/1/en.pdf", "get", 404, 404, 404),
    "ui:about": ("/about/", "get", *OPEN),
}


MODERATORS, OWNERS = ("moderator",), ("member", "manager", "moderator")
FACILITATORS = ("facilitator",)
# Who else is answered as a coordinator is; all others are answered as a person without a role.
LIKE_COORDINATORS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("stocktaking:queue", "stocktaking:bulk-step", "stocktaking:review", "stocktaking:review-step"),
            *("stocktaking:duplicates", "stocktaking:merge", "stocktaking:archive", "stocktaking:restore"),
            *("stocktaking:link-queue", "stocktaking:link-review", "stocktaking:decide-link"),
            *("stocktaking:add-link", "stocktaking:agreement", "stocktaking:agreement-table"),
        ),
        MODERATORS,
    ),
    **dict.fromkeys(
        (
            *("stocktaking:confirm", "stocktaking:change-entry"),
            *("stocktaking:translations", "stocktaking:translation"),
        ),
        OWNERS,
    ),
    **dict.fromkeys(
        (
            *("organisations:edit", "organisations:invite", "organisations:withdraw"),
            *("organisations:answer-request", "organisations:answer-requests", "organisations:member"),
        ),
        ("manager",),
    ),
    "coordination:new-road-map": FACILITATORS,
    # Of the organisation to which the result was given.
    **dict.fromkeys(("results:import", "results:report", "results:new-plan"), ("member", "manager")),
    **dict.fromkeys(("forum:desk", "forum:requests"), FACILITATORS),
    "publishing:new": FACILITATORS,
    **dict.fromkeys(
        (
            *("indicators:answer", "indicators:imports", "indicators:import", "indicators:mapping"),
            *("indicators:confirm-rule", "indicators:apply-import", "indicators:discard-import"),
            *("indicators:sign-off", "indicators:download", "indicators:import-progress"),
        ),
        ("statistician",),
    ),
}
# What administrators alone may, and how they are answered.
ADMINISTRATORS = {"accounts:granted": 200, "accounts:revoke": 404, "accounts:view-as": 200}


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    """The names of all addresses."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.app_name}:" if pattern.app_name else prefix
            found |= names(pattern.url_patterns, inner)
        else:
            found.add(f"{prefix}{pattern.name}")
    return found


def operation_names(operations: Iterable[str]) -> set[str]:
    """The names that the addresses of the API's operations have."""
    return {"api:" + re.sub("([A-Z])", r"_\1", name).lower() for name in operations}


def test_every_address_has_a_row() -> None:
    # The operations of the API have a table of their own, by method: tests/web/api/test_operations.py.
    assert names(urlpatterns) - operation_names(OPERATIONS) == set(ACCESS)
    assert {*LIKE_COORDINATORS, *ADMINISTRATORS} <= set(ACCESS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACCESS)
def test_address_answers_each_role(store, name: str, visitor: User, coordinator: User) -> None:
    path, method, nobody, plain, coordinating = ACCESS[name]
    store([an_entry("a-1", organisation="Ministry")])
    create_edition(System(), slug="2026", shipped="2026")
    create_forum(System(), slug="2026", shipped="demonstration")
    ministry = organisation_by_name("Ministry")
    a_framework(ministry.pk)
    people = {"nobody": None, "plain": visitor, "coordinator": coordinator}
    for role in ("moderator", "facilitator", "reviewer", "statistician", "administrator"):
        people[role] = person(role, (role, ""))
    for role in Membership.Role.values:
        people[role] = person(role)
        Membership.objects.create(user=people[role], organisation=ministry, role=role)
    answers = {}
    for role, user in people.items():
        client = Client()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answers[role] = getattr(client, method)(path.format(organisation=ministry.pk)).status_code
    expected = {
        **dict.fromkeys(people, plain),
        "nobody": nobody,
        "coordinator": coordinating,
        "administrator": ADMINISTRATORS.get(name, coordinating),
        **dict.fromkeys(LIKE_COORDINATORS.get(name, ()), coordinating),
    }
    assert answers == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/entries/no-such/",
        "/frameworks/nothing/",
        "/frameworks/sdg/99/",
        "/indicators/x/",
        "/indicators/economies/XXX/",
        "/nowhere/",
    ],
)
def test_an_address_of_nothing_is_answered_in_the_readers_language(client: Client, path: str) -> None:
    for prefix, language in (("", "en"), ("/fr", "fr"), ("/ar", "ar")):
        answer = client.get(prefix + path)
        assert answer.status_code == 404
        assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.django_db
def test_a_title_with_markup_is_shown_as_text(client: Client, store) -> None:
    store([an_entry("a-1", title="<script>alert(1)</script>", description="<img src=x onerror=alert(1)>")])
    for path in ("/entries/", "/entries/a-1/", "/entries/?q=%3Cscript%3E"):
        content = client.get(path).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content
