"""Messages: written in the reader's language, sent once, tried again, stopped when the reader wants it."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from actionlines.problems import InputError
from actionlines.text import LANGUAGES
from actionlines_web import config
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.outbox.actions import (
    BACK_OFF,
    cancel_message,
    queue_message,
    retry_message,
    send_due,
    unsubscribe,
)
from actionlines_web.outbox.labels import KINDS
from actionlines_web.outbox.models import Message, Refusal
from actionlines_web.outbox.unsubscribing import token_of
from actionlines_web.outbox.wording import kinds, write

VALUES = {
    "file": "a.csv",
    "created": "12",
    "changed": "0",
    "address": "https://register.example.org/imports/7/",
}


class Mailbox:
    """An SMTP server's handler that keeps what comes, or refuses it with `answer`."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = ""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802, ARG002 - aiosmtpd's names
        if self.answer:
            return self.answer
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server on the loopback address, and the site set to send there."""
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    with override_settings(**config.Email(f"smtp://127.0.0.1:{port}").settings()):
        yield box
    server.stop()


def queued(reader: User, kind: str = "import-finished") -> Message:
    """A queued message."""
    values = VALUES if kind == "import-finished" else {"name": "Ada", "address": VALUES["address"]}
    message = queue_message(System(), reader, kind, values)
    assert message is not None
    return message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_written_in_every_language(language: str) -> None:
    assert sorted(kinds()) == sorted(KINDS)
    for code, kind in kinds().items():
        written = write(code, language, kind.examples)
        for name, example in kind.examples.items():
            for part in example.replace("\t", "\n").split("\n"):
                assert part in written.text, (code, name)
        assert f'href="{kind.examples["address"]}"' in written.html
        assert "$" not in written.subject + written.text + written.html


def test_a_list_of_pages_is_a_list_whose_titles_are_no_markup() -> None:
    values = dict(kinds()["new-entries"].examples) | {
        "entries_list": "A <b>\thttps://a.example/\nB\thttps://b.example/"
    }
    written = write("new-entries", "en", values)
    assert "A <b>\nhttps://a.example/\n\nB\nhttps://b.example/" in written.text
    items = (
        '<ul><li><a href="https://a.example/"><bdi>A &lt;b&gt;</bdi></a></li>'
        '<li><a href="https://b.example/"><bdi>B</bdi></a></li></ul>'
    )
    assert items in written.html
    with pytest.raises(ValueError, match="expected a title, a tab and an address"):
        write("new-entries", "en", {**values, "entries_list": "A\tjavascript:1"})


def test_a_value_is_never_markup_nor_a_second_line() -> None:
    written = write("import-finished", "en", {**VALUES, "file": "<b>a\r\nBcc: x</b> $created [x](y)"})
    assert "<b>" not in written.html
    assert written.subject == "The import of <b>a Bcc: x</b> $created [x](y) is finished"
    with pytest.raises(ValueError, match="address is 'javascript:1': expected http"):
        write("import-finished", "en", {**VALUES, "address": "javascript:1"})
    with pytest.raises(ValueError, match="needs the values"):
        write("import-finished", "en", {"file": "a.csv"})


FAULTS = {
    "no subject": ("Hello\n\n$file $created $changed $address", "the subject is missing"),
    "an unknown value": ("Subject: $file $nmae\n\n$created $changed $address", "“nmae” is unknown"),
    "a value left out": ("Subject: $file\n\n$created $address", "“changed” is not used"),
    "a stray sign": ("Subject: $file 5$\n\n$created $changed $address", "“\\$” stands without"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_site_s_own_wording_is_checked_and_named(tmp_path: Path, fault: str) -> None:
    content, said = FAULTS[fault]
    (tmp_path / "import-finished").mkdir()
    (tmp_path / "import-finished" / "fr.md").write_text(content, encoding="utf-8")
    with override_settings(MESSAGES_DIR=tmp_path), pytest.raises(InputError, match=said) as error:
        kinds()
    assert {problem.file for problem in error.value.problems} == {"import-finished/fr.md"}


def test_a_site_s_own_wording_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "import-finished").mkdir()
    (tmp_path / "import-finished" / "fr.md").write_text(
        "Subject: Fini : $file\n\n$created $changed $address", encoding="utf-8"
    )
    with override_settings(MESSAGES_DIR=tmp_path):
        assert write("import-finished", "fr", VALUES).subject == "Fini : a.csv"
        assert write("import-finished", "en", VALUES).subject == "The import of a.csv is finished"


@pytest.mark.django_db
def test_a_message_leaves_in_the_reader_s_language_with_text_html_and_a_way_out(
    visitor: User, mailbox: Mailbox
) -> None:
    visitor.language = "ar"
    visitor.save()
    message = queued(visitor)
    call_command("send_mail")
    (received,) = mailbox.received
    text, html = received.iter_parts()
    assert (received["To"], received["Subject"], received["Content-Language"]) == (
        "visitor@example.org",
        "اكتمل استيراد \u2066a.csv\u2069",
        "ar",
    )
    assert '<html lang="ar" dir="rtl">' in html.get_content()
    assert VALUES["address"] in text.get_content()
    assert received["List-Unsubscribe"].strip() == f"<{message.unsubscribe}>"
    assert message.unsubscribe.startswith("https://register.example.org/ar/mail/unsubscribe/")
    message.refresh_from_db()
    assert (message.state, message.attempts, send_due()) == ("sent", 1, 0)
    assert len(mailbox.received) == 1


@pytest.mark.django_db
def test_a_failure_that_passes_is_tried_again_later_each_time_and_then_given_up(
    visitor: User, mailbox: Mailbox
) -> None:
    mailbox.answer = "451 try again"
    message = queued(visitor)
    now = timezone.now() + timedelta(seconds=1)
    for attempt, wait in enumerate(BACK_OFF, start=1):
        send_due(now)
        message.refresh_from_db()
        assert (message.state, message.attempts, message.due_at) == ("queued", attempt, now + wait)
        assert send_due(now + wait - timedelta(seconds=1)) == 0
        now += wait
    send_due(now)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", len(BACK_OFF) + 1)
    assert "451" in message.error


@pytest.mark.django_db
def test_a_failure_that_lasts_is_not_tried_again(visitor: User, mailbox: Mailbox) -> None:
    mailbox.answer = "550 no such mailbox"
    message = queued(visitor)
    send_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 1)
    mailbox.answer = ""
    retry_message(System(), message.pk)
    assert send_due() == 1


@pytest.mark.django_db
def test_an_attempt_lost_with_its_process_is_made_again(visitor: User) -> None:
    message = queued(visitor)
    Message.objects.update(state="sending", attempts=1, due_at=timezone.now() + timedelta(minutes=5))
    assert send_due() == 0
    assert send_due(timezone.now() + timedelta(minutes=6)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<outbox.{message.pk}.")


@pytest.mark.django_db
def test_only_coordinators_cancel_and_only_what_waits(visitor: User, coordinator: User) -> None:
    message = queued(visitor)
    with pytest.raises(PermissionDenied):
        cancel_message(visitor, message.pk)
    cancel_message(coordinator, message.pk)
    with pytest.raises(ValueError, match="is cancelled"):
        cancel_message(coordinator, message.pk)
    assert (send_due(), mail.outbox) == (0, [])


@pytest.mark.django_db
def test_unsubscribing_stops_one_kind_and_cancels_what_waits(client: Client, visitor: User) -> None:
    message = queued(visitor)
    path = message.unsubscribe.removeprefix("https://register.example.org")
    assert client.get(path).status_code == 200
    assert not Refusal.objects.exists()
    one_click = Client(enforce_csrf_checks=True)
    assert one_click.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    message.refresh_from_db()
    assert message.state == "cancelled"
    assert queue_message(System(), visitor, "import-finished", VALUES) is None
    assert queued(visitor, "welcome").unsubscribe == ""


@pytest.mark.django_db
def test_a_forged_token_unsubscribes_nobody(client: Client) -> None:
    token = token_of("a@example.org", "import-finished")
    assert not unsubscribe(token[:-1] + ("A" if token[-1] != "A" else "B"))
    assert client.get("/mail/unsubscribe/nonsense/").status_code == 404
    assert not Refusal.objects.exists()


@pytest.mark.django_db
def test_a_new_account_is_welcomed_once() -> None:
    for _ in range(2):
        ensure_user(System(), email="a@example.org", name="Ada", roles=("coordinator",), welcome=True)
    send_due()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["a@example.org"], "Your account on the WSIS and SDG stocktaking")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_coordinators_see_preview_cancel_and_retry(
    client: Client, coordinator: User, visitor: User, prefix: str
) -> None:
    message = queued(visitor)
    pages = ["", f"{message.pk}/", "preview/welcome/ar/"]
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(f"{prefix}/mail/{page}").status_code for page in pages] == [403, 403, 403]
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(f"{prefix}/mail/{page}").status_code for page in pages] == [200, 200, 200]
    for page, state in (("cancel", "cancelled"), ("retry", "queued")):
        client.post(f"{prefix}/mail/{message.pk}/{page}/")
        message.refresh_from_db()
        assert message.state == state


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("console:", ("console", None, None, None)),
        ("smtp://mail.example.org", ("smtp", 25, False, False)),
        ("smtp+starttls://me:p%40ss@mail.example.org", ("smtp", 587, True, False)),
        ("smtps://mail.example.org:4650", ("smtp", 4650, False, True)),
    ],
)
def test_the_mail_server_comes_from_one_address(url: str, said: tuple[object, ...]) -> None:
    found = config.Email(url).settings()
    assert (
        found["EMAIL_BACKEND"].split(".")[-2],
        found.get("EMAIL_PORT"),
        found.get("EMAIL_USE_TLS"),
        found.get("EMAIL_USE_SSL"),
    ) == said
    assert found.get("EMAIL_HOST_PASSWORD", "") == ("p@ss" if "p%40ss" in url else "")


@pytest.mark.parametrize("url", ["", "mail.example.org", "smtp://", "http://mail.example.org"])
def test_a_mail_address_that_cannot_be_used_stops_the_start(url: str) -> None:
    with pytest.raises(config.ConfigurationError, match="expected console:, smtp://HOST:PORT"):
        config.Email(url).settings()
