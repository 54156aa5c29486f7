"""What the tests of the API share: tokens, and a small register."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from actionlines.measurement import Observation
from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.api.actions import issue_token
from actionlines_web.indicators.actions import store_observations
from actionlines_web.meetings.actions import publish_meeting, save_meeting
from actionlines_web.prizes.actions.editions import create_edition
from web.conftest import an_entry


@pytest.fixture
def writer_key(coordinator: User) -> str:
    """The key of a coordinator's token that may write entries."""
    return issue_token(System(), email=coordinator.email, scopes=["entries:write"])[1]


@pytest.fixture
def visitor_key(visitor: User) -> str:
    """The key of a token whose user has no role."""
    return issue_token(System(), email=visitor.email, scopes=["entries:write"])[1]


@pytest.fixture
def register(store: Callable[[Sequence[Entry]], None]) -> None:
    """Three entries, three observations, an edition of the prizes, a public meeting."""
    first = timezone.localdate() + timedelta(days=30)
    meeting = save_meeting(
        System(),
        "tdag-27",
        titles={"en": "Advisory group"},
        kind="advisory",
        series="TDAG-27",
        first_day=first,
        last_day=first,
        deadline=timezone.now(),
        new=True,
    )
    publish_meeting(System(), meeting)
    create_edition(System(), slug="2026", shipped="2026")
    store(
        [
            an_entry("a", country="KEN", year=2012, lines=("C2",), targets=("9.c",), organisation="Org A"),
            an_entry("b", country="FRA", year=2020, lines=("C7-HEA",), targets=("3.8",)),
            an_entry("c", year=None, description="The project serves SDG target 9.c in villages."),
        ]
    )
    store_observations(
        System(),
        [
            Observation(economy, "i271", period, Decimal(value), "number", "E", "a source")
            for economy, period, value in (
                ("FRA", "2020", "5.5"),
                ("FRA", "2021", "6"),
                ("KEN", "2021", "70"),
            )
        ],
        demonstration=False,
    )
