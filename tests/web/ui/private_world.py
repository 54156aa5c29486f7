"""A register with something private of every kind, and everybody who may come by it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from actionlines.programme.consultation import Answers
from actionlines.programme.request import Request, Speaker
from actionlines.results.aggregation import Measure
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, SignedIn, User
from actionlines_web.alerts.actions import save_search
from actionlines_web.api.actions import issue_token
from actionlines_web.coordination import actions
from actionlines_web.events import actions as events
from actionlines_web.forum.actions.consultation import save_contribution
from actionlines_web.forum.actions.editions import create_edition
from actionlines_web.forum.actions.importing import stage_requests
from actionlines_web.forum.actions.people import token_of as speaker_token
from actionlines_web.forum.actions.requests import decide_request, import_request, start_request
from actionlines_web.forum.actions.schedule import order_run, place_session, publish_schedule
from actionlines_web.forum.models import Appearance
from actionlines_web.meetings import actions as meetings
from actionlines_web.meetings.models import Contribution, Meeting
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.actions.members import ask_to_join, invite
from actionlines_web.organisations.models import Invitation, JoinRequest, Membership
from actionlines_web.outbox.actions import queue_message
from actionlines_web.partnerships import actions as partnerships
from actionlines_web.partnerships.models import Proposal
from actionlines_web.prizes.actions.projects import screen_project, start_project
from actionlines_web.prizes.actions.sealing import seal_lines
from actionlines_web.prizes.models import Assignment, Ballot, BallotDecision, Project, Reviewer
from actionlines_web.publishing.actions import (
    Asked,
    assign_part,
    make_version,
    schedule_report,
    start_report,
)
from actionlines_web.publishing.models import Report
from actionlines_web.results.actions.plans import add_plan
from actionlines_web.results.actions.reports import save_report, submit_report
from actionlines_web.stocktaking.actions import (
    archive_entry,
    save_fields,
    stage_import,
    start_submission,
    store_entries,
    take_step,
)
from actionlines_web.stocktaking.actions.attachments import attach_file
from actionlines_web.stocktaking.actions.confirming import token_of
from actionlines_web.stocktaking.actions.exporting import order_export
from actionlines_web.stocktaking.models import Entry, Submission
from actionlines_web.stocktaking.queries import EntryQuery
from actionlines_web.webhooks.actions import send_test, subscribe
from web.prizes.conftest import a_nominee, a_project, an_edition, choose
from web.results.conftest import a_framework, indicator

# Who comes by: name → roles with their scope. The moderators differ in scope alone: the things are Kenya's (AFR), on C2.
PEOPLE: Final = {
    "stranger": (),
    "owner": (),
    "colleague": (),
    "manager": (),
    "inside": (("moderator", "AFR"),),
    "outside": (("moderator", "EUR"),),
    "facilitator": (("facilitator", "C2"),),
    "reviewer": (("reviewer", ""),),
    "statistician": (("statistician", ""),),
    "coordinator": (("coordinator", ""),),
    "administrator": (("administrator", ""),),
}
READERS: Final = ("visitor", *PEOPLE)
TEXT: Final = {
    "title": "Clinics on line",
    "description": "Doctors in the capital advise nurses on twelve islands by telemedicine.",
    "country": "KEN",
    "lines": "C2",
    "language": "en",
    "contact_email": "nurse@example.org",
}


@dataclass(frozen=True)
class World:
    """The people, and what stands in the places of the addresses."""

    people: dict[str, User]
    places: dict[str, object]

    def client(self, reader: str, **options: bool) -> Client:
        """The reader's browser."""
        client = Client(**options)
        if reader != "visitor":
            client.force_login(self.people[reader], backend="django.contrib.auth.backends.ModelBackend")
        return client


