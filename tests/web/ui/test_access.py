"""Every address as a visitor, a person without a role, and a coordinator; a new address must get a row here."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from actionlines_web.accounts.models import User
from actionlines_web.urls import urlpatterns
from web.api.test_operations import ACCESS as OPERATIONS
from web.conftest import an_entry

# Name of the address: (path, method, status as visitor, without a role, as coordinator).
OPEN = (200, 200, 200)
ACCESS = {
    "health": ("/health", "get", *OPEN),
    "stocktaking:matrix": ("/", "get", *OPEN),
    "stocktaking:entries": ("/entries/", "get", *OPEN),
    "stocktaking:entry": ("/entries/a-1/", "get", *OPEN),
    "stocktaking:export": ("/entries/export.csv", "get", *OPEN),
    "stocktaking:feed": ("/entries/feed.atom", "get", *OPEN),
    "stocktaking:imports": ("/imports/", "get", 302, 403, 200),
    "stocktaking:import": ("/imports/99/", "get", 302, 403, 404),
    "stocktaking:apply-import": ("/imports/99/apply/", "post", 302, 403, 404),
    "stocktaking:discard-import": ("/imports/99/discard/", "post", 302, 403, 404),
    "stocktaking:import-progress": ("/imports/99/progress/", "get", 302, 403, 404),
    "audit:recent": ("/audit/", "get", 302, 403, 200),
    "audit:object": ("/audit/stocktaking.entry/999999/", "get", 302, 403, 404),
    "outbox:outbox": ("/mail/", "get", 302, 403, 200),
    "outbox:message": ("/mail/99/", "get", 302, 403, 404),
    "outbox:cancel": ("/mail/99/cancel/", "post", 302, 403, 404),
    "outbox:retry": ("/mail/99/retry/", "post", 302, 403, 404),
    "outbox:preview": ("/mail/preview/welcome/fr/", "get", 302, 403, 200),
    "outbox:unsubscribe": ("/mail/unsubscribe/no-such-token/", "get", 404, 404, 404),
    "tokens:tokens": ("/tokens/", "get", 302, 200, 200),
    "tokens:revoke": ("/tokens/al_nothing/revoke/", "post", 302, 404, 404),
    "webhooks:webhooks": ("/webhooks/", "get", 302, 403, 200),
    "webhooks:subscription": ("/webhooks/99/", "get", 302, 404, 404),
    "webhooks:renew-secret": ("/webhooks/99/secret/", "post", 302, 404, 404),
    "webhooks:pause": ("/webhooks/99/pause/", "post", 302, 404, 404),
    "webhooks:resume": ("/webhooks/99/resume/", "post", 302, 404, 404),
    "webhooks:test": ("/webhooks/99/test/", "post", 302, 404, 404),
    "webhooks:delete": ("/webhooks/99/delete/", "post", 302, 404, 404),
    "webhooks:send-again": ("/webhooks/99/deliveries/9/again/", "post", 302, 404, 404),
    "stocktaking:import-example": ("/imports/example.csv", "get", *OPEN),
    "api:documentation": ("/api/v1/docs", "get", *OPEN),
    "api:openapi-json": ("/api/v1/openapi.json", "get", *OPEN),
    "api:root": ("/api/v1/", "get", 404, 404, 404),
    "api:api-root": ("/api/v1/", "get", 404, 404, 404),
    "api:nothing": ("/api/v1/nothing/here", "get", 404, 404, 404),
    "accounts:sign-in": ("/sign-in/", "get", 200, 302, 302),
    "accounts:sign-out": ("/sign-out/", "post", 302, 302, 302),
    "demonstration:enter": ("/demonstration/enter/", "post", 404, 404, 404),
    "frameworks:frameworks": ("/frameworks/", "get", *OPEN),
    "frameworks:framework": ("/frameworks/sdg/", "get", *OPEN),
    "frameworks:node": ("/frameworks/sdg/9.c/", "get", *OPEN),
    "indicators:indicators": ("/indicators/", "get", *OPEN),
    "indicators:economy": ("/indicators/economies/FRA/", "get", *OPEN),
    "indicators:series": ("/indicators/i271/", "get", *OPEN),
    "publishing:reports": ("/reports/", "get", *OPEN),
    "publishing:contribution": ("/reports/contribution/?language=en&format=json", "get", *OPEN),
    "ui:about": ("/about/", "get", *OPEN),
}


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    """The names of all addresses."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.app_name}:" if pattern.app_name else prefix
            found |= names(pattern.url_patterns, inner)
        else:
            found.add(f"{prefix}{pattern.name}")
    return found


def test_every_address_has_a_row() -> None:
    # The operations of the API have a table of their own, by method: tests/web/api/test_operations.py.
    operations = {"api:" + re.sub("([A-Z])", r"_\1", name).lower() for name in OPERATIONS}
    assert names(urlpatterns) - operations == set(ACCESS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACCESS)
def test_address_answers_each_role(store, name: str, visitor: User, coordinator: User) -> None:
    path, method, *expected = ACCESS[name]
    store([an_entry("a-1")])
    answers = []
    for user in (None, visitor, coordinator):
        client = Client()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answers.append(getattr(client, method)(path).status_code)
    assert answers == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/entries/no-such/",
        "/frameworks/nothing/",
        "/frameworks/sdg/99/",
        "/indicators/x/",
        "/indicators/economies/XXX/",
        "/nowhere/",
    ],
)
def test_an_address_of_nothing_is_answered_in_the_readers_language(client: Client, path: str) -> None:
    for prefix, language in (("", "en"), ("/fr", "fr"), ("/ar", "ar")):
        answer = client.get(prefix + path)
        assert answer.status_code == 404
        assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.django_db
def test_pages_allow_no_foreign_and_no_inline_code(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy


@pytest.mark.django_db
def test_a_title_with_markup_is_shown_as_text(client: Client, store) -> None:
    store([an_entry("a-1", title="<script>alert(1)</script>", description="<img src=x onerror=alert(1)>")])
    for path in ("/entries/", "/entries/a-1/", "/entries/?q=%3Cscript%3E"):
        content = client.get(path).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content
