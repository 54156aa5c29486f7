"""An administrator sees the site as somebody else: faithfully, without changing anything, noted in the trail."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines_web.accounts.actions import begin_viewing
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.rules import holds, moderates, scopes
from actionlines_web.accounts.viewing import Viewing
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.models import Record
from actionlines_web.audit.requests import reading_only
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(administrator: User, client: Client) -> Client:
    """An administrator's browser."""
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_role_sees_what_it_may_and_no_more(desk: Client) -> None:
    assert desk.get("/roles/granted/").status_code == 200
    desk.post("/view-as/", {"role": "coordinator"})
    page = desk.get("/audit/")
    assert page.status_code == 200
    assert "You see the site as" in page.text
    assert desk.get("/roles/granted/").status_code == 403
    desk.post("/view-as/end/")
    desk.post("/view-as/", {"role": "none"})
    assert desk.get("/audit/").status_code == 403
    assert desk.get("/account/").status_code == 200


def test_a_person_is_seen_with_their_roles_and_organisations(desk: Client, person: User) -> None:
    create_organisation(person, name="Ministry", stakeholder_type="government", country="SEN")
    desk.post("/view-as/", {"email": person.email})
    page = desk.get("/account/")
    assert page.context["user"].pk == person.pk
    assert [item.organisation.name for item in page.context["memberships"]] == ["Ministry"]
    assert desk.get("/roles/granted/").status_code == 403


def test_nothing_can_be_written_meanwhile(desk: Client, person: User) -> None:
    desk.post("/view-as/", {"email": person.email})
    records = Record.objects.count()
    for address, form in {
        "/account/": {"name": "Eve", "language": "en", "time_zone": "UTC"},
        "/organisations/new/": {"name": "New", "stakeholder_type": "government"},
        "/account/data/erase/": {},
        "/account/email/": {"action_add": "", "email": "eve@example.org"},
        "/view-as/": {"role": "reviewer"},
    }.items():
        answer = desk.post(address, form)
        assert (answer.status_code, "nothing can be changed" in answer.text) == (403, True), address
    person.refresh_from_db()
    assert (person.name, Organisation.objects.count(), Record.objects.count()) == ("", 0, records)


def test_what_is_private_stays_closed(desk: Client, person: User) -> None:
    desk.post("/view-as/", {"email": person.email})
    for address in (
        "/account/data/",
        "/account/factors/",
        "/account/email/",
        "/account/factors/recovery-codes/",
    ):
        assert desk.get(address).status_code == 403, address


def test_even_an_action_called_while_reading_is_undone(person: User) -> None:
    with reading_only(), pytest.raises(PermissionDenied):
        create_organisation(person, name="Ministry", stakeholder_type="government", country="")
    assert not Organisation.objects.exists()
    with reading_only(), reading_only(False):
        write_record(System(), "look", person)
    assert Record.objects.get().verb == "look"


def test_the_trail_says_who_looked_as_whom_and_the_end_is_easy(
    desk: Client, administrator: User, person: User
) -> None:
    desk.post("/view-as/", {"email": person.email})
    desk.post("/view-as/end/")
    assert desk.get("/account/").context["user"].pk == administrator.pk
    records = Record.objects.order_by("sequence").values_list("verb", "actor_id", "object_id")
    assert list(records) == [
        ("view as", administrator.pk, str(person.pk)),
        ("view as oneself", administrator.pk, str(administrator.pk)),
    ]


def test_signing_out_signs_the_administrator_out(desk: Client) -> None:
    desk.post("/view-as/", {"role": "reviewer"})
    desk.post("/sign-out/")
    assert desk.get("/account/").status_code == 302


def test_an_administrator_who_is_none_any_more_sees_as_themselves(desk: Client, administrator: User) -> None:
    desk.post("/view-as/", {"role": "coordinator"})
    RoleGrant.objects.all().delete()
    assert desk.get("/account/").context["user"].pk == administrator.pk
    assert desk.get("/audit/").status_code == 403


def test_nobody_else_may_look_as_others(coordinator: User, client: Client) -> None:
    with pytest.raises(PermissionDenied):
        begin_viewing(coordinator, role="administrator")
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/view-as/", {"role": "administrator"}).status_code == 403
    assert client.get("/roles/granted/").status_code == 403


def test_a_stand_in_holds_its_role_in_its_scope_only() -> None:
    user = Viewing(role="moderator", scope="AFR").user()
    assert user is not None
    assert (holds(user, "moderator"), holds(user, "coordinator")) == (True, False)
    assert scopes(user, "moderator") == {"AFR"}
    assert (moderates(user, "AFR", []), moderates(user, "EUR", [])) == (True, False)


@pytest.mark.parametrize(
    "form",
    [
        {"email": ""},
        {"email": "no@example.org"},
        {"email": "admin@example.org", "role": "reviewer"},
        {"role": "moderator", "scope": "X"},
    ],
)
def test_a_choice_that_means_nobody_is_refused(desk: Client, form: dict[str, str]) -> None:
    assert desk.post("/view-as/", form).status_code == 422
    assert "You see the site as" not in desk.get("/").text
