"""Signing in: by password, with a second factor; throttled; without telling who has an account."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client, override_settings

from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.outbox.actions import send_due
from actionlines_web.outbox.models import Message
from web.accounts.conftest import PASSWORD, a_person, last_message

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_address_may_be_written_in_capitals(
    person: User, sign_in: Callable[..., int], client: Client
) -> None:
    assert sign_in("ADA@Example.org") == 302
    assert client.get("/account/").status_code == 200


def test_one_lands_in_ones_own_language_but_where_one_asked_to_go(client: Client) -> None:
    a_person("amal@example.org", language="ar")
    form = {"login": "amal@example.org", "password": PASSWORD}
    assert client.post("/sign-in/", form)["Location"] == "/ar/"
    client.post("/sign-out/")
    assert client.post("/fr/sign-in/", {**form, "next": "/fr/about/"})["Location"] == "/fr/about/"


@pytest.mark.parametrize("following", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(person: User, client: Client, following: str) -> None:
    form = {"login": person.email, "password": PASSWORD, "next": following}
    assert client.post("/sign-in/", form)["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(person: User) -> None:
    pages = []
    for address in ("ada@example.org", "bob@example.org"):
        answer = Client().post("/sign-in/", {"login": address, "password": "wrong"})
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)
        pages.append((answer.status_code, page.replace(address, "")))
    assert pages[0] == pages[1]


def test_after_five_wrong_passwords_the_right_one_is_refused_too(
    person: User, sign_in: Callable[..., int]
) -> None:
    assert [sign_in(person.email, "wrong") for _ in range(5)] == [200] * 5
    assert sign_in(person.email) == 200


def test_a_stranger_who_guesses_at_one_address_keeps_nobody_else_out(person: User) -> None:
    other = a_person("bob@example.org")
    for _ in range(6):
        Client().post("/sign-in/", {"login": person.email, "password": "wrong"})
    answer = Client(REMOTE_ADDR="192.0.2.9").post("/sign-in/", {"login": other.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_attempts_are_counted_in_the_database_for_all_workers() -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_passwords_are_kept_as_argon2() -> None:
    from actionlines_web.settings import base

    with override_settings(PASSWORD_HASHERS=base.PASSWORD_HASHERS):
        assert identify_hasher(make_password(PASSWORD)).algorithm == "argon2"


def test_an_unconfirmed_address_lets_nobody_in(client: Client, sign_in: Callable[..., int]) -> None:
    user = User.objects.create_user("new@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    sign_in(user.email)
    assert client.get("/account/").status_code == 302
    assert last_message(user.email).kind == "confirm-address"


def test_an_erased_or_closed_account_lets_nobody_in(
    person: User, client: Client, sign_in: Callable[..., int]
) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    sign_in(person.email)
    assert client.get("/account/").status_code == 302


def test_a_second_factor_is_asked_for_and_its_code_lets_in_once(person: User, client: Client) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    form = {"login": person.email, "password": PASSWORD}
    assert secret not in str(Authenticator.objects.get().data)
    answer = client.post("/sign-in/", form)
    assert answer["Location"] == "/account/factors/authenticate/"
    assert client.get("/account/").status_code == 302
    assert client.post("/account/factors/authenticate/", {"code": "000000"}).status_code == 200
    code = code_of(secret)
    client.post("/account/factors/authenticate/", {"code": code})
    assert client.get("/account/").status_code == 200
    again = Client()
    again.post("/sign-in/", form)
    again.post("/account/factors/authenticate/", {"code": code})
    assert again.get("/account/").status_code == 302


def test_an_authenticator_app_is_added_after_the_password_is_asked_again(
    person: User,
    client: Client,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/account/factors/totp/activate/")
    assert answer["Location"] == "/account/reauthenticate/?next=%2Faccount%2Ffactors%2Ftotp%2Factivate%2F"
    answer = client.post(
        answer["Location"], {"password": PASSWORD, "next": "/account/factors/totp/activate/"}
    )
    page = client.get("/account/factors/totp/activate/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/factors/totp/activate/", {"code": code_of(page.context["form"].secret)})
    assert set(Authenticator.objects.filter(user=person).values_list("type", flat=True)) == {
        "totp",
        "recovery_codes",
    }
    assert {record.verb for record in records_of(person)} == {"add factor"}
    notice = Message.objects.filter(kind="security-notice", address=person.email).earliest("pk")
    assert "An authenticator app was added." in notice.text


def test_a_new_password_is_chosen_by_mail_and_signs_others_out(person: User, client: Client) -> None:
    other = Client()
    other.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/account/password/reset/", {"email": person.email})
    message = last_message(person.email)
    assert (message.kind, message.values) == ("reset-password", {})
    found = re.search(r"https://register\.example\.org(\S+)", message.text)
    assert found is not None
    form = client.get(found[1], follow=True)
    client.post(
        form.redirect_chain[-1][0], {"password1": "another good one", "password2": "another good one"}
    )
    person.refresh_from_db()
    assert person.check_password("another good one")
    assert other.get("/account/").status_code == 302
    assert [record.verb for record in records_of(person)] == ["set password"]


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(person: User) -> None:
    pages = []
    for address in (person.email, "bob@example.org"):
        visitor = Client()
        answer = visitor.post("/account/password/reset/", {"email": address})
        pages.append((answer.status_code, answer["Location"]))
    assert pages == [(302, "/account/password/reset/done/")] * 2
    assert last_message("bob@example.org").kind == "unknown-account"


def test_a_reset_link_never_leads_to_a_host_the_request_names(person: User, client: Client) -> None:
    client.post("/account/password/reset/", {"email": person.email}, headers={"host": "localhost"})
    assert "localhost" not in last_message(person.email).text


def test_a_secret_message_is_hidden_from_coordinators_and_gone_once_sent(
    person: User, coordinator: User, client: Client
) -> None:
    Client().post("/account/password/reset/", {"email": person.email})
    message = last_message(person.email)
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/mail/{message.pk}/").text
    assert "/account/password/reset/key/" in message.text
    assert "/account/password/reset/key/" not in page
    send_due()
    message.refresh_from_db()
    assert (message.state, message.text, message.html) == ("sent", "", "")


def test_every_sign_in_and_every_failure_stands_in_the_log_by_number(
    person: User, sign_in: Callable[..., int], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "actionlines_web")
    sign_in(person.email, "wrong")
    sign_in(person.email)
    assert [record.getMessage() for record in caplog.records if "accounts" in record.name] == [
        "sign-in failed from 127.0.0.1",
        f"account {person.pk} signed in from 127.0.0.1",
    ]
    assert person.email not in caplog.text


def test_a_link_to_a_new_password_holds_an_hour(person: User, client: Client) -> None:
    client.post("/account/password/reset/", {"email": person.email})
    found = re.search(r"https://register\.example\.org(\S+)", last_message(person.email).text)
    assert found is not None
    with override_settings(PASSWORD_RESET_TIMEOUT=-1):
        assert client.get(found[1]).status_code == 200  # the page that says the link is no longer good
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    assert client.get(found[1]).status_code == 302
