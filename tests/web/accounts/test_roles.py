"""Who may do what: the table the page shows is the one the site goes by; roles are given and taken back."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from rules.permissions import permissions

from actionlines.problems import InputError
from actionlines_web.accounts import labels
from actionlines_web.accounts.actions import grant_role, revoke_role
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.permissions import COLUMNS, table
from actionlines_web.accounts.queries import grants_of
from actionlines_web.accounts.rules import holds, moderates, scopes
from actionlines_web.api.actions import issue_token
from actionlines_web.audit.queries import records_of
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation
from actionlines_web.stocktaking.rules import may_submit
from actionlines_web.webhooks.models import Subscription
from web.accounts.conftest import a_person
from web.ui.private_world import private_world

pytestmark = pytest.mark.django_db
ROLES = ("account", *RoleGrant.Role.values)


def in_role(role: str, scope: str = "") -> User:
    """Somebody who holds the role ('account': none)."""
    user = a_person(f"{role}@example.org")
    if role != "account":
        RoleGrant.objects.create(user=user, role=role, scope=scope)
    return user


def test_every_permission_of_the_site_stands_in_the_table() -> None:
    assert set(permissions) <= set(table())
    assert set(labels.PERMISSIONS) == set(table())


@pytest.mark.parametrize("role", ROLES)
def test_the_table_says_what_each_role_may(role: str) -> None:
    user = in_role(role)
    for code in permissions:
        assert user.has_perm(code) == (role in table()[code].yes), code


def test_a_visitor_may_what_the_table_says(client: Client) -> None:
    user = client.get("/about/").context["user"]
    for code in permissions:
        assert user.has_perm(code) == ("visitor" in table()[code].yes), code


def test_the_page_shows_every_row_of_the_table(client: Client) -> None:
    rows = client.get("/roles/").context["rows"]
    assert [answers for _, answers in rows] == [row.answers() for row in table().values()]
    assert all(len(answers) == len(COLUMNS) for _, answers in rows)


def test_a_table_with_an_unknown_role_is_refused_and_named(tmp_path: Path) -> None:
    path = tmp_path / "permissions.toml"
    path.write_text('["a.b"]\nyes = ["king", "account"]\nwithin = ["account"]\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        table(path)
    assert [(problem.values["name"], problem.column) for problem in error.value.problems] == [
        ("king", "a.b"),
        ("account", "a.b"),
    ]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_only_administrators_give_and_take_roles(role: str) -> None:
    user = in_role(role)
    grant = RoleGrant.objects.create(user=a_person("x@example.org"), role="reviewer")
    with pytest.raises(PermissionDenied):
        grant_role(user, email="x@example.org", role="administrator")
    with pytest.raises(PermissionDenied):
        revoke_role(user, grant.pk)
    assert list(RoleGrant.objects.filter(user__email="x@example.org").values_list("role", flat=True)) == [
        "reviewer"
    ]


def test_a_role_is_given_within_a_scope_once_and_recorded(administrator: User, person: User) -> None:
    for _ in range(2):
        grant_role(administrator, email="ADA@example.org", role="moderator", scope="AFR")
    assert [(grant.role, grant.scope) for grant in grants_of(person)] == [("moderator", "AFR")]
    assert scopes(person, "moderator") == {"AFR"}
    assert moderates(person, "AFR", ["C2"])
    assert not moderates(person, "ARB", ["C2"])
    assert [(record.verb, record.detail) for record in records_of(person)] == [
        ("grant", {"role": "moderator", "scope": "AFR"})
    ]


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("moderator", "AFR"),
        ("moderator", "C7-HEA"),
        ("facilitator", "C2"),
        ("statistician", "SEN"),
        ("coordinator", ""),
    ],
)
def test_scopes_that_a_role_knows(person: User, role: str, scope: str) -> None:
    assert grant_role(System(), email=person.email, role=role, scope=scope).scope == scope


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("moderator", "SEN"),
        ("moderator", "afr"),
        ("statistician", "AFR"),
        ("facilitator", "AFR"),
        ("coordinator", "AFR"),
        ("reviewer", "C2"),
    ],
)
def test_scopes_that_a_role_does_not_know_are_refused(person: User, role: str, scope: str) -> None:
    with pytest.raises(InputError, match="is no scope of this role"):
        grant_role(System(), email=person.email, role=role, scope=scope)
    assert not grants_of(person)


def test_nobody_is_given_a_role_under_an_unknown_address(administrator: User) -> None:
    with pytest.raises(InputError, match=r"nobody has the address no@example\.org"):
        grant_role(administrator, email="no@example.org", role="reviewer")


def test_a_role_taken_back_is_gone_at_once_and_recorded(administrator: User, person: User) -> None:
    grant = grant_role(administrator, email=person.email, role="coordinator")
    revoke_role(administrator, grant.pk)
    assert not holds(person, "coordinator")
    assert records_of(person)[0].verb == "revoke"


def test_the_last_administrator_keeps_the_role(administrator: User, client: Client) -> None:
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    grant = grants_of(administrator)[0]
    answer = client.post(f"/roles/granted/{grant.pk}/revoke/", follow=True)
    assert "last administrator" in answer.text
    assert holds(administrator, "administrator")


def test_roles_are_given_on_the_page_and_a_mistake_is_shown_beside_its_field(
    administrator: User, person: User, client: Client
) -> None:
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    form = {"email": person.email, "role": "moderator", "scope": "XYZ"}
    answer = client.post("/roles/granted/", form)
    assert answer.status_code == 422
    assert "scope" in answer.context["form"].errors
    assert client.post("/roles/granted/", {**form, "scope": "C2"}).status_code == 302
    assert [(grant.role, grant.scope) for grant in grants_of(person)] == [("moderator", "C2")]


def test_on_a_site_that_asks_for_it_a_role_waits_for_a_second_factor(
    administrator: User, client: Client
) -> None:
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    with override_settings(FACTOR_FOR_ROLES=True):
        assert client.get("/roles/granted/").status_code == 403
        assert "as soon as you have a second factor" in client.get("/account/").text
        Authenticator.objects.create(user=administrator, type="recovery_codes", data={"seed": "x"})
        assert not holds(administrator, "administrator")
        TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
        assert client.get("/roles/granted/").status_code == 200
        assert "as soon as you have a second factor" not in client.get("/account/").text
    Authenticator.objects.all().delete()
    assert client.get("/roles/granted/").status_code == 200


@pytest.mark.parametrize("column", COLUMNS)
def test_the_table_says_who_may_within_their_own_scope(column: str) -> None:
    """What the table calls “own” holds for one's own organisation, scope, token or webhook, and for no other."""
    world = private_world()
    places = world.places
    reader = {
        "visitor": "visitor",
        "account": "owner",
        "member": "colleague",
        "manager": "manager",
        "moderator": "inside",
    }.get(column, column)
    user = AnonymousUser() if reader == "visitor" else world.people[reader]
    if isinstance(user, User):
        issue_token(System(), email=user.email, scopes=["entries:write"])
    own = Organisation.objects.get(pk=places["organisation"])
    other = create_organisation(
        world.people["stranger"], name="Elsewhere", stakeholder_type="academia", country="FRA"
    )
    hook = Subscription.objects.get(pk=places["webhook"])
    elsewhere = Subscription(owner=world.people["stranger"])
    if reader != "visitor":
        hook.owner = user
    rows = table()
    for code, mine, another in (
        ("organisations.see_members", own, other),
        ("organisations.manage_organisation", own, other),
        ("webhooks.manage_subscription", hook, elsewhere),
        ("coordination.keep_line", "C2", "C5"),
        ("coordination.answer", own.pk, other.pk),
        ("meetings.contribute", own.pk, other.pk),
        ("partnerships.propose", own.pk, other.pk),
        ("events.keep_events", "AFR", "EUR"),
    ):
        may = (user.has_perm(code, mine), user.has_perm(code, another))
        # Whoever is asked as a person with an account is a member of `own` here: a member's row is the member's test.
        if column == "account" and code.startswith(
            ("organisations.", "coordination.answer", "meetings.", "partnerships.")
        ):
            continue
        assert may == (column in rows[code].yes | rows[code].within, column in rows[code].yes), code
    assert user.has_perm("webhooks.subscribe") == (
        column in rows["webhooks.subscribe"].yes | rows["webhooks.subscribe"].within
    )
    moderating = (moderates(user, "AFR", ["C2"]), moderates(user, "EUR", ["C7-HEA"]))
    row = rows["register.moderate"]
    assert moderating == (column in row.yes | row.within, column in row.yes)
    assert may_submit(user) == (column in rows["register.submit"].yes)


def test_no_other_permission_is_said_to_hold_within_a_scope() -> None:
    tested = {
        *("organisations.see_members", "organisations.manage_organisation", "webhooks.manage_subscription"),
        *("webhooks.subscribe", "register.moderate", "coordination.keep_line", "coordination.answer"),
        *("meetings.contribute", "events.keep_events", "partnerships.propose"),
        # One’s own sessions, those of one’s organisations and lines: tests/web/forum/test_requests.py, test_objects.py
        *("forum.see_session", "forum.keep_session"),
        # What was given to one’s organisation, and one’s own plans: tests/web/results/test_reports.py, test_plans.py
        *("results.report", "results.add_plan"),
        # Whoever began a report, and whom a part of it was given to: tests/web/publishing/test_drafts.py, test_objects.py
        *("publishing.see_report", "publishing.keep_report", "publishing.write_part"),
        "prizes.review_projects",  # one’s own assignments: tests/web/prizes/test_reviewing.py
    }
    assert {code for code, row in table().items() if row.within} == tested
