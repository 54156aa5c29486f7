"""Events: told to whoever wants them, after the commit, signed, again after a failure, never by an undone action."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import store_entries
from actionlines_web.webhooks import actions
from actionlines_web.webhooks.actions import BACK_OFF, deliver_due, delivering, emit_event
from actionlines_web.webhooks.models import Delivery, Event, Subscription
from actionlines_web.webhooks.signing import is_valid
from web.conftest import an_entry
from web.webhooks.conftest import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(receiver: Receiver, coordinator: User) -> tuple[Subscription, str]:
    """A coordinator's subscription to publications and changes, and its secret."""
    return actions.subscribe(coordinator, receiver.address, ["entry.published", "entry.changed"], "mine")


def test_stored_entries_are_told_once_signed_with_their_addresses(
    hook: tuple[Subscription, str], receiver: Receiver, store: Callable[..., None]
) -> None:
    store([an_entry("a/1"), an_entry("b")])
    assert receiver.received == []
    assert (deliver_due(), deliver_due()) == (1, 0)
    ((_path, headers, body),) = receiver.received
    said = json.loads(body)
    delivery = Delivery.objects.get()
    assert said == {
        "delivery": str(delivery.number),
        "event": "entry.published",
        "at": delivery.event.at.isoformat(),
        "entries": [
            {
                "id": name,
                "page": f"https://register.example.org/entries/{shown}/",
                "api": f"https://register.example.org/api/v1/entries/{shown}",
            }
            for name, shown in (("a/1", "a%2F1"), ("b", "b"))
        ],
    }
    assert is_valid(hook[1], headers["Actionlines-Signature"], body)
    assert (headers["Actionlines-Event"], headers["Actionlines-Delivery"]) == (
        said["event"],
        said["delivery"],
    )
    assert (delivery.state, delivery.answer, delivery.attempts) == ("delivered", 204, 1)


def test_changed_entry_is_told_and_an_unchanged_one_is_not(
    hook: tuple[Subscription, str], store: Callable[..., None]
) -> None:
    store([an_entry("a"), an_entry("b")])
    store([an_entry("a", title="New"), an_entry("b")])
    assert list(Event.objects.order_by("pk").values_list("kind", "identifiers")) == [
        ("entry.published", ["a", "b"]),
        ("entry.changed", ["a"]),
    ]


def test_undone_action_tells_nobody(hook: tuple[Subscription, str]) -> None:
    with transaction.atomic():
        store_entries(System(), [an_entry("a")])
        transaction.set_rollback(True)
    assert Delivery.objects.count() == 0


def test_nothing_is_kept_where_nobody_wants_to_know(store: Callable[..., None], coordinator: User) -> None:
    store([an_entry("a")])
    assert Event.objects.count() == 0
    assert emit_event("entry.archived", ["a"]) == 0


@pytest.mark.parametrize("state", ["paused", "disabled"])
def test_subscription_that_is_not_active_is_told_nothing_new(
    hook: tuple[Subscription, str], state: str
) -> None:
    Subscription.objects.update(state=state)
    assert emit_event("entry.published", ["a"]) == 0


def test_owner_who_may_no_longer_sign_in_is_told_nothing(
    hook: tuple[Subscription, str], coordinator: User
) -> None:
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    assert emit_event("entry.published", ["a"]) == 0


def test_many_entries_are_told_a_hundred_at_a_time(hook: tuple[Subscription, str]) -> None:
    assert emit_event("entry.published", [str(number) for number in range(250)]) == 3
    assert [len(event.identifiers) for event in Event.objects.order_by("pk")] == [100, 100, 50]


def test_unknown_kind_is_a_fault_of_the_caller(hook: tuple[Subscription, str]) -> None:
    with pytest.raises(KeyError):
        emit_event("entry.exploded", ["a"])


def test_failure_is_tried_again_later_under_the_same_number(
    hook: tuple[Subscription, str], receiver: Receiver
) -> None:
    emit_event("entry.published", ["a"])
    receiver.status = 500
    start = timezone.now()
    assert deliver_due(start) == 0
    assert deliver_due(start + timedelta(seconds=59)) == 0
    assert len(receiver.received) == 1
    receiver.status = 200
    assert deliver_due(start + timedelta(seconds=75)) == 1
    assert len({headers["Actionlines-Delivery"] for _, headers, _ in receiver.received}) == 1
    assert Subscription.objects.get().retry_at is None