def private_world() -> World:
    """Make it: all that is private is `owner`'s, who acts for an organisation that `manager` manages."""
    cache.clear()
    people = {name: _person(name, roles) for name, roles in PEOPLE.items()}
    owner, manager = people["owner"], people["manager"]
    organisation = create_organisation(
        manager, name="Ministry of Health", stakeholder_type="government", country="KEN"
    )
    for name in ("owner", "colleague"):
        Membership.objects.create(user=people[name], organisation=organisation)
    entry = take_step(people["administrator"], _sent(owner, organisation.pk), "publish").entry
    assert entry is not None
    store_entries(
        System(), [LibraryEntry(id="twin", title="Clinics on line", description="x", country="KEN")]
    )
    gone = take_step(people["administrator"], _sent(owner, organisation.pk), "publish").entry
    assert gone is not None
    archive_entry(people["administrator"], gone, "twice")
    key = issue_token(System(), email=owner.email, scopes=["entries:write"])[1]
    draft = _draft(owner, organisation.pk)
    kept = attach_file(owner, draft, "words.txt", 5, lambda: b"Words")
    grant = RoleGrant.objects.get(user=people["reviewer"])
    ask_to_join(_person("applicant", ()), organisation.pk)
    invite(manager, organisation.pk, address=people["stranger"].email)
    subscription, _secret = subscribe(owner, "https://8.8.8.8/", ["entry.published"])
    message = queue_message(
        System(), owner, "welcome", {"name": "Owen", "address": "https://register.example.org/"}
    )
    assert message is not None
    actions.save_row(
        people["facilitator"],
        actions.create_road_map(people["facilitator"], line="C2", cycle="2026-2029", language="en"),
        "1",
        {"activity": "Connect clinics"},
    )
    forum = _forum(owner)
    role = actions.appoint(
        people["coordinator"], line="C2", organisation="Ministry", role="partner", source="A letter"
    )
    report = _report(people)
    places = {
        **forum,
        "report": report.key,
        "schedule": schedule_report(
            people["coordinator"], Asked("Yearly", "contribution", ["en"]), "year", date(2100, 1, 1)
        ).pk,
        "role": role.pk,
        "export": order_export(owner, "csv", EntryQuery()).key,
        "device": SignedIn.objects.create(user=owner, session_key="elsewhere").pk,
        "organisation": organisation.pk,
        "member": people["colleague"].pk,
        "request": JoinRequest.objects.get().pk,
        "invitation": Invitation.objects.get().pk,
        "entry": entry.identifier,
        "archived": gone.identifier,
        "confirm": token_of(owner, Entry.objects.get(pk=entry.pk)),
        "draft": draft.pk,
        "waiting": _sent(owner, organisation.pk).pk,
        "file": f"{kept.key}/{kept.name}",
        "import": stage_import(people["coordinator"], b"id,title,description\nz,Z,z\n", "z.csv").pk,
        "token": key[:12],
        "webhook": subscription.pk,
        "delivery": send_test(owner, subscription.pk).pk,
        "message": message.pk,
        "search": save_search(owner, "Schools", {"line": "C4"}, "never").pk,
        "grant": grant.pk,
        **_prizes(people, organisation.pk),
        **_results(owner, organisation.pk),
        **_cooperation(people, organisation.pk),
        "factor": Authenticator.objects.create(
            user=owner, type="webauthn", data={"name": "Key", "credential": {}}
        ).pk,
    }
    return World(people, places)


def _prizes(people: dict[str, User], organisation: int) -> dict[str, object]:
    """An edition whose vote is open: a draft, a project under review, a nominee, a vote of `owner`'s, decisions about it."""
    edition = an_edition(slug="e")
    owner, officer = people["owner"], people["coordinator"]
    draft, judged = start_project(owner, edition), a_project(owner, edition, title="Judged")
    Project.objects.filter(pk__in=(draft.pk, judged.pk)).update(organisation=organisation)
    screen_project(officer, judged, accept=True)
    reviewer = Reviewer.objects.create(edition=edition, user=people["reviewer"])
    Assignment.objects.create(reviewer=reviewer, project=judged)
    nominee = a_nominee(people["stranger"], edition, title="Nominated")
    choose(owner, edition, nominee)
    seal_lines(edition)
    said = {"edition": edition, "kind": "invalidate", "lines": [1], "proposed_by": officer}
    Ballot.objects.update(valid=False)
    return {
        "draft_project": draft.code,
        "judged_project": judged.code,
        "nominee": nominee.code,
        "proposal": BallotDecision.objects.create(**said, reason="Doubt.").pk,
        "decision": BallotDecision.objects.create(**said, reason="Doubt.", state="made").pk,
    }


def _results(owner: User, organisation: int) -> dict[str, object]:
    """A report that waits for approval, and a private plan."""
    a_framework(organisation)
    submit_report(owner, save_report(owner, indicator("a1"), "2024", {"": Measure(Decimal(50))}))
    plan = add_plan(
        owner,
        title="Vision 2035",
        country="KEN",
        kind="national",
        organisation=organisation,
        name="plan.txt",
        size=5,
        read=lambda: b"Words",
    )
    return {"plan": plan.pk}


def _cooperation(people: dict[str, User], organisation: int) -> dict[str, object]:
    """Drafts, restricted and hidden things of meetings, events and partnerships."""
    owner = people["owner"]
    meeting, hidden = a_meeting(people["coordinator"], "open"), a_meeting(people["coordinator"], "hidden")
    meeting = meetings.publish_meeting(people["coordinator"], meeting)
    papers = {name: a_contribution(owner, meeting, organisation) for name in ("draft", "restricted")}
    paper_file = meetings.add_paper_file(owner, papers["draft"].pk, "en", "words.txt", 5, lambda: b"Words")
    meetings.save_words(owner, papers["restricted"].pk, "en", PAPER, restricted=True)
    meetings.submit_contribution(owner, papers["restricted"].pk)
    an_event(people["coordinator"], "event-draft")
    an_event(people["coordinator"], "event-open")
    events.announce_event(people["coordinator"], "event-open", "public")
    event_file = events.add_event_file(
        people["coordinator"], "event-draft", "Words", "words.txt", 5, lambda: b"Words"
    )
    college = create_organisation(
        people["reviewer"], name="College", stakeholder_type="academia", country="KEN"
    )
    drafted = a_proposal(owner, organisation, "need")
    need, offer = (
        a_proposal(owner, organisation, "need"),
        a_proposal(people["reviewer"], college.pk, "offer"),
    )
    for person, proposal in ((owner, need), (people["reviewer"], offer)):
        partnerships.set_state(person, proposal.pk, "public")
    introduction = partnerships.ask_for_introduction(owner, need.pk, offer.pk)
    partnerships.answer_introduction(people["reviewer"], introduction.pk, accept=True)
    partnerships.move_stage(owner, introduction.pk, "agreed")
    pledge = partnerships.add_pledge(
        people["reviewer"], introduction.pk, day=timezone.localdate(), amount=Decimal(10), currency="USD"
    )
    return {
        "drafted": drafted.pk,
        "need": need.pk,
        "introduction": introduction.pk,
        "pledge": pledge.pk,
        "event_file": f"{event_file.key}/{event_file.name}",
        "hidden": hidden.slug,
        "paper": papers["draft"].pk,
        "restricted": papers["restricted"].pk,
        "paper_file": f"{paper_file.key}/{paper_file.name}",
    }


