"""Every address of something that belongs to somebody, as everybody who may come by it: owners and others differ.

An address with a place in it (`<int:number>`) needs a row here, or a reason among OPEN why everybody gets the same.
"""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver

from actionlines_web.prizes.models import Edition, Reviewer
from actionlines_web.urls import urlpatterns
from web.api.test_operations import ACCESS as OPERATIONS
from web.prizes.conftest import an_edition
from web.ui.private_world import PEOPLE, READERS, World, private_world
from web.ui.test_access import names, operation_names

SIGN_IN = 302
OWNERS = ("owner", "colleague", "manager")
COORDINATORS = ("coordinator", "administrator")
MODERATORS = ("inside", *COORDINATORS)
KEEPERS = ("facilitator", *COORDINATORS)
WRITERS = ("owner", *KEEPERS)
STATISTICIANS = ("statistician", "abroad", *COORDINATORS)
MAP = "/lines/C2/road-maps/2026-2029/"
FORUM = "/forum/2026/"
Row = tuple[str, str, dict[str, str], dict[str, int]]


def only(
    *readers: str, status: int = 200, others: int = 403, visitor: int = SIGN_IN, **more: int
) -> dict[str, int]:
    """What each reader is answered: these with `status`, everybody else signed in with `others`."""
    said = {reader: status if reader in readers else others for reader in READERS}
    return {**said, "visitor": visitor, **more}


def everybody(status: int) -> dict[str, int]:
    """The same for all."""
    return dict.fromkeys(READERS, status)


