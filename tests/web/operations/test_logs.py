"""Logs for machines, and error mail, hold nothing about anybody."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from actionlines_web.accounts.models import User
from actionlines_web.operations.errors import ErrorMail
from actionlines_web.operations.logs import JsonLine, RequestLog, RouteOnly, scrubbed


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    """What the whole site logs during a test, as a site with ACTIONLINES_LOG=json writes it."""
    found: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(self.format(record)))

    handler = Kept(logging.DEBUG)
    handler.setFormatter(JsonLine())
    handler.addFilter(RouteOnly())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield found
    root.setLevel(level)
    root.removeHandler(handler)


@given(st.emails(), st.ip_addresses())
def test_addresses_are_taken_out_of_any_text(address: str, host: object) -> None:
    text = scrubbed(f"Key (email)=({address}) exists; asked by {host} twice")
    assert str(host) not in text
    local, _, domain = address.partition("@")
    assert f"{local[-1]}@{domain}" not in text


def test_times_and_versions_stay() -> None:
    text = "at 12:30:05 actionlines 0.1.0 answered 3:2"
    assert scrubbed(text) == text


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route(
    client: Client, lines: list[dict[str, object]], settings: object
) -> None:
    settings.MIDDLEWARE = [  # type: ignore[attr-defined]
        settings.MIDDLEWARE[0],  # type: ignore[attr-defined]
        "actionlines_web.operations.logs.RequestLog",
        *settings.MIDDLEWARE[1:],  # type: ignore[attr-defined]
    ]
    answer = client.get("/mail/unsubscribe/a-secret-token/")
    (line,) = [line for line in lines if line["logger"] == "actionlines_web.requests"]
    assert line["route"] == "mail/unsubscribe/<str:token>/"
    assert (line["method"], line["status"], line["request"]) == ("GET", 404, answer.headers["X-Request-ID"])
    assert "a-secret-token" not in json.dumps(lines)


@pytest.mark.django_db
def test_signing_in_and_a_fault_leave_no_address_in_the_logs(
    client: Client, lines: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.create_user("someone@example.org", password="a long enough password")
    client.post("/sign-in/", {"login": "someone@example.org", "password": "wrong"}, REMOTE_ADDR="203.0.113.7")
    client.raise_request_exception = False
    monkeypatch.setattr(
        "actionlines_web.ui.pages.catalogue",
        lambda: (_ for _ in ()).throw(ValueError("someone@example.org at 203.0.113.7")),
    )
    assert client.get("/about/", REMOTE_ADDR="203.0.113.7").status_code == 500
    (fault,) = [line for line in lines if line["level"] == "error"]
    assert fault["message"] == "GET /about/ 500"
    assert fault["error"] == "ValueError"
    assert str(fault["traceback"]).endswith("ValueError: [mail] at [address]\n")
    written = json.dumps(lines)
    assert "someone@example.org" not in written
    assert "203.0.113.7" not in written


def raised(words: str, line: int = 1) -> logging.LogRecord:
    """A record of something raised while a request was answered."""
    try:
        exec(compile("\n" * line + f"raise KeyError({words!r})", "made.py", "exec"))
    except KeyError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "failed", (), (KeyError, error, error.__traceback__)
        )
    record.request = RequestFactory().post("/entries/", {"name": "Private"})
    return record


def test_a_fault_is_told_by_mail_once_and_without_what_was_sent(settings: object) -> None:
    settings.ERRORS_TO = ["ops@example.org"]  # type: ignore[attr-defined]
    handler = ErrorMail()
    for record in (raised("a@example.org", 1), raised("b@example.org", 1), raised("c@example.org", 7)):
        handler.emit(record)
    assert len(mail.outbox) == 2
    assert mail.outbox[0].to == ["ops@example.org"]
    assert mail.outbox[0].subject == "[actionlines] KeyError in the site"
    assert mail.outbox[0].body.endswith("\nKeyError: [mail]\n")
    assert "Private" not in mail.outbox[0].body


def test_mail_that_cannot_be_sent_is_no_second_fault(
    monkeypatch: pytest.MonkeyPatch, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ERRORS_TO = ["ops@example.org"]  # type: ignore[attr-defined]

    def refused(*given: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("actionlines_web.operations.errors.send_mail", refused)
    ErrorMail().emit(raised("x"))
    assert "ConnectionRefusedError" in capsys.readouterr().err


def test_the_middleware_passes_the_answer_on() -> None:
    answer = object.__new__(type("Answer", (), {"status_code": 204}))
    assert RequestLog(lambda _: answer)(RequestFactory().get("/")) is answer