def test_receiver_that_fails_keeps_its_other_deliveries_back(
    hook: tuple[Subscription, str], receiver: Receiver
) -> None:
    emit_event("entry.published", [str(number) for number in range(500)])
    receiver.status = 503
    deliver_due()
    assert len(receiver.received) == 1


def test_receiver_that_fails_for_good_is_switched_off_and_its_owner_told(
    hook: tuple[Subscription, str], receiver: Receiver, coordinator: User
) -> None:
    emit_event("entry.published", ["a"])
    receiver.status = 404
    now = timezone.now()
    for wait in (timedelta(0), *BACK_OFF):
        now += wait + timedelta(seconds=30)
        assert deliver_due(now) == 0
    subscription = Subscription.objects.get()
    assert (subscription.state, Delivery.objects.get().state) == ("disabled", "failed")
    assert len(receiver.received) == 1 + len(BACK_OFF)
    (message,) = Message.objects.all()
    assert (message.kind, message.recipient) == ("webhook-disabled", coordinator)
    assert f"https://register.example.org/webhooks/{subscription.pk}/" in message.text
    assert [record.verb for record in records_of(subscription)] == ["disable", "create"]
    receiver.status = 200
    actions.resume_subscription(coordinator, subscription.pk)
    actions.send_again(coordinator, subscription.pk, Delivery.objects.get().pk)
    assert deliver_due() == 1


def test_paused_subscription_waits_and_goes_on(
    hook: tuple[Subscription, str], receiver: Receiver, coordinator: User
) -> None:
    emit_event("entry.published", ["a"])
    actions.pause_subscription(coordinator, hook[0].pk)
    assert (deliver_due(), receiver.received) == (0, [])
    actions.resume_subscription(coordinator, hook[0].pk)
    assert deliver_due() == 1


def test_attempt_whose_process_died_is_made_again(
    hook: tuple[Subscription, str], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    emit_event("entry.published", ["a"])

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_note", killed)
        with pytest.raises(SystemExit):
            deliver_due()
    assert deliver_due() == 0
    assert deliver_due(timezone.now() + delivering.ATTEMPT_LIMIT) == 1
    assert len({headers["Actionlines-Delivery"] for _, headers, _ in receiver.received}) == 1


def test_test_is_sent_even_to_a_paused_address_and_its_failure_switches_nothing_off(
    hook: tuple[Subscription, str], receiver: Receiver, coordinator: User
) -> None:
    actions.pause_subscription(coordinator, hook[0].pk)
    receiver.status = 500
    actions.send_test(coordinator, hook[0].pk)
    assert deliver_due() == 0
    assert json.loads(receiver.received[0][2])["entries"] == []
    assert (Delivery.objects.get().state, Subscription.objects.get().state) == ("failed", "paused")


def test_new_secret_signs_from_then_on(
    hook: tuple[Subscription, str], receiver: Receiver, coordinator: User
) -> None:
    secret = actions.renew_secret(coordinator, hook[0].pk)
    emit_event("entry.published", ["a"])
    deliver_due()
    (_, headers, body) = receiver.received[0]
    assert is_valid(secret, headers["Actionlines-Signature"], body)
    assert not is_valid(hook[1], headers["Actionlines-Signature"], body)


def test_secret_is_not_in_the_database(hook: tuple[Subscription, str]) -> None:
    kept = " ".join(str(value) for value in vars(Subscription.objects.get()).values())
    assert hook[1] not in kept
    assert hook[1].removeprefix("whsec_") not in kept


def test_old_deliveries_are_forgotten(hook: tuple[Subscription, str]) -> None:
    emit_event("entry.published", ["old"])
    deliver_due()
    Event.objects.update(at=timezone.now() - timedelta(days=31))
    emit_event("entry.published", ["new"])
    deliver_due()
    assert [event.identifiers for event in Event.objects.all()] == [["new"]]
