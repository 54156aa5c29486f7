"""What the site holds about a person, from every app that holds anything."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from actionlines_web.accounts import queries as accounts
from actionlines_web.accounts.models import User
from actionlines_web.alerts import queries as alerts
from actionlines_web.api import queries as api
from actionlines_web.audit import queries as audit
from actionlines_web.coordination import queries as coordination
from actionlines_web.events import queries as events
from actionlines_web.forum.queries import belongings as forum
from actionlines_web.indicators.queries import batches as indicators
from actionlines_web.jobs import queries as jobs
from actionlines_web.meetings import queries as meetings
from actionlines_web.organisations import queries as organisations
from actionlines_web.outbox import queries as outbox
from actionlines_web.partnerships import queries as partnerships
from actionlines_web.prizes.queries import people, projects, voting
from actionlines_web.publishing.queries import reports as publishing
from actionlines_web.results.queries import plans, reports
from actionlines_web.stocktaking.queries import belongings as stocktaking
from actionlines_web.webhooks import queries as webhooks


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing an account would do.

    Attributes:
        deleted, kept: submissions that go, and those that stay under an erased person because they were published.
        messages: mail to the person that is deleted.
        managerless: names of organisations that lose their last manager.
    """

    deleted: int
    kept: int
    messages: int
    managerless: Sequence[str]


def data_of(user: User) -> Mapping[str, Any]:
    """All personal data as plain data, by the name of the file it goes into."""
    addresses = accounts.addresses_of(user)
    return {
        "account": accounts.held_about(user),
        "organisations": organisations.held_about(user, addresses),
        "register": stocktaking.held_about(user, addresses),
        "searches": alerts.held_about(user),
        "indicators": indicators.held_about(user),
        "prizes": {
            "projects": projects.held_about(user),
            "reviews": people.reviewing_of(user),
            "votes": voting.held_about(user),
        },
        "mail": outbox.held_about(user, addresses),
        "tokens": api.held_about(user),
        "webhooks": webhooks.held_about(user),
        "coordination": coordination.held_about(user),
        "results": {"reports": reports.held_about(user), "plans": plans.held_about(user)},
        "meetings": meetings.held_about(user),
        "events": events.held_about(user),
        "partnerships": partnerships.held_about(user, addresses),
        "forum": forum.held_about(user, addresses),
        "reports": publishing.held_about(user, addresses),
        "jobs": jobs.held_about(user),
        "audit": audit.held_about(user),
    }


def archive_of(user: User) -> bytes:
    """All personal data as a zip of one JSON file an app."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, data in data_of(user).items():
            text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{name}.json", f"{text}\n")
    return held.getvalue()


def plan_erasure(user: User) -> Erasure:
    """What `erase_account` would do; changes nothing."""
    deleted, kept = stocktaking.erasable(user)
    messages = outbox.written_to(user, accounts.addresses_of(user)).count()
    return Erasure(deleted, kept, messages, [item.name for item in organisations.left_without_manager(user)])
