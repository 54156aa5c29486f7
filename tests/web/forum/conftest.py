"""A small edition that takes everything in, and people who ask for sessions in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from actionlines.programme.request import Request, Speaker
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.forum.actions.editions import create_edition
from actionlines_web.forum.actions.requests import decide_request, start_request, submit_request
from actionlines_web.forum.actions.schedule import place_session, publish_schedule
from actionlines_web.forum.models import Edition, ScheduleVersion, Session
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation

TOML = """
name = "Forum 2026"
year = 2026
zone = "Europe/Zurich"
rooms = [
  { code = "A", name = "Room A", capacity = 300, features = ["captions", "interpretation", "remote"] },
  { code = "B", name = "Room B", capacity = 80, features = ["remote"] },
]
[[days]]
code = "d1"
date = 2026-07-06
slots = ["09:00-10:00", "10:15-11:15", "14:00-15:00"]
[[days]]
code = "d2"
date = 2026-07-07
slots = ["09:00-10:00", "22:30-00:30"]
[[periods]]
code = "all"
title = "Everything"
first = 2000-01-01
last = 2199-12-31
takes = ["contributions", "requests", "nominations"]
"""
REQUEST = Request(
    "Clinics on the islands",
    "Nurses say what telemedicine changed.",
    kind="thematic-workshop",
    track="forum",
    attendance=60,
    organisers=("Ministry of Health",),
    lines=("C7-HEA",),
    targets=("3.8",),
    speakers=(
        Speaker("Ada Example", "ada@example.org", "moderator", "Ministry of Health"),
        Speaker("Ben Example", "", "panellist", "Union of nurses"),
    ),
)


def changed(**values: Any) -> Request:
    """REQUEST with other values."""
    from dataclasses import replace

    return replace(REQUEST, **values)


@pytest.fixture
def edition(db: None) -> Edition:
    """The edition."""
    return create_edition(System(), slug="2026", text=TOML.encode(), file="forum.toml")


@pytest.fixture
def organiser(db: None) -> User:
    """Manages the Ministry of Health."""
    user = User.objects.create_user("organiser@example.org")
    create_organisation(user, name="Ministry of Health", stakeholder_type="government", country="SEN")
    return user


@pytest.fixture
def ministry(organiser: User) -> Organisation:
    """The organiser's organisation."""
    return Organisation.objects.get(name="Ministry of Health")


@pytest.fixture
def facilitator(db: None) -> User:
    """Facilitates C7 and nothing else."""
    user = User.objects.create_user("facilitator@example.org")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.FACILITATOR, scope="C7")
    return user


Make = Callable[..., Session]


@pytest.fixture
def draft(edition: Edition, organiser: User) -> Make:
    """Makes a draft of the organiser."""
    return lambda **values: start_request(organiser, edition, changed(**values))


@pytest.fixture
def sent(draft: Make, organiser: User) -> Make:
    """Makes a request that was sent in."""
    return lambda **values: submit_request(organiser, draft(**values))


@pytest.fixture
def accepted(sent: Make) -> Make:
    """Makes a session that was accepted."""
    return lambda **values: decide_request(System(), sent(**values), accept=True)


@pytest.fixture
def placed(accepted: Make) -> Make:
    """Makes an accepted session in a place of the draft."""

    def made(slot: str = "d1.1", room: str = "A", **values: Any) -> Session:
        session = accepted(**values)
        place_session(System(), session, slot, room)
        return session

    return made


@pytest.fixture
def publish(edition: Edition) -> Callable[[], ScheduleVersion]:
    """Publishes the draft."""
    return lambda: publish_schedule(System(), edition)


def signed_in(user: User) -> Client:
    """The browser of a user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def moment(text: str) -> datetime:
    """A moment such as '2026-06-05T12:00+00:00'."""
    return datetime.fromisoformat(text)
