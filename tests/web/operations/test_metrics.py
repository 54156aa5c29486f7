"""Prometheus' page, as a site of its own serves it."""

import subprocess
import sys
from collections.abc import Mapping

from prometheus_client.parser import text_string_to_metric_families

READ = """
import django; django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
client = Client()
for _ in range(3):
    client.get("/entries/")
client.get("/entries/no-such/")
print(client.get("/metrics").status_code, client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code)
print(client.get("/metrics", headers={"authorization": "Bearer s3cret"}).content.decode())
"""


def test_answers_are_counted_by_route_for_who_has_the_token(environment: Mapping[str, str]) -> None:
    site = {
        **environment,
        "ACTIONLINES_METRICS_TOKEN": "s3cret",
        "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base",
    }
    subprocess.run(
        [sys.executable, "-m", "actionlines_web.cli", "serve", "--prepare-only"], env=site, check=True
    )
    done = subprocess.run([sys.executable, "-c", READ], env=site, check=True, capture_output=True, text=True)
    first, _, text = done.stdout.partition("\n")
    assert first == "404 404"
    found = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert (
        found["actionlines_answers_total", ("method", "GET"), ("route", "entries/"), ("status", "200")] == 3
    )
    assert (
        found[
            "actionlines_answers_total",
            ("method", "GET"),
            ("route", "entries/<str:identifier>/"),
            ("status", "404"),
        ]
        == 1
    )
    assert found["actionlines_answer_seconds_count", ("route", "entries/")] == 3
    assert found["actionlines_check", ("check", "database")] == 1
    assert found["actionlines_check", ("check", "worker")] == 0
    assert found["actionlines_jobs", ("state", "waiting")] == 0
    assert found["actionlines_mail", ("state", "failed")] == 0