# A statistician of another economy goes back to the page, which says why nothing was changed: tests/web/indicators.
REFUSED_WITH_WORDS = only(*STATISTICIANS, status=302)
DECISION = {"framework": "wsis", "node": "C2", "decision": "accept"}
# Name of the address: (path, method, what is sent, status by reader). The places are filled in by the private world.
OBJECTS: dict[str, Row] = {
    "coordination:appoint": ("/lines/C2/appoint/", "post", {}, only(*COORDINATORS, status=422)),
    "coordination:ask-organisation": (
        "/lines/asks/tdag-2018/14/organisations/",
        "post",
        {"name": "Ministry of Health"},
        only(*COORDINATORS, status=302),
    ),
    "coordination:end-role": (
        "/lines/C2/roles/{role}/end/",
        "post",
        {"day": "2030-01-01"},
        only(*COORDINATORS, status=302),
    ),
    "coordination:new-road-map": ("/lines/C2/road-maps/", "post", {}, only(*KEEPERS, status=422)),
    "coordination:road-map": (MAP, "get", {}, only(*KEEPERS, others=404, visitor=404)),
    "coordination:export": (f"{MAP}road-map.csv", "get", {}, only(*KEEPERS, others=404, visitor=404)),
    "coordination:document": (f"{MAP}road-map.docx", "get", {}, only(*KEEPERS, others=404, visitor=404)),
    # A draft has no version; one that has is public.
    "coordination:versions": (f"{MAP}versions/", "get", {}, everybody(404)),
    "coordination:vision": (f"{MAP}vision/", "post", {}, only(*KEEPERS, status=302, others=404)),
    "coordination:add-row": (f"{MAP}rows/", "post", {}, only(*KEEPERS, status=422, others=404)),
    "coordination:row": (f"{MAP}rows/1/", "get", {}, only(*KEEPERS, others=404)),
    "coordination:publish": (f"{MAP}publish/", "post", {}, only(*KEEPERS, status=302, others=404)),
    "coordination:import": (f"{MAP}import/", "post", {}, only(*KEEPERS, status=422, others=404)),
    **{
        f"forum:{name}": (FORUM + path, "get", {}, everybody(200))
        for name, path in (
            *(("edition", ""), ("programme", "programme/"), ("versions", "versions/")),
            *(("session", "sessions/{forum_held}/"), ("person", "people/{forum_person}/")),
            *(("consultation", "consultation/"), ("consultation-table", "consultation.csv")),
            ("import-example", "desk/imports/example.csv"),
        )
    },
    # The signed link in an invitation is the authority.
    "forum:invitation": ("/forum/invitations/{forum_invitation}/", "get", {}, everybody(200)),
    **{
        f"forum:{name}": (FORUM + path, "get", {}, only(*READERS))
        for name, path in (
            *(("agenda", "agenda/"), ("own", "requests/"), ("new-request", "requests/new/")),
            *(("new-contribution", "consultation/new/"), ("nominate", "consultation/nominate/")),
        )
    },
    "forum:choose": (f"{FORUM}sessions/{{forum_held}}/choose/", "post", {}, everybody(302)),
    "forum:request": (
        f"{FORUM}requests/{{forum_sent}}/",
        "get",
        {},
        only(*OWNERS, *KEEPERS, others=404),
    ),
    # A draft is its owners’ alone: coordinators see what was sent in.
    "forum:write": (f"{FORUM}requests/{{forum_draft}}/edit/", "get", {}, only(*OWNERS, others=404)),
    "forum:request-step": (
        f"{FORUM}requests/{{forum_sent}}/withdraw/",
        "post",
        {},
        only(*OWNERS, *COORDINATORS, status=302, others=404),
    ),
    "forum:contribution": (
        f"{FORUM}consultation/{{contribution}}/",
        "get",
        {},
        only(*OWNERS, others=404, visitor=404),
    ),
    "forum:write-contribution": (
        f"{FORUM}consultation/{{contribution}}/edit/",
        "get",
        {},
        only(*OWNERS, others=404),
    ),
    "forum:contribution-step": (
        f"{FORUM}consultation/{{contribution}}/withdraw/",
        "post",
        {},
        only(*OWNERS, *COORDINATORS, status=302, others=404),
    ),
    "forum:desk": (f"{FORUM}desk/", "get", {}, only(*KEEPERS)),
    "forum:requests": (f"{FORUM}desk/requests/", "get", {}, only(*KEEPERS)),
    **{
        f"forum:{name}": (f"{FORUM}desk/{path}", "get", {}, only(*COORDINATORS))
        for name, path in (
            *(("change-edition", "edition/"), ("decide", "requests/{forum_sent}/"), ("imports", "imports/")),
            *(("import", "imports/{forum_import}/"), ("schedule", "schedule/"), ("run", "runs/{forum_run}/")),
            ("facilitators", "facilitators/"),
        )
    },
    "forum:place": (
        f"{FORUM}desk/schedule/{{forum_held}}/",
        "post",
        {"slot": "d1.2", "room": "A"},
        only(*COORDINATORS, status=302),
    ),
    "forum:order-run": (f"{FORUM}desk/runs/", "post", {"seconds": "1"}, only(*COORDINATORS, status=302)),
    # Nothing has changed since the last version.
    "forum:publish": (f"{FORUM}desk/publish/", "post", {}, only(*COORDINATORS, status=422)),
    # The facilitator began it, the owner was given a part of it, and nothing of it is published.
    "publishing:draft": ("/reports/{report}/", "get", {}, only(*WRITERS, others=404)),
    "publishing:progress": ("/reports/{report}/progress/", "get", {}, only(*WRITERS, status=204, others=404)),
    "publishing:part": (
        "/reports/{report}/parts/matrix/",
        "post",
        {"do": "write", "text": "Words", "seen": "0"},
        only(*WRITERS, status=302, others=404),
    ),
    "publishing:step": (
        "/reports/{report}/step/",
        "post",
        {"do": "version"},
        only(*KEEPERS, status=302, others=404, owner=403),
    ),
    "publishing:version": ("/reports/{report}/1/", "get", {}, only(*WRITERS, others=404, visitor=404)),
    # It is the first: there is nothing to compare it with.
    "publishing:changes": ("/reports/{report}/1/changes/", "get", {}, everybody(404)),
    "publishing:figures": (
        "/reports/{report}/1/figures/",
        "get",
        {},
        only(*WRITERS, others=404, visitor=404),
    ),
    "publishing:figure": (
        "/reports/{report}/1/figures/line.C2/",
        "get",
        {},
        only(*WRITERS, others=404, visitor=404),
    ),
    "publishing:file": ("/reports/{report}/1/en.xlsx", "get", {}, only(*WRITERS, others=404, visitor=404)),
    "publishing:set-schedule": (
        "/reports/schedules/{schedule}/",
        "post",
        {"do": "pause"},
        only(*COORDINATORS, status=302),
    ),
    # Statisticians see each other's files; what is decided about one is for whoever answers for its economies.
    **{
        f"indicators:{name}": (f"/indicators/imports/{{statistics}}/{path}", "get", {}, only(*STATISTICIANS))
        for name, path in (("import", ""), ("import-progress", "progress/"))
    },
    "indicators:mapping": (
        "/indicators/imports/{statistics}/mapping/",
        "get",
        {},
        only("statistician", *COORDINATORS),
    ),
    "indicators:confirm-rule": (
        "/indicators/imports/{statistics}/confirm/",
        "post",
        {"rule": "order", "reason": "Counted so."},
        REFUSED_WITH_WORDS,
    ),
    "indicators:compare-files": (
        "/indicators/imports/{statistics}/compare/",
        "post",
        {},
        only(*STATISTICIANS, status=302),
    ),
    "indicators:apply-import": (
        "/indicators/imports/{statistics}/apply/",
        "post",
        {},
        REFUSED_WITH_WORDS,
    ),
    "indicators:discard-import": (
        "/indicators/imports/{statistics}/discard/",
        "post",
        {},
        only("statistician", *COORDINATORS, status=302),
    ),
    "indicators:answer": (
        "/indicators/findings/{finding}/answer/",
        "post",
        {"answer": "confirm", "reason": "Counted so."},
        REFUSED_WITH_WORDS,
    ),
    "indicators:sign-off": (
        "/indicators/findings/{finding}/sign-off/",
        "post",
        {},
        only(*COORDINATORS, status=302),
    ),
    **{
        f"indicators:{name}": (
            f"/indicators/questionnaires/{{questionnaire}}/{path}",
            "get",
            {},
            only("owner", "statistician", *COORDINATORS, others=404),
        )
        for name, path in (("questionnaire", ""), ("workbook", "workbook.xlsx"))
    },
    "indicators:upload-answers": (
        "/indicators/questionnaires/{questionnaire}/upload/",
        "post",
        {},
        only("owner", "statistician", *COORDINATORS, status=302, others=404),
    ),
    # Who was only asked to help does not ask others.
    "indicators:share-questionnaire": (
        "/indicators/questionnaires/{questionnaire}/share/",
        "post",
        {"address": "colleague@example.org"},
        only("statistician", *COORDINATORS, status=302, others=404, owner=403),
    ),
    "results:show": ("/results/mine/state/", "post", {"state": "draft"}, only(*COORDINATORS, status=302)),
    "results:approve-all": ("/results/mine/approve/", "post", {}, only(*COORDINATORS, status=302)),
    "results:lock": (
        "/results/mine/periods/2024/",
        "post",
        {"reason": "Reported."},
        only(*COORDINATORS, status=302),
    ),
    "results:import": ("/results/mine/import/", "get", {}, only(*OWNERS, *COORDINATORS)),
    "results:budget": (
        "/results/mine/results/A/budget/2024/",
        "post",
        {"currency": "CHF", "planned": "5"},
        only(*COORDINATORS, status=302),
    ),
    "results:give": (
        "/results/mine/results/A/organisation/",
        "post",
        {"organisation": ""},
        only(*COORDINATORS, status=302),
    ),
    "results:report": (
        "/results/mine/indicators/a1/2024/",
        "post",
        {"do": "withdraw"},
        only(*OWNERS, *COORDINATORS, status=302),
    ),
    "results:plan": (
        "/results/plans/{plan}/",
        "get",
        {},
        only(*OWNERS, *COORDINATORS, others=404, visitor=404),
    ),
    "results:plan-progress": (
        "/results/plans/{plan}/progress/",
        "get",
        {},
        only(*OWNERS, *COORDINATORS, others=404, visitor=404),
    ),
    "results:change-plan": (
        "/results/plans/{plan}/change/",
        "post",
        {"do": "show"},
        only(*OWNERS, *COORDINATORS, status=302, others=404),
    ),
    "events:event": ("/events/event-draft/", "get", {}, only(*MODERATORS, others=404, visitor=404)),
    "events:event-calendar": (
        "/events/event-draft/event.ics",
        "get",
        {},
        only(*MODERATORS, others=404, visitor=404),
    ),
    "events:change": ("/events/event-open/change/", "get", {}, only(*MODERATORS)),
    "events:announce": (
        "/events/event-open/state/",
        "post",
        {"state": "cancelled"},
        only(*MODERATORS, status=302),
    ),
    "events:agenda": ("/events/event-open/agenda/", "post", {"agenda": ""}, only(*MODERATORS, status=302)),
    "events:outcomes": (
        "/events/event-open/outcomes/",
        "post",
        {"outcomes": "Done."},
        only(*MODERATORS, status=302),
    ),
    "events:add-file": ("/events/event-open/files/", "post", {}, only(*MODERATORS, status=422)),
    "events:take-part": (
        "/events/event-draft/participants/",
        "post",
        {},
        only(*MODERATORS, status=302, others=404),
    ),
    "event-files:file": (
        "/files/events/{event_file}",
        "get",
        {},
        only(*MODERATORS, others=404, visitor=404),
    ),
    "partnerships:proposal": ("/partnerships/{drafted}/", "get", {}, only(*OWNERS, others=404, visitor=404)),
    "partnerships:change": ("/partnerships/{need}/change/", "get", {}, only(*OWNERS)),
    "partnerships:state": (
        "/partnerships/{need}/state/",
        "post",
        {"state": "closed"},
        only(*OWNERS, *COORDINATORS, status=302),
    ),
    # The reviewer acts for the organisation whose offer fits; it was introduced already.
    "partnerships:ask": ("/partnerships/{need}/introduce/", "post", {}, only("reviewer", status=422)),
    "partnerships:introduction": (
        "/partnerships/introductions/{introduction}/",
        "get",
        {},
        only(*OWNERS, "reviewer", *COORDINATORS, others=404),
    ),
    "partnerships:pledge": (
        "/partnerships/introductions/{introduction}/pledges/",
        "post",
        {},
        {**only("reviewer", status=422, others=404), **dict.fromkeys((*OWNERS, *COORDINATORS), 403)},
    ),
    "partnerships:payment": (
        "/partnerships/introductions/{introduction}/pledges/{pledge}/payments/",
        "post",
        {},
        {**only(*OWNERS, "reviewer", status=422, others=404), **dict.fromkeys(COORDINATORS, 403)},
    ),
    "meetings:meeting": ("/meetings/{hidden}/", "get", {}, only(*COORDINATORS, others=404, visitor=404)),
    "meetings:meeting-feed": (
        "/meetings/{hidden}/documents.atom",
        "get",
        {},
        only(*COORDINATORS, others=404, visitor=404),
    ),
    "meetings:change": ("/meetings/{hidden}/change/", "get", {}, only(*COORDINATORS)),
    "meetings:agenda": (
        "/meetings/open/agenda/",
        "post",
        {"language": "en", "agenda": "1 Opening"},
        only(*COORDINATORS, status=302),
    ),
    "meetings:publish": ("/meetings/open/publish/", "post", {"public": "0"}, only(*COORDINATORS, status=302)),
    "meetings:start": (
        "/meetings/open/contribute/",
        "post",
        {"organisation": "{organisation}"},
        only(*OWNERS, status=302),
    ),
    # Whoever acts for an organisation, and coordinators, read what is restricted; drafts are their organisation's.
    "meetings:revision": (
        "/meetings/contributions/{restricted}/revisions/0/",
        "get",
        {},
        only(*OWNERS, "reviewer", *COORDINATORS, others=404, visitor=404),
    ),
    "meetings:cover": (
        "/meetings/contributions/{restricted}/cover-en.docx",
        "get",
        {},
        only(*OWNERS, "reviewer", *COORDINATORS, others=404, visitor=404),
    ),
    "meetings:contribution": (
        "/meetings/contributions/{paper}/",
        "get",
        {},
        only(*OWNERS, others=404, visitor=404),
    ),
    "meetings:write": ("/meetings/contributions/{paper}/write/fr/", "get", {}, only(*OWNERS, others=404)),
    "meetings:step": (
        "/meetings/contributions/{paper}/step/",
        "post",
        {"do": "submit"},
        only(*OWNERS, status=302, others=404),
    ),
    "meetings:add-file": (
        "/meetings/contributions/{paper}/files/",
        "post",
        {},
        only(*OWNERS, status=422, others=404),
    ),
    "papers:file": ("/files/meetings/{paper_file}", "get", {}, only(*OWNERS, others=404, visitor=404)),
    "stocktaking:entry": ("/entries/{archived}/", "get", {}, everybody(410)),
    "stocktaking:history": ("/entries/{entry}/history/", "get", {}, everybody(200)),
    "stocktaking:confirm": (
        "/entries/{entry}/confirm/",
        "post",
        {},
        only(*OWNERS, *MODERATORS, status=302),
    ),
    # The signed link in a reminder is the authority.
    "stocktaking:confirm-by-mail": ("/confirm/{confirm}/", "get", {}, everybody(200)),
    "stocktaking:duplicates": ("/entries/{entry}/duplicates/", "get", {}, only(*MODERATORS)),
    "stocktaking:merge": ("/entries/{entry}/merge/twin/", "get", {}, only(*MODERATORS)),
    "stocktaking:similar": ("/submissions/{draft}/similar/", "get", {}, only(*OWNERS)),
    "stocktaking:archive": (
        "/entries/{entry}/archive/",
        "post",
        {"reason": "twice"},
        only(*MODERATORS, status=302),
    ),
    "stocktaking:restore": ("/entries/{archived}/restore/", "post", {}, only(*MODERATORS, status=302)),
    "stocktaking:review": ("/moderation/{waiting}/", "get", {}, only(*MODERATORS)),
    "stocktaking:review-step": (
        "/moderation/{waiting}/step/",
        "post",
        {"step": "publish"},
        only(*MODERATORS, status=302),
    ),
    "stocktaking:submission": ("/submissions/{draft}/", "get", {}, only(*OWNERS)),
    "stocktaking:write": ("/submissions/{draft}/edit/", "get", {}, only(*OWNERS)),
    "stocktaking:submission-step": (
        "/submissions/{waiting}/withdraw/",
        "post",
        {},
        only(*OWNERS, status=302),
    ),
    "stocktaking:link-review": ("/entries/{entry}/links/", "get", {}, only(*MODERATORS)),
    "stocktaking:decide-link": (
        "/entries/{entry}/links/decide/",
        "post",
        DECISION,
        only(*MODERATORS, status=404),
    ),
    "stocktaking:add-link": (
        "/entries/{entry}/links/add/",
        "post",
        {"framework": "wsis", "node": "C3"},
        only(*MODERATORS, status=302),
    ),
    "stocktaking:change-entry": (
        "/entries/{entry}/change/",
        "post",
        {},
        only(*OWNERS, *MODERATORS, status=302),
    ),
    "stocktaking:translations": ("/entries/{entry}/translations/", "get", {}, only(*OWNERS, *MODERATORS)),
    "stocktaking:translation": ("/entries/{entry}/translations/fr/", "get", {}, only(*OWNERS, *MODERATORS)),
    "stocktaking:import": ("/imports/{import}/", "get", {}, only(*COORDINATORS)),
    "stocktaking:import-progress": ("/imports/{import}/progress/", "get", {}, only(*COORDINATORS)),
    "stocktaking:apply-import": ("/imports/{import}/apply/", "post", {}, only(*COORDINATORS, status=302)),
    "stocktaking:discard-import": ("/imports/{import}/discard/", "post", {}, only(*COORDINATORS, status=302)),
    # Whoever may not have it learns nothing of it, not even that it is there.
    "files:file": ("/files/{file}", "get", {}, only(*OWNERS, others=404, visitor=404)),
    "audit:object": ("/audit/stocktaking.submission/{draft}/", "get", {}, only(*COORDINATORS)),
    "outbox:message": ("/mail/{message}/", "get", {}, only(*COORDINATORS)),
    "outbox:cancel": ("/mail/{message}/cancel/", "post", {}, only(*COORDINATORS, status=302)),
    "outbox:retry": ("/mail/{message}/retry/", "post", {}, only(*COORDINATORS, status=302)),
    "outbox:preview": ("/mail/preview/welcome/fr/", "get", {}, only(*COORDINATORS)),
    "stocktaking:reply": ("/moderation/replies/too-short/", "get", {}, only(*COORDINATORS)),
    "outbox:wording": ("/mail/wording/welcome/fr/", "get", {}, only(*COORDINATORS)),
    "tokens:revoke": ("/tokens/{token}/revoke/", "post", {}, only("owner", status=302, others=404)),
    "webhooks:subscription": ("/webhooks/{webhook}/", "get", {}, only("owner", *COORDINATORS, others=404)),
    "webhooks:renew-secret": (
        "/webhooks/{webhook}/secret/",
        "post",
        {},
        only("owner", *COORDINATORS, others=404),
    ),
    **{
        f"webhooks:{name}": (
            f"/webhooks/{{webhook}}/{path}/",
            "post",
            {},
            only("owner", *COORDINATORS, status=302, others=404),
        )
        for name, path in (
            *(("pause", "pause"), ("resume", "resume"), ("test", "test"), ("delete", "delete")),
            ("send-again", "deliveries/{delivery}/again"),
        )
    },
    "alerts:change": (
        "/searches/{search}/",
        "post",
        {"name": "Mine", "frequency": "never"},
        only("owner", status=302, others=404),
    ),
    "alerts:delete": ("/searches/{search}/delete/", "post", {}, only("owner", status=302, others=404)),
    "stories:tell": ("/stories/{entry}/tell/", "get", {}, only(*COORDINATORS)),
    "stories:withdraw": ("/stories/{entry}/withdraw/", "post", {}, only(*COORDINATORS, status=404)),
    "accounts:revoke": ("/roles/granted/{grant}/revoke/", "post", {}, only("administrator", status=302)),
    "organisations:edit": (
        "/organisations/{organisation}/edit/",
        "get",
        {},
        only("manager", *COORDINATORS),
    ),
    "organisations:join": ("/organisations/{organisation}/join/", "post", {}, everybody(302)),
    # Not made yet, it is nobody’s; who else may not fetch it once it is: test_export_files.
    "stocktaking:export-file": ("/exports/{export}/", "get", {}, only(others=404)),
    "stocktaking:export-progress": ("/exports/{export}/progress/", "get", {}, only("owner", others=404)),
    "stocktaking:delete-export": (
        "/exports/{export}/delete/",
        "post",
        {},
        only("owner", status=302, others=404),
    ),
    "accounts:sign-out-device": (
        "/account/devices/{device}/end/",
        "post",
        {},
        only("owner", status=302, others=404),
    ),
    "organisations:answer-requests": (
        "/organisations/{organisation}/requests/",
        "post",
        {"answer": "accept", "request": "{request}"},
        only("manager", *COORDINATORS, status=302),
    ),
    "organisations:answer-request": (
        "/organisations/{organisation}/requests/{request}/",
        "post",
        {"answer": "accept"},
        only("manager", *COORDINATORS, status=302),
    ),
    "organisations:invite": (
        "/organisations/{organisation}/invite/",
        "post",
        {"address": "new@example.org", "role": "member"},
        only("manager", *COORDINATORS, status=302),
    ),
    "organisations:withdraw": (
        "/organisations/{organisation}/invitations/{invitation}/withdraw/",
        "post",
        {},
        only("manager", *COORDINATORS, status=302),
    ),
    # The colleague is the member in question: everybody may leave.
    "organisations:member": (
        "/organisations/{organisation}/members/{member}/",
        "post",
        {"action": "remove"},
        only("colleague", "manager", *COORDINATORS, status=302),
    ),
    "organisations:merge": ("/organisations/{organisation}/merge/", "get", {}, only(*COORDINATORS)),
    "organisations:transfer": ("/organisations/{organisation}/transfer/", "get", {}, only(*COORDINATORS)),
    # The stranger is the one who is invited.
    "organisations:answer-invitation": (
        "/organisations/invitations/{invitation}/",
        "post",
        {"answer": "accept"},
        only("stranger", status=302, others=404),
    ),
    "mfa_edit_webauthn": (
        "/account/factors/webauthn/keys/{factor}/edit/",
        "get",
        {},
        only("owner", status=302, others=404),
    ),
    "mfa_remove_webauthn": (
        "/account/factors/webauthn/keys/{factor}/remove/",
        "get",
        {},
        only("owner", status=302, others=404),
    ),
    **{
        f"prizes:{name}": (f"/prizes/e/{path}/", "get", {}, only(*COORDINATORS))
        for name, path in (
            *(("dates", "dates"), ("desk", "desk"), ("screening", "desk/projects")),
            *(("screen", "desk/projects/{judged_project}"), ("reviewers", "desk/reviewers")),
            *(("shortlist", "desk/shortlist"), ("ballots", "desk/ballots"), ("winners", "desk/winners")),
            ("message", "desk/message"),
        )
    },
    "prizes:decide": (
        "/prizes/e/desk/ballots/{proposal}/",
        "post",
        {"drop": "1"},
        only(*COORDINATORS, status=302),
    ),
    "prizes:close": ("/prizes/e/desk/close/", "post", {}, only(*COORDINATORS, status=302)),
    # Everybody signed in has projects and votes of their own: see the two tests below.
    "prizes:own": ("/prizes/e/projects/", "get", {}, only(*PEOPLE)),
    "prizes:new-project": ("/prizes/e/projects/new/", "post", {}, everybody(302)),
    "prizes:my-votes": ("/prizes/e/my-votes/", "get", {}, only(*PEOPLE)),
    "prizes:confirm": ("/prizes/e/vote/C2/confirm/", "post", {}, only(*PEOPLE, status=422)),
    "prizes:withdraw": ("/prizes/e/vote/C2/withdraw/", "post", {}, everybody(302)),
    # Not even coordinators write in somebody's project.
    "prizes:project": ("/prizes/e/projects/{draft_project}/", "get", {}, only(*OWNERS, others=404)),
    "prizes:write": ("/prizes/e/projects/{draft_project}/edit/", "get", {}, only(*OWNERS, others=404)),
    "prizes:check": ("/prizes/e/projects/{draft_project}/check/", "post", {}, only(*OWNERS, others=404)),
    "prizes:project-step": (
        "/prizes/e/projects/{judged_project}/withdraw/",
        "post",
        {},
        only(*OWNERS, status=302, others=404),
    ),
    "prizes:reviews": ("/prizes/e/review/", "get", {}, only("reviewer")),
    "prizes:review": ("/prizes/e/review/{judged_project}/", "get", {}, only("reviewer")),
    "prizes:review-step": (
        "/prizes/e/review/{judged_project}/remark/",
        "post",
        {"text": "Well said."},
        only("reviewer", status=302),
    ),
    "prizes:appeal": (
        "/prizes/e/my-votes/appeal/{decision}/",
        "post",
        {"text": "It was me."},
        only("owner", status=302, others=404),
    ),
}
# Addresses with a place in them at which everybody finds the same, for this reason.
OPEN = {
    **dict.fromkeys(("frameworks:framework", "frameworks:node"), "published frameworks"),
    **dict.fromkeys(("stories:story", "stories:picture"), "published stories"),
    **dict.fromkeys(("stocktaking:go", "stocktaking:permalink"), "a short address of a public list"),
    "stocktaking:alike": "published entries",
    **dict.fromkeys(
        ("results:framework", "results:result", "results:indicator", "results:export"),
        "a public framework; drafts: tests/web/results/test_frameworks.py",
    ),
    "results:country": "what is shown differs: tests/web/results/test_plans.py",
    "coordination:line": "published roles",
    "partnerships:figures-document": "public figures",
    **dict.fromkeys(("coordination:ask-set", "coordination:ask"), "asks; answers: test_follow_up"),
    "stocktaking:export": "published entries, as a file",
    "organisations:organisation": "what is shown differs: test_members_are_named_to_members_only",
    "outbox:unsubscribe": "the signed token is the authority",
    "account_reset_password_from_key": "the key that was sent is the authority",
    "openid_connect_login": "the name of a provider",
    "openid_connect_callback": "the name of a provider",
    **dict.fromkeys(("prizes:edition", "prizes:categories", "prizes:category"), "published editions"),
    **dict.fromkeys(("prizes:nominee", "prizes:table"), "published nominees"),
    **dict.fromkeys(("prizes:vote", "prizes:choose"), "the ballot paper"),
    **dict.fromkeys(("prizes:result", "prizes:result-file", "prizes:statistics"), "published results"),
    "prizes:certificate": "announced winners",
    "prizes:receipt": "the receipt is the authority",
    **{
        f"indicators:{name}": "published statistics"
        for name in (
            *("economy", "economy-table", "economy-sdmx", "index", "index-table", "index-picture", "what-if"),
            *("series", "series-table", "series-sdmx", "series-picture"),
            *("history", "history-table", "history-picture"),
        )
    },
}


