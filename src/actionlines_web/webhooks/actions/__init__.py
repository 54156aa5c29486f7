"""Writes of webhooks."""

from actionlines_web.webhooks.actions.delivering import BACK_OFF, deliver_due
from actionlines_web.webhooks.actions.events import emit_event
from actionlines_web.webhooks.actions.subscriptions import (
    delete_subscription,
    erase_subscriptions,
    pause_subscription,
    renew_secret,
    resume_subscription,
    send_again,
    send_test,
    subscribe,
)

__all__ = [
    "BACK_OFF",
    "delete_subscription",
    "deliver_due",
    "emit_event",
    "erase_subscriptions",
    "pause_subscription",
    "renew_secret",
    "resume_subscription",
    "send_again",
    "send_test",
    "subscribe",
]
