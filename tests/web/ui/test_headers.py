"""What every answer says to browsers, whichever address and reader; what is kept of private pages; cookies and HTTPS."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import organisation_by_name
from web.conftest import an_entry
from web.ui.test_access import ACCESS

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/json\")"
    r"|(?:href|src|action)=\"\s*javascript:|(?:href|action)=\"\s*data:"
)
# A stored file is given out in a sandbox (tests of attachments); a report has its styles inside it and no script at all.
OWN_POLICY = {"files:file", "publishing:contribution"}


def policy(answer: HttpResponse) -> dict[str, set[str]]:
    """The content security policy, taken apart."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.fixture
def asked(store: Callable[..., None], coordinator: User) -> Callable[[str, bool], HttpResponse]:
    """Asks for an address of the table, as a visitor or as a coordinator."""
    store([an_entry("a-1", organisation="Ministry")])
    organisation = organisation_by_name("Ministry")
    assert organisation is not None

    def ask(name: str, signed_in: bool) -> HttpResponse:
        path, method = ACCESS[name][:2]
        client = Client()
        if signed_in:
            client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
        answer: HttpResponse = getattr(client, method)(path.format(organisation=organisation.pk))
        return answer

    return ask


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "coordinator"])
@pytest.mark.parametrize("name", sorted(set(ACCESS) - OWN_POLICY))
def test_every_answer_says_what_browsers_may_do_with_it(
    asked: Callable[[str, bool], HttpResponse], name: str, signed_in: bool
) -> None:
    answer = asked(name, signed_in)
    assert {header: answer.headers.get(header) for header in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in answer["Permissions-Policy"]
    reach = "cross-origin" if ACCESS[name][0].startswith("/api/v1/") else "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == reach
    rules = policy(answer)
    assert rules["default-src"] == {"'self'"}
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == {"'none'"}
    # No page needs a nonce: there is no inline code at all.
    assert rules["script-src"] == rules["style-src"] == {"'self'"}
    if answer["Content-Type"].startswith("text/html") and not answer.streaming:
        assert INLINE.findall(answer.text) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(ACCESS) - OWN_POLICY))
def test_nothing_shown_to_who_is_signed_in_is_kept_by_anybody(
    asked: Callable[[str, bool], HttpResponse], name: str
) -> None:
    kept = asked(name, True).headers["Cache-Control"]
    open_data = ACCESS[name][0].startswith("/api/v1/")
    assert (
        ("no-cache" in kept or "no-store" in kept)
        if open_data
        else ("no-store" in kept and "private" in kept)
    )


@pytest.mark.django_db
def test_a_report_may_run_no_script(store: Callable[..., None], client: Client) -> None:
    store([an_entry("a-1", year=2020)])
    answer = client.get("/reports/contribution/?language=en&format=html")
    rules = policy(answer)
    assert "<style" in answer.text
    assert rules["script-src"] == rules["object-src"] == rules["frame-ancestors"] == {"'none'"}
    assert rules["default-src"] == {"'self'"}


@pytest.mark.django_db
def test_a_page_that_fails_tells_nobody_why(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret-of-the-server")

    monkeypatch.setattr("actionlines_web.ui.pages.catalogue", fail)
    client.raise_request_exception = False
    answer = client.get("/fr/about/")
    assert answer.status_code == 500
    assert "secret-of-the-server" not in answer.text
    assert "RuntimeError" not in answer.text
    assert '<html lang="fr"' in answer.text
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example"])
def test_a_host_that_is_not_ours_is_refused(client: Client, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "following", ["https://evil.example/", "//evil.example/", "\\\\evil.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize("path", ["/demonstration/enter/", "/sign-out/", "/account/password/change/"])
def test_no_form_leads_to_another_site(
    coordinator: User, monkeypatch: pytest.MonkeyPatch, path: str, following: str
) -> None:
    monkeypatch.setattr("actionlines_web.demonstration.pages.demonstration_coordinator", lambda: coordinator)
    client = Client()
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(path, {"next": following})
    assert "evil" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


@pytest.mark.django_db
def test_a_form_without_its_token_changes_nothing(coordinator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    for name, (path, method, *_rest) in ACCESS.items():
        if method != "post" or "{" in path:
            continue
        assert client.post(path).status_code == 403, name


@pytest.mark.django_db
def test_where_to_report_a_weakness_is_said_on_a_site_that_says_it(client: Client) -> None:
    with override_settings(SECURITY_CONTACT="mailto:security@example.org"):
        answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    contact, expires, languages, canonical, end = answer.text.split("\n")
    assert (contact, languages, end) == (
        "Contact: mailto:security@example.org",
        "Preferred-Languages: en, fr",
        "",
    )
    assert re.fullmatch(r"Expires: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", expires)
    assert canonical == "Canonical: https://register.example.org/.well-known/security.txt"


def settings_with(**environment: str) -> dict[str, object]:
    """Settings of a site with this environment."""
    names = (
        *(
            "SESSION_COOKIE_NAME",
            "SESSION_COOKIE_SECURE",
            "SESSION_COOKIE_HTTPONLY",
            "SESSION_COOKIE_SAMESITE",
        ),
        *("CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "SECURE_HSTS_SECONDS"),
        *(
            "SECURE_HSTS_INCLUDE_SUBDOMAINS",
            "SECURE_SSL_REDIRECT",
            "DEBUG",
            "IDLE_SECONDS",
            "SESSION_COOKIE_AGE",
        ),
    )
    code = (
        "import json, django; django.setup()\n"
        f"from django.conf import settings\nprint(json.dumps({{n: getattr(settings, n) for n in {names!r}}}))"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACTIONLINES_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def test_over_https_cookies_are_bound_to_the_host_and_browsers_remember(tmp_path) -> None:
    found = settings_with(ACTIONLINES_HTTPS="1", ACTIONLINES_DATA_DIR=str(tmp_path))
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_SSL_REDIRECT": True,
        "DEBUG": False,
        "IDLE_SECONDS": 7_200,
        "SESSION_COOKIE_AGE": 43_200,
    }


@pytest.mark.django_db
@override_settings(
    SECURE_SSL_REDIRECT=True,
    SECURE_REDIRECT_EXEMPT=[r"^health$"],
    SECURE_HSTS_SECONDS=31_536_000,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_NAME="__Host-session",
)
def test_over_https_plain_requests_are_sent_on_and_answers_say_so(coordinator: User) -> None:
    client = Client()
    assert client.get("/entries/")["Location"] == "https://testserver/entries/"
    assert client.get("/health").status_code == 200
    answer = client.get("/entries/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_contact_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from actionlines_web import config

    for wrong in ("security@example.org", "http://example.org", "mailto:nobody", "mailto:a@b\nX: y"):
        monkeypatch.setenv("ACTIONLINES_SECURITY_CONTACT", wrong)
        with pytest.raises(config.ConfigurationError, match="expected mailto:"):
            config.contact("ACTIONLINES_SECURITY_CONTACT")
    monkeypatch.setenv("ACTIONLINES_SECURITY_CONTACT", " https://example.org/security ")
    assert config.contact("ACTIONLINES_SECURITY_CONTACT") == "https://example.org/security"
