"""Words for permissions and for those who have them."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = str | Promise

PERMISSIONS: Final[Mapping[str, Label]] = {
    "register.read": _("Read, search and download what is published"),
    "register.submit": _("Register projects and propose changes to one’s own"),
    "stocktaking.see_queue": _("See the queue of what was submitted"),
    "webhooks.subscribe": _("Have another program told of what happens (with a token of one’s own)"),
    "webhooks.manage_subscription": _("Change, pause and delete webhooks"),
    "stocktaking.review_links": _("See the queue of links and how far reviewers agree"),
    "stocktaking.export_decisions": _("Download the decisions on links as training data"),
    "register.moderate": _("Review what was submitted, publish it or return it"),
    "organisations.create_organisation": _("Enter an organisation and manage it"),
    "organisations.see_members": _("See who the members of an organisation are"),
    "organisations.manage_organisation": _("Change an organisation, invite, accept and remove members"),
    "organisations.merge_organisations": _("Merge organisations and move entries from one to another"),
    "stocktaking.import_entries": _("Bring in tables of entries"),
    "stories.tell_stories": _("Tell success stories of entries"),
    "indicators.import_observations": _("Bring in tables of statistics and answer what the checks ask"),
    "indicators.ask": _("Ask economies for their statistics"),
    "indicators.sign_off": _("Sign answers to the checks off"),
    "prizes.submit_project": _("Enter projects for the prizes"),
    "prizes.vote": _("Vote for nominees of the prizes"),
    "prizes.review_projects": _("Judge the projects of the prizes that were given to one"),
    "prizes.run_edition": _("Run an edition of the prizes: dates, screening, nominations, winners"),
    "prizes.decide_ballots": _("Decide about votes, together with a second officer"),
    "forum.request_session": _("Ask for sessions of the Forum"),
    "forum.contribute": _("Contribute to the consultation on the Forum, and nominate facilitators"),
    "forum.see_session": _("See requests for sessions that are not public"),
    "forum.keep_session": _("Change a session, invite its speakers, file what it owes"),
    "forum.run_edition": _("Run an edition of the Forum: requests, schedule, versions, facilitators"),
    "outbox.manage_messages": _("See outgoing mail, stop it and send it again"),
    "outbox.change_wording": _("Change the wording of messages"),
    "stocktaking.change_replies": _("Word the canned replies of moderators"),
    "audit.read_records": _("Read who changed what"),
    "coordination.keep_line": _("Keep the road maps of an action line"),
    "coordination.answer": _("Answer for an organisation what members were asked for"),
    "coordination.load_asks": _("Load sets of asks, and say which organisations are asked"),
    "coordination.appoint": _("Enter who leads an action line"),
    "results.report": _("Report what was measured for the results given to one’s organisation"),
    "results.approve": _("Approve reports of results, or give them back"),
    "results.keep_framework": _("Keep frameworks of results, their budgets and closed periods"),
    "results.add_plan": _("Upload plans for an organisation, show or delete them"),
    "meetings.run_meetings": _("Enter meetings, keep their agenda"),
    "meetings.contribute": _("Send contributions of an organisation to meetings"),
    "events.keep_events": _("Enter events, keep their agenda, documents and outcomes"),
    "partnerships.propose": _("Write needs and offers of an organisation, ask for introductions"),
    "partnerships.oversee": _("See how far introductions are (no contacts), close needs and offers"),
    "publishing.start_report": _("Start a report"),
    "publishing.keep_report": _("Keep a report: have it counted, give its parts to people, lock it"),
    "publishing.see_report": _("See a report before it is published, and comment on it"),
    "publishing.write_part": _("Write in a part of a report"),
    "publishing.approve_report": _("Approve reports, publish and schedule them"),
    "accounts.grant_roles": _("Give roles and take them back"),
    "accounts.view_as": _("See the site as another person or role sees it"),
}

COLUMNS: Final[Mapping[str, Label]] = {
    "visitor": pgettext_lazy("who may do something", "Visitor"),
    "account": pgettext_lazy("who may do something", "Person with an account"),
    "member": pgettext_lazy("who may do something", "Member of the organisation"),
    "manager": pgettext_lazy("who may do something", "Manager of the organisation"),
    "moderator": pgettext_lazy("who may do something", "Moderator"),
    "facilitator": pgettext_lazy("who may do something", "Facilitator"),
    "reviewer": pgettext_lazy("who may do something", "Reviewer"),
    "statistician": pgettext_lazy("who may do something", "Statistician"),
    "coordinator": pgettext_lazy("who may do something", "Coordinator"),
    "administrator": pgettext_lazy("who may do something", "Administrator"),
}

ROLE_MEANINGS: Final[Mapping[str, Label]] = {
    "account": _("Whoever opened an account and confirmed the address. May register projects."),
    "member": _("Acts for an organisation: its projects are theirs to write."),
    "manager": _(
        "Keeps the organisation’s page and members. The last manager cannot leave without handing over."
    ),
    "moderator": _("Reviews submissions: all of them, or those of a region or of an action line."),
    "facilitator": _("Keeps the road maps of an action line."),
    "reviewer": _("Judges projects assigned to them."),
    "statistician": _("Checks and submits indicators: of every economy, or of one."),
    "coordinator": _("Runs the register: imports, organisations, mail; moderates everywhere."),
    "administrator": _(
        "Gives roles, and may look at the site as others see it. May do all a coordinator may."
    ),
}

FACTORS: Final[Mapping[str, Label]] = {
    "totp": _("authenticator app"),
    "webauthn": _("passkey or security key"),
    "recovery_codes": _("recovery codes"),
}
