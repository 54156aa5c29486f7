"""Measures in Prometheus' format: requests counted by every worker process, and what the database knows.

Each process writes its counts into a file of the folder PROMETHEUS_MULTIPROC_DIR (see settings), and the page adds them
up. Routes are labels, paths and people never.
"""

import time
from collections.abc import Callable, Iterable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from actionlines_web.jobs.queries import last_sign, queue_numbers
from actionlines_web.operations.health import checks
from actionlines_web.operations.logs import route_of
from actionlines_web.outbox.queries import mail_numbers

_own = CollectorRegistry()
_ANSWERS = Counter("actionlines_answers", "Requests answered", ("method", "route", "status"), registry=_own)
_SECONDS = Histogram(
    "actionlines_answer_seconds",
    "Seconds until the answer began",
    ("route",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_own,
)


class Measures:
    """Counts every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer and count."""
        began = time.perf_counter()
        response = self.get_response(request)
        route = route_of(request)
        _ANSWERS.labels(request.method, route, str(response.status_code)).inc()
        _SECONDS.labels(route).observe(time.perf_counter() - began)
        return response


class _Site(Collector):
    def collect(self) -> Iterable[GaugeMetricFamily]:
        """What is asked anew for each reading."""
        state = GaugeMetricFamily("actionlines_check", "1 where the check is well", labels=("check",))
        for check in checks():
            state.add_metric((check.name,), float(check.well))
        yield state
        try:
            jobs, mail, sign = queue_numbers(), mail_numbers(), last_sign()
        except DatabaseError:
            return
        for name, text, numbers in (
            ("actionlines_jobs", "Jobs; failed: within a day", jobs),
            ("actionlines_mail", "Messages; failed: within a day", mail),
        ):
            family = GaugeMetricFamily(name, text, labels=("state",))
            for label, number in numbers.items():
                family.add_metric((label,), number)
            yield family
        if sign is not None:
            silent = (timezone.now() - sign).total_seconds()
            yield GaugeMetricFamily(
                "actionlines_worker_silence_seconds", "Since a worker's last sign of life", value=silent
            )


def exposition() -> tuple[bytes, str]:
    """The text and its content type."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(_Site())
    return generate_latest(registry), CONTENT_TYPE_LATEST