def with_places(patterns: list[URLPattern | URLResolver], prefix: str = "", route: str = "") -> set[str]:
    """The names of the addresses with a place in them."""
    found: set[str] = set()
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= with_places(
                pattern.url_patterns, f"{pattern.app_name}:" if pattern.app_name else prefix, path
            )
        elif "<" in path:
            found.add(f"{prefix}{pattern.name}")
    return found


def test_every_address_with_a_place_in_it_has_a_row_or_a_reason() -> None:
    assert set(OBJECTS) & set(OPEN) == set()
    found = with_places(urlpatterns) - operation_names(OPERATIONS)
    assert found == set(OBJECTS) | set(OPEN)
    assert set(OBJECTS) <= names(urlpatterns)


@pytest.fixture
def world(db: None) -> World:
    """Something private of every kind."""
    return private_world()


def answer(world: World, reader: str, name: str) -> tuple[int, str]:
    """Status and text of what the reader gets; whatever it changed is undone."""
    path, method, sent, _ = OBJECTS[name]
    before = transaction.savepoint()
    client = world.client(reader)
    filled = {key: value.format(**world.places) for key, value in sent.items()}
    response = getattr(client, method)(path.format(**world.places), filled)
    transaction.savepoint_rollback(before)
    return response.status_code, "" if response.streaming else response.content.decode("utf-8", "replace")


