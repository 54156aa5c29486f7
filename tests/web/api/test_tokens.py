"""The page of tokens: the key once, own ones only, scopes and an end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.api.actions import make_token, tokens
from actionlines_web.api.models import ApiToken
from actionlines_web.api.queries import token_of
from actionlines_web.audit.queries import records_of

pytestmark = pytest.mark.django_db
GIVEN = {"label": "nightly", "scopes": ["entries:write"], "days": "90"}


@pytest.fixture
def desk(visitor: User) -> Client:
    """The browser of a person without a role."""
    client = Client()
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_key_is_shown_once_and_opens_what_its_scope_says(desk: Client, visitor: User) -> None:
    answer = desk.post("/tokens/", GIVEN)
    token = ApiToken.objects.get()
    page = answer.content.decode()
    key = page[page.index("al_") : page.index("</code>", page.index("al_"))]
    found = token_of(key)
    assert found is not None
    assert (found.user, found.scopes, found.label) == (visitor, ["entries:write"], "nightly")
    assert timedelta(days=89) < token.expires_at - timezone.now() <= timedelta(days=90)
    assert "no-store" in answer["Cache-Control"]
    assert key not in desk.get("/tokens/").content.decode()
    (record,) = records_of(token)
    assert (record.verb, record.actor) == ("issue", visitor)


@pytest.mark.parametrize(
    "change", [{"label": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "9999"}, {"days": ""}]
)
@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_what_cannot_be_made_is_answered_with_a_message(
    desk: Client, change: dict[str, object], prefix: str
) -> None:
    answer = desk.post(f"{prefix}/tokens/", {**GIVEN, **change})
    assert (answer.status_code, 'class="error"' in answer.content.decode()) == (422, True)
    assert ApiToken.objects.count() == 0


def test_revoking_makes_useless_at_once_and_only_ones_own(
    desk: Client, visitor: User, coordinator: User
) -> None:
    own, key = make_token(visitor, scopes=["entries:write"], label="own", days=30)
    other, other_key = make_token(coordinator, scopes=["entries:write"], label="other", days=30)
    assert desk.post(f"/tokens/{other.start}/revoke/").status_code == 404
    assert desk.post(f"/tokens/{own.start}/revoke/").status_code == 302
    assert token_of(key) is None
    assert token_of(other_key) is not None
    page = desk.get("/tokens/").content.decode()
    assert own.start in page
    assert other.start not in page
    assert "/revoke/" not in page


@pytest.mark.parametrize(
    ("scopes", "days"), [([], 30), (["all"], 30), (["entries:write"], 0), (["entries:write"], 366)]
)
def test_rules_hold_without_the_form(visitor: User, scopes: list[str], days: int) -> None:
    with pytest.raises(InputError):
        make_token(visitor, scopes=scopes, label="", days=days)


def test_nobody_has_more_valid_tokens_than_the_most(
    desk: Client, visitor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MOST_OF_ONE", 1)
    first, _ = make_token(visitor, scopes=["entries:write"], label="", days=1)
    answer = desk.post("/tokens/", GIVEN)
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)
    desk.post(f"/tokens/{first.start}/revoke/")
    assert desk.post("/tokens/", GIVEN).status_code == 200
