"""Opening an account: an address must be confirmed, programs and throw-away addresses stay out, nobody learns who is in."""

from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from actionlines_web.accounts.actions import ensure_user, remove_unverified
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.outbox.models import Message
from web.accounts.conftest import PASSWORD, a_person, code_in, last_message

pytestmark = pytest.mark.django_db
NEW = {"name": "Ada Example", "email": "new@example.org", "password1": PASSWORD}
CODE_PAGE = "/account/confirm-email/"


def test_signing_up_waits_for_the_code_and_then_opens_the_account(client: Client) -> None:
    answer = client.post("/fr/sign-up/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, f"/fr{CODE_PAGE}")
    assert client.get("/account/").status_code == 302
    message = last_message("new@example.org")
    assert (message.kind, message.language, message.values) == ("confirm-address", "fr", {})
    assert "https://register.example.org/fr/account/confirm-email/" in message.text
    client.post(f"/fr{CODE_PAGE}", {"code": code_in(message)})
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.language) == ("Ada Example", "fr")
    assert client.get("/account/").status_code == 200
    assert [(record.verb, record.actor_id) for record in records_of(user)][-1] == ("sign up", user.pk)


@pytest.mark.parametrize("prefix", ["/ar", "/zh-hans", "/ru"])
def test_the_code_copied_from_the_mail_is_taken_in_every_language(client: Client, prefix: str) -> None:
    client.post(f"{prefix}/sign-up/", NEW)
    client.post(f"{prefix}{CODE_PAGE}", {"code": code_in(last_message("new@example.org"))})
    assert EmailAddress.objects.get(email="new@example.org").verified


def test_a_wrong_code_confirms_nothing(client: Client) -> None:
    client.post("/sign-up/", NEW)
    client.post(CODE_PAGE, {"code": "wrong"})
    assert not EmailAddress.objects.get(email="new@example.org").verified
    assert client.get("/account/").status_code == 302


def test_the_code_is_not_guessed_in_three_attempts_and_no_more_are_given(client: Client) -> None:
    client.post("/sign-up/", NEW)
    right = code_in(last_message("new@example.org"))
    for _ in range(3):
        client.post(CODE_PAGE, {"code": "wrong"})
    client.post(CODE_PAGE, {"code": right})
    assert not EmailAddress.objects.get(email="new@example.org").verified


def test_an_address_with_an_account_is_answered_like_a_new_one_and_told_by_mail(client: Client) -> None:
    a_person("known@example.org")
    answers = {}
    for address in ("known@example.org", "unknown@example.org"):
        visitor = Client()
        answer = visitor.post("/sign-up/", {**NEW, "email": address})
        page = visitor.get(CODE_PAGE).text
        answers[address] = (answer.status_code, answer["Location"], page.count("<form"), page.count("<input"))
    assert answers["known@example.org"] == answers["unknown@example.org"]
    assert last_message("known@example.org").kind == "account-exists"
    assert last_message("unknown@example.org").kind == "confirm-address"
    assert User.objects.filter(email="known@example.org").count() == 1


def test_a_program_that_fills_in_every_field_makes_no_account(client: Client) -> None:
    answer = client.post("/sign-up/", {**NEW, "homepage": "https://spam.example"})
    assert (answer.status_code, answer["Location"]) == (302, CODE_PAGE)
    assert not User.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["a@mailinator.com", "a@x.MailInator.com"])
def test_a_throw_away_address_is_refused(client: Client, address: str) -> None:
    answer = client.post("/sign-up/", {**NEW, "email": address})
    assert "gives them away for minutes" in answer.text
    assert not User.objects.exists()


def test_a_site_may_have_its_own_list_of_throw_away_domains(client: Client, tmp_path: Path) -> None:
    own = tmp_path / "domains.txt"
    own.write_text("# ours\nexample.org\n", encoding="utf-8")
    with override_settings(DISPOSABLE_DOMAINS=str(own)):
        client.post("/sign-up/", NEW)
        client.post("/sign-up/", {**NEW, "email": "a@mailinator.com"})
    assert list(User.objects.values_list("email", flat=True)) == ["a@mailinator.com"]


def test_the_sixth_sign_up_of_a_minute_from_one_place_is_refused(client: Client) -> None:
    statuses = [
        Client().post("/sign-up/", {**NEW, "email": f"{number}@example.org"}).status_code
        for number in range(6)
    ]
    assert statuses == [302] * 5 + [429]
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post("/sign-up/", {**NEW, "email": "7@example.org"}).status_code == 302


@pytest.mark.parametrize("password", ["short", "password1234", "new@example.org"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    client.post("/sign-up/", {**NEW, "password1": password})
    assert not User.objects.exists()


def test_accounts_nobody_confirmed_are_removed_and_all_others_stay() -> None:
    old = timezone.now() - timedelta(days=8)
    for name in ("forgotten", "recent"):
        Client().post("/sign-up/", {**NEW, "email": f"{name}@example.org"})
    a_person("confirmed@example.org")
    ensure_user(System(), email="made@example.org", name="", roles=("coordinator",))
    User.objects.exclude(email="recent@example.org").update(created_at=old)
    assert remove_unverified(System(), 7) == 1
    assert sorted(User.objects.values_list("email", flat=True)) == [
        "confirmed@example.org",
        "made@example.org",
        "recent@example.org",
    ]


def test_the_command_takes_the_days_from_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    Client().post("/sign-up/", NEW)
    with override_settings(UNVERIFIED_DAYS=0):
        call_command("remove_unverified")
    assert capsys.readouterr().out == "1 removed\n"
