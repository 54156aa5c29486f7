"""Events: kept within a region, private until announced, on list, map and calendar alike."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import verify
from actionlines_web.events import actions, queries
from actionlines_web.events.models import Event, EventFile, Participant
from actionlines_web.events.queries import EventQuery
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation
from web.events.conftest import made

SENT = {
    "slug": "sw-2030",
    "kind": "stocktaking-workshop",
    "starts": "2030-05-06T09:00",
    "ends": "2030-05-07T17:00",
    "zone": "Africa/Nairobi",
    "region": "AFR",
    "country": "KEN",
    "city": "Nairobi",
    "website": "https://example.org/",
    "language": "en",
    "description": "A workshop.",
    "serves": ["2018-2021/AFR2"],
    "title_en": "Workshop",
}


def slugs(actor: Any, **params: str) -> list[str]:
    """What a list shows somebody."""
    found, _ = queries.page_of_events(actor, EventQuery.from_params(params), timezone.now())
    return [item.slug for item in found]


def test_a_draft_is_for_who_keeps_its_region_on_every_way(
    client: Client, keeper: User, visitor: User, coordinator: User
) -> None:
    made(keeper, "hidden")

    def seen(user: User | None) -> list[bool]:
        client.logout()
        if user:
            client.force_login(user)
        return [
            client.get("/events/hidden/").status_code == 200,
            "Forum hidden" in client.get("/events/").text,
            client.get("/events/hidden/event.ics").status_code == 200,
            "hidden" in client.get("/events/calendar.ics").text,
        ]

    assert [seen(user) for user in (None, visitor)] == [[False] * 4] * 2
    assert [seen(user) for user in (keeper, coordinator)] == [[True, True, True, False]] * 2
    actions.announce_event(keeper, "hidden", "public")
    assert seen(None) == [True] * 4


def test_a_moderator_keeps_the_own_region_only(
    keeper: User, coordinator: User, visitor: User, event: Event
) -> None:
    for region in ("EUR", ""):
        with pytest.raises(PermissionDenied):
            made(keeper, "x", region=region, country="")
    made(coordinator, "europe", region="EUR", country="FRA")
    for user, slug in ((keeper, "europe"), (visitor, "rdf")):
        for refused in (
            lambda user=user, slug=slug: actions.announce_event(user, slug, "public"),
            lambda user=user, slug=slug: actions.set_agenda(user, slug, ""),
            lambda user=user, slug=slug: actions.set_outcomes(user, slug, "x"),
            lambda user=user, slug=slug: actions.add_event_file(user, slug, "x", "a.txt", 1, lambda: b"a"),
            lambda user=user, slug=slug: actions.remove_event_file(user, slug, 1),
        ):
            with pytest.raises(PermissionDenied):
                refused()


def test_an_event_cannot_be_moved_into_a_region_that_one_does_not_keep(
    client: Client, keeper: User, event: Event
) -> None:
    client.force_login(keeper)
    assert client.post("/events/rdf/change/", {**SENT, "region": "EUR"}).status_code == 403
    assert Event.objects.get().region == "AFR"


def test_an_event_is_entered_and_changed_on_the_pages_in_the_time_of_its_place(
    client: Client, keeper: User
) -> None:
    client.force_login(keeper)
    assert client.post("/events/new/", SENT).status_code == 302
    found = Event.objects.get()
    assert found.starts == datetime.fromisoformat("2030-05-06T06:00:00+00:00")
    assert found.initiative_keys == ["2018-2021/AFR2"]
    form = client.get("/events/sw-2030/change/").context["form"]
    assert form["starts"].value().isoformat() == "2030-05-06T09:00:00"
    assert client.post("/events/sw-2030/change/", SENT).status_code == 302
    assert Event.objects.get().sequence == 0
    client.post("/events/sw-2030/change/", {**SENT, "city": "Mombasa"})
    assert (Event.objects.get().city, Event.objects.get().sequence) == ("Mombasa", 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "SW 2030"}, "slug"),
        ({"slug": "initiatives"}, "slug"),
        ({"slug": "rdf"}, "slug"),
        ({"kind": "party"}, "kind"),
        ({"ends": "2030-05-06T09:00"}, "ends"),
        ({"ends": "2030-09-06T09:00"}, "ends"),
        ({"zone": "Africa/Nowhere"}, "zone"),
        ({"zone": "../etc"}, "zone"),
        ({"country": "XXX"}, "country"),
        ({"serves": ["2018-2021/XYZ1"]}, "serves"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"title_en": ""}, "title_en"),
    ],
)
def test_an_event_without_sense_is_refused_beside_its_field(
    client: Client, keeper: User, event: Event, change: dict[str, Any], field: str
) -> None:
    client.force_login(keeper)
    answer = client.post("/events/new/", SENT | change)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert Event.objects.count() == 1


def test_lists_tell_past_from_coming_and_filter_alike(keeper: User, coordinator: User, event: Event) -> None:
    for slug, days, options in (
        ("past", -10, {}),
        ("now", -1, {}),
        ("later", 60, {"kind": "training"}),
        ("europe", 40, {"region": "EUR", "country": "FRA"}),
    ):
        made(coordinator, slug, days, **options)
        actions.announce_event(coordinator, slug, "public")
    assert slugs(keeper) == ["now", "rdf", "europe", "later"]
    assert slugs(keeper, when="past") == ["past"]
    assert slugs(keeper, when="all") == ["past", "now", "rdf", "europe", "later"]
    assert slugs(keeper, region="EUR") == ["europe"]
    assert slugs(keeper, country="ken", kind="training") == ["later"]
    assert slugs(keeper, initiative="2023-2025/AFR1") == ["rdf"]
    by_country, by_region = queries.counts(keeper, EventQuery(), timezone.now())
    assert (by_country, by_region) == ({"KEN": 3, "FRA": 1}, {"AFR": 3, "EUR": 1})
    served = {item.key: number for item, number in queries.initiative_counts() if number}
    assert served == {"2018-2021/AFR1": 1, "2023-2025/AFR1": 1}


@pytest.mark.parametrize("when", ["coming", "all"])
def test_pages_follow_one_another_by_their_beginning(keeper: User, when: str) -> None:
    for number in range(55):
        made(keeper, f"e-{number:02}", 30 + number // 2)
    first, following = queries.page_of_events(keeper, EventQuery(when=when), timezone.now())
    rest, end = queries.page_of_events(keeper, EventQuery(when=when, after=following), timezone.now())
    assert [item.slug for item in (*first, *rest)] == [f"e-{number:02}" for number in range(55)]
    assert end == ""


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, keeper: User, event: Event
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get("/events/").status_code == 200
        return len(context)

    few = asked()
    for number in range(30):
        actions.announce_event(keeper, made(keeper, f"e-{number}").slug, "public")
    assert asked() == few


def test_the_calendar_follows_the_filter_and_tells_what_is_called_off(
    client: Client, keeper: User, event: Event
) -> None:
    def events(address: str) -> list[tuple[str, str, int]]:
        calendar = Calendar.from_ical(client.get(address).content)
        return [(str(e["summary"]), str(e["status"]), int(e["sequence"])) for e in calendar.walk("VEVENT")]

    assert events("/fr/events/calendar.ics?region=AFR") == [("Forum fr rdf", "CONFIRMED", 1)]
    assert events("/events/calendar.ics?region=EUR") == []
    actions.announce_event(keeper, "rdf", "cancelled")
    assert events("/events/rdf/event.ics") == [("Forum rdf", "CANCELLED", 2)]
    answer = client.get("/events/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"http://testserver/events/{event.slug}/" in answer.text.replace("\r\n ", "")


def test_an_agenda_is_kept_in_the_time_of_the_place_and_refused_with_its_line(
    client: Client, keeper: User, event: Event
) -> None:
    client.force_login(keeper)
    assert (
        client.post("/events/rdf/agenda/", {"agenda": "09:00-10:00 Opening\n10:30 Coffee"}).status_code == 302
    )
    assert [item.title for item in queries.agenda_of(event)] == ["Opening", "Coffee"]
    answer = client.post("/events/rdf/agenda/", {"agenda": "09:00 Opening\nCoffee"})
    assert answer.status_code == 422
    assert "agenda" in answer.context["agenda_form"].errors
    assert len(queries.agenda_of(event)) == 2


@pytest.fixture
def ministry(visitor: User) -> Organisation:
    """The visitor's organisation."""
    create_organisation(visitor, name="Ministry", stakeholder_type="government", country="KEN")
    return Organisation.objects.get(name="Ministry")


