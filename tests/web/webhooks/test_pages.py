"""The pages of webhooks: the secret once, own ones only, and messages for what cannot be done."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.api.actions import issue_token, revoke_token
from actionlines_web.webhooks.actions import deliver_due, subscribe, subscriptions
from actionlines_web.webhooks.models import Delivery, Subscription
from actionlines_web.webhooks.signing import secret_of
from web.webhooks.conftest import Receiver

pytestmark = pytest.mark.django_db
KINDS = ["entry.published", "link.accepted"]


def browser(user: User) -> Client:
    """The person's browser."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_secret_is_shown_once(receiver: Receiver, coordinator: User) -> None:
    client = browser(coordinator)
    answer = client.post("/webhooks/", {"address": receiver.address, "label": "Mine", "kinds": KINDS})
    found = Subscription.objects.get()
    assert (found.owner, found.kinds, found.label) == (coordinator, KINDS, "Mine")
    assert secret_of(found.salt) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = client.get(f"/webhooks/{found.pk}/").content.decode()
    assert secret_of(found.salt) not in page
    renewed = client.post(f"/webhooks/{found.pk}/secret/").content.decode()
    found.refresh_from_db()
    assert secret_of(found.salt) in renewed


@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
@pytest.mark.parametrize(
    "given",
    [
        {"address": "https://127.0.0.1/", "kinds": KINDS},
        {"address": "http://8.8.8.8/", "kinds": KINDS},
        {"address": "nonsense", "kinds": KINDS},
        {"address": "https://8.8.8.8/", "kinds": []},
        {"address": "https://8.8.8.8/", "kinds": ["entry.exploded"]},
    ],
)
def test_what_cannot_be_subscribed_is_answered_with_a_message(
    coordinator: User, given: dict[str, object], prefix: str
) -> None:
    answer = browser(coordinator).post(f"{prefix}/webhooks/", given)
    assert answer.status_code == 422
    assert Subscription.objects.count() == 0


def test_owner_of_a_token_may_have_webhooks_while_it_holds(receiver: Receiver, visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        subscribe(visitor, receiver.address, KINDS)
    _, key = issue_token(System(), email=visitor.email, scopes=["entries:write"])
    found, _ = subscribe(visitor, receiver.address, KINDS)
    client = browser(visitor)
    assert client.get("/webhooks/").status_code == 200
    revoke_token(System(), key)
    assert client.get("/webhooks/").status_code == 403
    assert client.post(f"/webhooks/{found.pk}/delete/").status_code == 302
    assert Subscription.objects.count() == 0


def test_webhook_of_another_is_not_there(receiver: Receiver, coordinator: User, visitor: User) -> None:
    found, _ = subscribe(coordinator, receiver.address, KINDS)
    issue_token(System(), email=visitor.email, scopes=["entries:write"])
    client = browser(visitor)
    assert receiver.address not in client.get("/webhooks/").content.decode()
    paths = ("", "pause/", "resume/", "test/", "secret/", "delete/", "deliveries/1/again/")
    answers = [getattr(client, "post" if path else "get")(f"/webhooks/{found.pk}/{path}") for path in paths]
    assert {answer.status_code for answer in answers} == {404}


def test_buttons_do_what_they_say(receiver: Receiver, coordinator: User) -> None:
    found, _ = subscribe(coordinator, receiver.address, KINDS)
    client = browser(coordinator)
    states = []
    for button in ("pause", "resume"):
        assert client.post(f"/webhooks/{found.pk}/{button}/").status_code == 302
        found.refresh_from_db()
        states.append(found.state)
    assert states == ["paused", "active"]
    client.post(f"/webhooks/{found.pk}/test/")
    assert deliver_due() == 1
    delivery = Delivery.objects.get()
    assert "204" in client.get(f"/webhooks/{found.pk}/").content.decode()
    client.post(f"/webhooks/{found.pk}/deliveries/{delivery.pk}/again/")
    assert deliver_due() == 1
    client.post(f"/webhooks/{found.pk}/delete/")
    assert Subscription.objects.count() == 0


def test_nobody_has_more_than_the_most(
    receiver: Receiver, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscriptions, "MOST_OF_ONE", 1)
    subscribe(coordinator, receiver.address, KINDS)
    with pytest.raises(InputError, match="already"):
        subscribe(coordinator, receiver.address, KINDS)
