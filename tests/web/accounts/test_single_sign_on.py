"""Signing in with another site: a real OpenID provider on the loopback address, and what its word is worth here."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from actionlines_web import config
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from web.accounts.conftest import a_person, code_in, last_message

pytestmark = pytest.mark.django_db
CLAIMS = {"email": "ada@ministry.example", "email_verified": True, "name": "Ada Example"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider in a process of its own, whose warnings are not ours."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    patient = requests.Session()
    patient.mount("http://", HTTPAdapter(max_retries=Retry(connect=12, backoff_factor=0.1)))
    try:
        patient.get(f"{address}/.well-known/openid-configuration", timeout=30).raise_for_status()
        yield address
    finally:
        patient.close()
        server.terminate()
        server.wait(10)


@pytest.fixture
def provider(issuer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The site told of the provider by its environment; call it with the claims and whether it is trusted."""
    patches = []

    def told(claims: dict[str, Any] = CLAIMS, *, trusted: bool = False) -> None:
        answer = requests.put(f"{issuer}/users/ada", json=claims, timeout=10)
        answer.raise_for_status()
        for name, value in {
            "ACTIONLINES_SSO": "ministry",
            "ACTIONLINES_SSO_MINISTRY_ISSUER": issuer,
            "ACTIONLINES_SSO_MINISTRY_CLIENT_ID": "site",
            "ACTIONLINES_SSO_MINISTRY_CLIENT_SECRET": "secret",
            "ACTIONLINES_SSO_MINISTRY_NAME": "Ministry of ICT",
            "ACTIONLINES_SSO_MINISTRY_TRUSTED": "1" if trusted else "0",
        }.items():
            monkeypatch.setenv(name, value)
        patch = override_settings(
            SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": config.single_sign_on()}}
        )
        patch.enable()
        patches.append(patch)

    yield told
    for patch in patches:
        patch.disable()


def through(client: Client, prefix: str = "") -> Any:
    """Sign in at the provider and come back; the site's answer."""
    asked = client.post("/account/oidc/ministry/login/", {"next": f"{prefix}/account/"})
    granted = requests.post(asked["Location"], data={"sub": "ada"}, allow_redirects=False, timeout=10)
    back = granted.headers["Location"].removeprefix("http://testserver")
    assert back.startswith("/account/oidc/ministry/login/callback/?code=")
    return client.get(back)


def test_the_sign_in_page_offers_the_provider_by_its_name(provider: Any, client: Client) -> None:
    assert "Ministry of ICT" not in client.get("/sign-in/").text
    provider()
    page = client.get("/sign-in/").text
    assert "Ministry of ICT" in page
    assert 'action="/account/oidc/ministry/login/' in page


def test_a_trusted_providers_person_is_in_at_once(provider: Any, client: Client) -> None:
    provider(trusted=True)
    answer = through(client, "/fr")
    assert (answer.status_code, answer["Location"]) == (302, "/fr/account/")
    user = User.objects.get(email="ada@ministry.example")
    assert (user.name, user.has_usable_password()) == ("Ada Example", False)
    assert client.get("/account/").status_code == 200
    assert [record.verb for record in records_of(user)] == ["sign up"]


def test_another_providers_person_must_confirm_the_address_here(provider: Any, client: Client) -> None:
    provider()
    through(client)
    assert client.get("/account/").status_code == 302
    client.post("/account/confirm-email/", {"code": code_in(last_message("ada@ministry.example"))})
    assert client.get("/account/").status_code == 200


def test_the_second_time_one_enters_the_same_account_even_under_another_address(
    provider: Any, client: Client
) -> None:
    provider(trusted=True)
    through(client)
    client.post("/sign-out/")
    provider({**CLAIMS, "email": "ada@new.example"}, trusted=True)
    through(client)
    assert client.get("/account/").context["user"].email == "ada@ministry.example"
    assert User.objects.count() == 1


def test_a_trusted_provider_opens_the_account_that_has_the_address(provider: Any, client: Client) -> None:
    known = a_person("ada@ministry.example")
    provider(trusted=True)
    through(client)
    assert client.get("/account/").context["user"].pk == known.pk
    assert SocialAccount.objects.get().user_id == known.pk


@pytest.mark.parametrize("trusted", [False, True])
def test_an_account_is_not_opened_to_who_merely_claims_its_address(
    provider: Any, client: Client, trusted: bool
) -> None:
    a_person("ada@ministry.example")
    provider({**CLAIMS, "email_verified": not trusted}, trusted=trusted)
    through(client)
    assert client.get("/account/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert last_message("ada@ministry.example").kind == "account-exists"
    assert EmailAddress.objects.count() == 1


def test_the_address_for_the_provider_has_no_language_in_it(provider: Any, client: Client) -> None:
    provider()
    assert 'action="/account/oidc/ministry/login/' in client.get("/ar/sign-in/").text


@pytest.mark.parametrize("left_out", ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"])
def test_a_provider_half_described_stops_the_start(monkeypatch: pytest.MonkeyPatch, left_out: str) -> None:
    monkeypatch.setenv("ACTIONLINES_SSO", "itu")
    for part in {"ISSUER", "CLIENT_ID", "CLIENT_SECRET"} - {left_out}:
        monkeypatch.setenv(f"ACTIONLINES_SSO_ITU_{part}", "https://id.example.org")
    with pytest.raises(config.ConfigurationError, match=f"but ACTIONLINES_SSO_ITU_{left_out} is not set"):
        config.single_sign_on()


@pytest.mark.parametrize(
    ("name", "issuer", "said"),
    [
        ("itu", "http://id.example.org", "expected https://"),
        ("itu", "id.example.org", "expected https://"),
        ("I-T-U", "https://id.example.org", "expected small letters and digits"),
    ],
)
def test_a_provider_that_cannot_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, issuer: str, said: str
) -> None:
    monkeypatch.setenv("ACTIONLINES_SSO", name)
    for part, value in {"ISSUER": issuer, "CLIENT_ID": "a", "CLIENT_SECRET": "b"}.items():
        monkeypatch.setenv(f"ACTIONLINES_SSO_{name.upper()}_{part}", value)
    with pytest.raises(config.ConfigurationError, match=said):
        config.single_sign_on()