def test_people_take_part_and_are_named_only_where_they_say_so(
    client: Client, keeper: User, visitor: User, ministry: Organisation, event: Event
) -> None:
    visitor.name = "Ada Visitor"
    visitor.save()
    address = "/events/rdf/participants/"
    assert client.post(address).status_code == 302
    assert not Participant.objects.exists()
    client.force_login(visitor)
    client.post(address, {"organisation": ministry.pk})
    client.logout()

    def named(user: User | None) -> bool:
        client.logout()
        if user:
            client.force_login(user)
        return "Ada Visitor" in client.get("/events/rdf/").text.partition("<main")[2]

    assert [named(user) for user in (None, keeper)] == [False, True]
    actions.join_event(visitor, "rdf", named=True)
    assert named(None)
    assert Participant.objects.count() == 1
    assert "visitor@example.org" not in client.get("/events/rdf/").text
    client.force_login(visitor)
    client.post(address, {"do": "leave"})
    assert not Participant.objects.exists()


def test_nobody_takes_part_for_an_organisation_of_others_nor_in_what_is_over(
    keeper: User, visitor: User, ministry: Organisation, event: Event
) -> None:
    with pytest.raises(PermissionDenied):
        actions.join_event(keeper, "rdf", organisation=ministry.pk)
    with pytest.raises(InputError):
        actions.join_event(visitor, "rdf", now=timezone.now() + timedelta(days=40))
    actions.announce_event(keeper, "rdf", "cancelled")
    with pytest.raises(InputError):
        actions.join_event(visitor, "rdf")
    assert not Participant.objects.exists()