PAPER: Final = {"title": "Islands on line", "summary": "What was done.", "action": "To note."}


def a_meeting(coordinator: User, slug: str) -> Meeting:
    """A meeting in a month, with one item, as a draft."""
    first = timezone.localdate() + timedelta(days=30)
    made = meetings.save_meeting(
        coordinator,
        slug,
        titles={"en": f"Meeting {slug}"},
        kind="advisory",
        series=slug.upper(),
        first_day=first,
        last_day=first + timedelta(days=2),
        deadline=timezone.now() + timedelta(days=14),
        new=True,
    )
    meetings.set_agenda(coordinator, made, "en", [("1", "Opening")])
    return made


def an_event(coordinator: User, slug: str) -> None:
    """An event of Africa in a month, as a draft."""
    starts = timezone.now() + timedelta(days=30)
    events.save_event(
        coordinator,
        slug,
        titles={"en": f"Forum {slug}"},
        kind="development-forum",
        starts=starts,
        ends=starts + timedelta(days=1),
        region="AFR",
        country="KEN",
        new=True,
    )


def a_proposal(author: User, organisation: int, side: str) -> Proposal:
    """A need or an offer of expertise on C2, as a draft, with the nurse as its contact."""
    return partnerships.save_proposal(
        author,
        organisation,
        side=side,
        kind="expertise",
        title="Nurses on line",
        description="Doctors advise nurses.",
        lines=["C2"],
        contact_email="nurse@example.org" if side == "need" else "dean@example.org",
    )


def a_contribution(author: User, meeting: Meeting, organisation: int) -> Contribution:
    """A draft with its texts in English."""
    made = meetings.start_contribution(author, meeting, organisation)
    return meetings.save_words(author, made.pk, "en", PAPER, item="1")


def _person(name: str, roles: tuple[tuple[str, str], ...]) -> User:
    user = User.objects.create_user(f"{name}@example.org", name=name.title())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role, scope in roles:
        RoleGrant.objects.create(user=user, role=role, scope=scope)
    return user


def _report(people: dict[str, User]) -> Report:
    """A report of the facilitator's, its first version made, a part of it given to the owner."""
    report = start_report(people["facilitator"], Asked("Lines", "contribution", ["en"]))
    make_version.func(version_id=report.versions.get().pk)
    assign_part(people["facilitator"], report.parts.get(name="matrix"), people["owner"].email)
    return report


def _draft(owner: User, organisation: int) -> Submission:
    draft = start_submission(owner, organisation_id=organisation)
    return save_fields(owner, draft, TEXT, draft.version)


def _sent(owner: User, organisation: int) -> Submission:
    return take_step(owner, _draft(owner, organisation), "submit")


def _forum(owner: User) -> dict[str, object]:
    """A Forum with a draft, a request on C2, a published session, a draft of a contribution, a table and a run."""
    edition = create_edition(System(), slug="2026", shipped="demonstration")
    asked = Request(
        "Clinics on line",
        "x",
        kind="thematic-workshop",
        organisers=("Ministry of Health",),
        lines=("C2",),
        speakers=(Speaker("Sam Speaker", "speaker@example.org"),),
    )
    held = decide_request(System(), import_request(owner, edition, asked), accept=True)
    place_session(System(), held, "d1.1", "A")
    publish_schedule(System(), edition)
    return {
        "forum_held": held.number,
        "forum_sent": import_request(owner, edition, asked).number,
        "forum_draft": start_request(owner, edition, asked).number,
        "forum_person": Appearance.objects.filter(session=held).get().person.code,
        "forum_invitation": speaker_token(Appearance.objects.filter(session=held).get()),
        "contribution": save_contribution(
            owner, edition, Answers("Ministry of Health", "government", "KEN", {"themes": "x"}, {})
        ).number,
        "forum_import": stage_requests(System(), edition, b"title\nx\n", "x.csv").pk,
        "forum_run": order_run(System(), edition, seconds=1, keep_all=False).pk,
    }
