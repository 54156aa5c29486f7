"""Webhooks of a person: subscribe, look at what was delivered, pause, test, give up."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.ui.problems import shown
from actionlines_web.webhooks import actions
from actionlines_web.webhooks.forms import SubscriptionForm
from actionlines_web.webhooks.kinds import KINDS
from actionlines_web.webhooks.models import Delivery, Subscription
from actionlines_web.webhooks.queries import deliveries_of, subscriptions_of

DELIVERIES_SHOWN = 50


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """The subscriptions, and a form for another; its secret is shown in the answer and never again."""
    actor = cast("User", request.user)
    if not actor.has_perm("webhooks.subscribe"):
        raise PermissionDenied
    form = SubscriptionForm(request.POST or None)
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made, secret = actions.subscribe(actor, given["address"], given["kinds"], given["label"])
        except InputError as error:
            problems = [shown(problem) for problem in error.problems]
        else:
            return _page(request, made, secret)
    context = {
        "form": form,
        "problems": problems,
        "subscriptions": [(found, _kinds(found)) for found in subscriptions_of(actor)],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "webhooks/webhooks.html", context, status=status)


@login_required
@never_cache
@require_safe
def subscription(request: HttpRequest, number: int) -> HttpResponse:
    """One subscription and what was delivered last."""
    return _page(request, _managed(request, number))


@login_required
@never_cache
@require_POST
def renew(request: HttpRequest, number: int) -> HttpResponse:
    """A new secret, shown in the answer."""
    found = _managed(request, number)
    secret = actions.renew_secret(cast("User", request.user), number)
    return _page(request, found, secret)


@login_required
@require_POST
def pause(request: HttpRequest, number: int) -> HttpResponse:
    """Tell the address nothing more."""
    return _steered(request, number, actions.pause_subscription)


@login_required
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Serve it again."""
    return _steered(request, number, actions.resume_subscription)


@login_required
@require_POST
def test(request: HttpRequest, number: int) -> HttpResponse:
    """Send a test."""
    answer = _steered(request, number, actions.send_test)
    messages.success(request, gettext("The test waits to be sent; load this page again to see the answer."))
    return answer


@login_required
@require_POST
def again(request: HttpRequest, number: int, delivery: int) -> HttpResponse:
    """Send a delivery once more."""
    found = _managed(request, number)
    get_object_or_404(Delivery, pk=delivery, subscription=found)
    actions.send_again(cast("User", request.user), number, delivery)
    return redirect("webhooks:subscription", number)


@login_required
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Give the subscription up."""
    _managed(request, number)
    actions.delete_subscription(cast("User", request.user), number)
    messages.success(request, gettext("The webhook was deleted."))
    return redirect("webhooks:webhooks")


def _managed(request: HttpRequest, number: int) -> Subscription:
    """The subscription, if the reader may steer it; for anybody else there is none, so nobody learns of another's."""
    actor = cast("User", request.user)
    found = Subscription.objects.select_related("owner").filter(pk=number).first()
    if found is None or not actor.has_perm("webhooks.manage_subscription", found):
        raise Http404
    return found


def _steered(request: HttpRequest, number: int, action: Callable[[User, int], object]) -> HttpResponse:
    _managed(request, number)
    action(cast("User", request.user), number)
    return redirect("webhooks:subscription", number)


def _page(request: HttpRequest, found: Subscription, secret: str = "") -> HttpResponse:
    context = {
        "subscription": found,
        "kinds": _kinds(found),
        "secret": secret,
        "deliveries": [
            (delivery, KINDS.get(delivery.event.kind, gettext("Test")))
            for delivery in deliveries_of(found)[:DELIVERIES_SHOWN]
        ],
    }
    return render(request, "webhooks/subscription.html", context)


def _kinds(found: Subscription) -> list[Any]:
    return [label for kind, label in KINDS.items() if kind in found.kinds]