def test_documents_are_downloads_and_go_with_the_announcement(
    client: Client, keeper: User, event: Event
) -> None:
    client.force_login(keeper)
    file = SimpleUploadedFile("agenda.txt", b"Words of the agenda")
    assert client.post("/events/rdf/files/", {"title": "Agenda", "file": file}).status_code == 302
    kept = EventFile.objects.get()
    client.logout()
    address = f"/files/events/{kept.key}/agenda.txt"
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="agenda.txt"'
    actions.announce_event(keeper, "rdf", "draft")
    assert client.get(address).status_code == 404
    client.force_login(keeper)
    assert client.post("/events/rdf/files/", {"remove": kept.pk + 1}).status_code == 404
    assert client.post("/events/rdf/files/", {"remove": kept.pk}).status_code == 302
    assert not EventFile.objects.exists()


def test_outcomes_are_shown_and_every_change_is_recorded(client: Client, keeper: User, event: Event) -> None:
    actions.set_outcomes(keeper, "rdf", "Twelve islands joined.")
    assert "Twelve islands joined." in client.get("/events/rdf/").text
    from actionlines_web.audit.models import Record

    verbs = (
        Record.objects.filter(object_type="events.event").order_by("sequence").values_list("verb", flat=True)
    )
    assert list(verbs) == ["create", "change", "change"]
    assert verify().sound


def test_a_person_who_is_erased_no_longer_takes_part(visitor: User, event: Event) -> None:
    actions.join_event(visitor, "rdf", named=True)
    assert [held["event__slug"] for held in queries.held_about(visitor)] == ["rdf"]
    assert actions.erase_participation(visitor) == 1
    assert queries.held_about(visitor) == []


def test_initiatives_stand_by_cycle_with_their_events(client: Client, event: Event) -> None:
    text = client.get("/events/initiatives/").text
    assert "Building digital economies and fostering innovation in Africa" in text
    assert "?initiative=2018-2021%2FAFR1&amp;when=all" in text
    assert "Forum rdf" in client.get("/events/?initiative=2018-2021%2FAFR1&when=all").text