@pytest.mark.django_db
@pytest.mark.parametrize("app", sorted({name.partition(":")[0] for name in OBJECTS}))
def test_each_reader_is_answered_as_the_table_says_and_learns_no_contact(world: World, app: str) -> None:
    # One world for all addresses of an app: to make it takes longer than to ask.
    rows = {name: row[3] for name, row in OBJECTS.items() if name.partition(":")[0] == app}
    found: dict[str, dict[str, int]] = {}
    told: dict[str, set[str]] = {}
    for name in rows:
        cache.clear()  # what limits how often somebody may ask
        found[name] = {}
        for reader in READERS:
            found[name][reader], text = answer(world, reader, name)
            if "nurse@example.org" in text:
                told.setdefault(name, set()).add(reader)
    assert {name: said for name, said in found.items() if said != rows[name]} == {}
    # The reviewer was introduced to the organisation whose contact the nurse is; moderators were not.
    allowed = {*OWNERS, "reviewer"} if app == "partnerships" else {*OWNERS, *MODERATORS}
    assert {name: readers for name, readers in told.items() if not readers <= allowed} == {}


@pytest.mark.django_db
def test_members_are_named_to_members_only(world: World) -> None:
    page = f"/organisations/{world.places['organisation']}/"
    named = {reader for reader in READERS if "Colleague" in _without_menu(world, reader, page)}
    assert named == {*OWNERS, *COORDINATORS}


