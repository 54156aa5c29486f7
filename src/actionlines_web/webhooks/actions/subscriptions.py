"""Subscribing, pausing, testing, giving up."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.webhooks.kinds import KINDS, TEST
from actionlines_web.webhooks.models import Delivery, Event, Subscription
from actionlines_web.webhooks.sending import check_address
from actionlines_web.webhooks.signing import new_salt, secret_of

MOST_OF_ONE = 20


def subscribe(actor: User, address: str, kinds: Sequence[str], label: str = "") -> tuple[Subscription, str]:
    """A new subscription of the actor's and its secret, which is not shown again.

    Raises:
        InputError: the address may not be called, no kind or an unknown one, or the actor has MOST_OF_ONE already.
        PermissionDenied: the actor may not have webhooks.
    """
    if not actor.has_perm("webhooks.subscribe"):
        raise PermissionDenied("only coordinators and owners of tokens have webhooks")
    check_address(address)  # asks the name server, so before the transaction
    problems = [
        Problem(
            marked("“%(kind)s” is not a kind of event."),
            {"kind": kind, "known": ", ".join(KINDS)},
            column="kinds",
            expected=marked("one of: %(known)s."),
        )
        for kind in kinds
        if kind not in KINDS
    ]
    if not kinds:
        problems.append(
            Problem(marked("no kind of event is chosen."), column="kinds", expected=marked("at least one."))
        )
    if problems:
        raise InputError(problems)
    with transaction.atomic():
        if Subscription.objects.filter(owner=actor).count() >= MOST_OF_ONE:
            raise InputError([Problem(marked("you have %(most)d webhooks already."), {"most": MOST_OF_ONE})])
        found = Subscription.objects.create(
            owner=actor, address=address, kinds=sorted(set(kinds)), label=label[:100], salt=new_salt()
        )
        write_record(actor, "create", found, {"address": address, "kinds": found.kinds})
    return found, secret_of(found.salt)


@transaction.atomic
def pause_subscription(actor: User, number: int) -> None:
    """Tell the address nothing more; what waits for it waits on."""
    found = _managed(actor, number)
    if found.state == Subscription.State.ACTIVE:
        found.state = Subscription.State.PAUSED
        found.save(update_fields=["state"])
        write_record(actor, "pause", found)


@transaction.atomic
def resume_subscription(actor: User, number: int) -> None:
    """Serve a paused or disabled subscription again, at once; what happened meanwhile is not told afterwards."""
    found = _managed(actor, number)
    if found.state != Subscription.State.ACTIVE:
        found.state, found.retry_at = Subscription.State.ACTIVE, None
        found.save(update_fields=["state", "retry_at"])
        write_record(actor, "resume", found)


@transaction.atomic
def renew_secret(actor: User, number: int) -> str:
    """A new secret, which is not shown again; the old one signs nothing more."""
    found = _managed(actor, number)
    found.salt = new_salt()
    found.save(update_fields=["salt"])
    write_record(actor, "renew secret", found)
    return secret_of(found.salt)


@transaction.atomic
def send_test(actor: User, number: int) -> Delivery:
    """Queue a delivery of the kind 'test' that names nothing, whatever the state of the subscription."""
    found = _managed(actor, number)
    event = Event.objects.create(kind=TEST, identifiers=[])
    delivery = Delivery.objects.create(subscription=found, event=event, due_at=timezone.now())
    write_record(actor, "test", found)
    return delivery


@transaction.atomic
def send_again(actor: User, number: int, delivery: int) -> None:
    """Queue a delivery that failed or arrived once more, with all its attempts, under its old number."""
    found = _managed(actor, number)
    known = found.deliveries.select_for_update().get(pk=delivery)
    known.state, known.attempts, known.due_at = Delivery.State.WAITING, 0, timezone.now()
    known.save(update_fields=["state", "attempts", "due_at"])
    write_record(actor, "retry", found, {"what": str(known.number)})


@transaction.atomic
def delete_subscription(actor: User, number: int) -> None:
    """Delete a subscription with its deliveries."""
    found = _managed(actor, number)
    write_record(actor, "delete", found, {"address": found.address})
    found.delete()


def _managed(actor: User, number: int) -> Subscription:
    """The locked subscription.

    Raises:
        Subscription.DoesNotExist: there is none.
        PermissionDenied: it is another's.
    """
    found = Subscription.objects.select_for_update().get(pk=number)
    if not actor.has_perm("webhooks.manage_subscription", found):
        raise PermissionDenied("only its owner and coordinators steer a webhook")
    return found


def erase_subscriptions(user: User) -> int:
    """Delete a person's subscriptions with what waits for them; part of erasing an account. Returns how many rows."""
    return Subscription.objects.filter(owner=user).delete()[0]
