"""Sets that a coordinator loads, organisations that are asked, reminders, and how all asks stand."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionlines.problems import InputError
from actionlines.results.followup import AskSet, Tally, read_ask_set
from actionlines_web.accounts.models import User
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.models import Addressee, LoadedSet, Reminder
from actionlines_web.organisations.models import Membership, Organisation
from actionlines_web.outbox.models import Message, Refusal

DUE = date(2027, 3, 1)
TABLE = "number,text,asked,due,lines\n113,Make a road map,Facilitators,2027-03-01,C2\n114,Report,All,,\n"
BESIDE = {
    "code": "res-80",
    "title": "Resolution",
    "source": "A/RES/80/173",
    "day": "2025-12-17",
    "language": "en",
}


def a_set(*numbers: str) -> AskSet:
    """A set with these paragraphs, due on DUE."""
    head = 'code = "res-80"\nsource = "A/RES/80/173"\ndate = 2025-12-17\ntitle = {en = "Resolution", fr = "Résolution"}\n'
    ask = '[[ask]]\nnumber = "%s"\ntext = {en = "Do"}\nasked = {en = "Facilitators"}\nlines = ["C2"]\ndue = 2027-03-01\n'
    return read_ask_set("x.toml", head + "".join(ask % number for number in numbers))


@pytest.fixture
def loaded(coordinator: User) -> AskSet:
    """A set of two asks, kept."""
    found = a_set("113", "114")
    actions.load_ask_set(coordinator, found)
    return found


def test_a_table_is_shown_first_and_kept_when_sent_again(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)

    def sent(**more: str) -> str:
        file = SimpleUploadedFile("asks.csv", TABLE.encode(), "text/csv")
        return client.post("/lines/asks/load/", {"file": file, **BESIDE, **more}, follow=True).text

    assert "Make a road map" in sent()
    assert not LoadedSet.objects.exists()
    assert "The set was loaded." in sent(sure="1")
    assert "Make a road map" in client.get("/lines/asks/res-80/113/").text
    assert "res-80" in client.get("/lines/asks/").text
    assert "res-80" in client.get("/lines/C2/").text


@pytest.mark.parametrize(
    ("name", "content", "beside"),
    [
        ("asks.csv", b"number,text\n1,x\n", BESIDE),
        ("asks.csv", TABLE.encode(), {**BESIDE, "code": ""}),
        ("asks.csv", TABLE.encode(), {**BESIDE, "code": "No Code"}),
        ("asks.csv", TABLE.encode(), {**BESIDE, "code": "tdag-2018"}),
        ("asks.csv", TABLE.encode(), {**BESIDE, "code": "overview"}),
        ("asks.toml", b"\xff", {"language": "en"}),
        ("asks.toml", b"code = 1", {"language": "en"}),
    ],
)
def test_a_file_without_sense_is_refused(
    client: Client, coordinator: User, name: str, content: bytes, beside: dict[str, str]
) -> None:
    client.force_login(coordinator)
    sent = {"file": SimpleUploadedFile(name, content), "sure": "1", **beside}
    assert client.post("/lines/asks/load/", sent).status_code == 422
    assert not LoadedSet.objects.exists()


def test_only_coordinators_load_and_ask(member: User, ministry: Organisation, loaded: AskSet) -> None:
    for refused in (
        lambda: actions.load_ask_set(member, a_set("1")),
        lambda: actions.ask_organisation(member, ask_set="res-80", number="113", name="Ministry of Health"),
        lambda: actions.stop_asking(member, 1),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_newer_file_says_what_differs_and_cannot_drop_what_was_answered(
    coordinator: User, member: User, ministry: Organisation, loaded: AskSet
) -> None:
    assert actions.load_ask_set(coordinator, a_set("114", "115"), dry_run=True) == {
        "added": ["115"],
        "changed": [],
        "removed": ["113"],
    }
    actions.save_answer(member, ministry.pk, ask_set="res-80", number="113", state="done", text="Made.")
    with pytest.raises(InputError, match="asks with answers are missing: 113"):
        actions.load_ask_set(coordinator, a_set("114"))
    assert [ask.number for ask in queries.known_sets()["res-80"].asks] == ["113", "114"]


def reminded(day: date) -> int:
    """How many messages a run of the chore on this day queues."""
    return actions.remind_asked(day)


def test_an_organisation_is_reminded_once_for_each_step_until_it_says_done(
    coordinator: User, member: User, ministry: Organisation, loaded: AskSet
) -> None:
    for number in ("113", "114"):
        actions.ask_organisation(coordinator, ask_set="res-80", number=number, name="Ministry of Health")
    days: Sequence[int] = (31, 30, 29, 7, 7, 1)
    assert [reminded(DUE - timedelta(days=left)) for left in days] == [0, 1, 0, 1, 0, 0]
    message = Message.objects.filter(kind="asks-due").latest("pk")
    assert message.recipient == member
    assert message.text.count("/lines/asks/res-80/11") == 2
    actions.save_answer(member, ministry.pk, ask_set="res-80", number="113", state="done", text="Made.")
    assert reminded(DUE) == 1
    assert "/lines/asks/res-80/113/" not in Message.objects.filter(kind="asks-due").latest("pk").text
    assert reminded(DUE + timedelta(days=31)) == 0
    assert Reminder.objects.count() == 5


def test_reminders_are_in_the_readers_language_and_kept_from_who_unsubscribed(
    coordinator: User, member: User, ministry: Organisation, loaded: AskSet
) -> None:
    member.language = "fr"
    member.save()
    other = User.objects.create_user("colleague@example.org")
    Membership.objects.create(user=other, organisation=ministry, role=Membership.Role.MANAGER)
    Refusal.objects.create(address=other.email, kind="asks-due")
    actions.ask_organisation(coordinator, ask_set="res-80", number="113", name="Ministry of Health")
    assert reminded(DUE) == 1
    message = Message.objects.get(kind="asks-due")
    assert (message.language, message.recipient) == ("fr", member)
    assert "Résolution, 113 (1 mars 2027)" in message.text


def test_an_organisation_that_took_an_ask_up_is_reminded_too_and_others_are_not(
    member: User, ministry: Organisation, loaded: AskSet
) -> None:
    assert reminded(DUE) == 0
    actions.save_answer(member, ministry.pk, ask_set="res-80", number="113", state="under-way", text="Begun.")
    assert reminded(DUE) == 1


def test_an_organisation_is_taken_off_again(
    client: Client, coordinator: User, ministry: Organisation, loaded: AskSet
) -> None:
    client.force_login(coordinator)
    base = "/lines/asks/res-80/113/organisations/"
    client.post(base, {"name": "Ministry of Health"})
    client.post(base, {"name": "Ministry of Health"})
    made = Addressee.objects.get()
    assert "Ministry of Health" in client.get("/lines/asks/res-80/113/").text
    assert client.post("/lines/asks/res-80/114/organisations/", {"off": made.pk}).status_code == 404
    client.post(base, {"off": made.pk})
    assert not Addressee.objects.exists()
    assert "no organisation" in client.post(base, {"name": "Nobody"}, follow=True).text


def test_the_overview_tallies_by_who_is_asked_by_line_and_by_organisation(
    client: Client, coordinator: User, member: User, ministry: Organisation, visitor: User, loaded: AskSet
) -> None:
    actions.ask_organisation(coordinator, ask_set="res-80", number="114", name="Ministry of Health")
    actions.save_answer(member, ministry.pk, ask_set="res-80", number="113", state="done", text="Made.")
    seen = queries.overview(member, DUE + timedelta(days=1))
    asked = {str(text): tally for text, tally in seen.asked}
    assert asked["Facilitators"] == Tally(2, 1, 1, 1)
    assert {node.code: tally for node, tally in seen.lines}["C2"].late == 1
    assert seen.organisations == [("Ministry of Health", Tally(2, 1, 1, 1))]
    hidden = queries.overview(visitor, DUE + timedelta(days=1))
    assert {str(text): tally for text, tally in hidden.asked}["Facilitators"] == Tally(2, 0, 0, 2)
    assert hidden.organisations == [("Ministry of Health", Tally(1, 0, 0, 1))]
    assert "Facilitators" in client.get("/lines/asks/overview/").text


def test_the_overview_asks_the_database_as_often_for_many_asks_as_for_few(
    coordinator: User, member: User, ministry: Organisation, django_assert_num_queries
) -> None:
    actions.load_ask_set(coordinator, a_set(*map(str, range(40))))
    for number in range(0, 40, 2):
        actions.save_answer(
            member, ministry.pk, ask_set="res-80", number=str(number), state="done", text="x", public=True
        )
    with django_assert_num_queries(5):
        queries.overview(member, DUE)