def _without_menu(world: World, reader: str, page: str) -> str:
    """The page below its header, in which everybody finds their own name."""
    return str(world.client(reader).get(page).text.partition("<main")[2])


@pytest.mark.django_db
def test_what_is_shared_or_listed_of_submissions_is_ones_own(world: World) -> None:
    listed = {
        reader
        for reader in READERS
        if f"/submissions/{world.places['draft']}/" in _without_menu(world, reader, "/submissions/")
    }
    assert listed == set(OWNERS)


@pytest.mark.django_db
def test_the_queue_holds_what_is_within_ones_scope(world: World) -> None:
    listed = {
        reader
        for reader in READERS
        if f"/moderation/{world.places['waiting']}/" in _without_menu(world, reader, "/moderation/")
    }
    assert listed == set(MODERATORS)


@pytest.mark.django_db
def test_projects_and_votes_of_an_edition_are_shown_to_their_own(world: World) -> None:
    listed = {
        name: {
            reader
            for reader in READERS
            if text.format(**world.places) in _without_menu(world, reader, f"/prizes/e/{page}/")
        }
        for name, page, text in (
            ("projects", "projects", "/projects/{draft_project}/"),
            ("votes", "my-votes", "Nominated"),
            ("choices", "vote", "✓"),
            ("given to review", "review", "/review/{judged_project}/"),
            ("decisions", "my-votes", "/appeal/{decision}/"),
        )
    }
    assert listed == {
        "projects": {*OWNERS},
        "votes": {"owner"},
        "choices": {"owner"},
        "given to review": {"reviewer"},
        "decisions": {"owner"},
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [name for name, row in OBJECTS.items() if name.startswith("prizes:") and "{" in row[0]]
)
def test_an_address_of_one_edition_opens_nothing_of_another(world: World, name: str) -> None:
    """The place of a project or decision holds within its edition only."""
    path, method, sent, _ = OBJECTS[name]
    an_edition(slug="other")
    client = world.client("administrator")
    Reviewer.objects.create(edition=Edition.objects.get(slug="other"), user=world.people["administrator"])
    answer_ = getattr(client, method)(path.replace("/e/", "/other/").format(**world.places), sent)
    assert answer_.status_code == 404
