"""How often a client may ask: a sliding minute, one for all workers."""

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from actionlines_web.api.actions import report_requests
from actionlines_web.api.limits import Limiter
from actionlines_web.api.models import RateWindow


def alone(client: str, minute: int, number: int) -> tuple[int, int]:
    """A database that is down."""
    raise OperationalError


def allowed(limiter: Limiter, most: int, now: float, tries: int, client: str = "a") -> int:
    """How many of so many requests at one moment pass."""
    return [limiter.wait(client, most, now) for _ in range(tries)].count(0.0)


def test_worker_without_its_database_counts_alone() -> None:
    limiter = Limiter(alone)
    assert allowed(limiter, 60, 0.0, 100) == 60
    assert limiter.wait("a", 60, 0.0) == pytest.approx(61.0)
    assert limiter.wait("b", 60, 0.0) == 0.0
    # A minute later the whole minute before still counts; half a minute later half of it.
    assert allowed(limiter, 60, 60.0, 100) == 0
    assert allowed(limiter, 60, 90.0, 100) == 30
    assert allowed(limiter, 60, 240.0, 100) == 60


@given(st.lists(st.floats(0, 30), min_size=1, max_size=80), st.integers(1, 20))
def test_after_the_wait_one_request_passes(steps: list[float], most: int) -> None:
    limiter, now = Limiter(alone), 0.0
    for step in steps:
        now += step
        wait = limiter.wait("a", most, now)
        if wait:
            now += wait + 1e-6
            assert limiter.wait("a", most, now) == 0.0


@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 3, 40, 600])
def test_workers_share_one_limit(most: int) -> None:
    workers = [Limiter(report_requests) for _ in range(3)]
    passed = sum(worker.wait("a", most, 30.0) == 0.0 for _ in range(most * 2) for worker in workers)
    assert most <= passed <= most + len(workers) * max(1, most // 20)


@pytest.mark.django_db
def test_reader_who_asks_now_and_then_costs_no_write() -> None:
    limiter = Limiter(report_requests)
    assert allowed(limiter, 600, 0.0, 29) == 29
    assert RateWindow.objects.count() == 0
    limiter.wait("a", 600, 0.0)
    assert RateWindow.objects.get().requests == 30


@pytest.mark.django_db
def test_minutes_that_no_longer_count_are_deleted() -> None:
    for minute in (1, 2, 3, 9):
        report_requests("a", minute, 5)
    assert list(RateWindow.objects.values_list("minute", "requests")) == [(9, 5)]
    assert report_requests("a", 10, 1) == (1, 5)
    assert report_requests("a", 10, 1) == (2, 5)
