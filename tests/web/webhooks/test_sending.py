"""Where a request may go, and that it goes nowhere else."""

import socket
import ssl
from collections.abc import Iterator
from ipaddress import ip_address

import pytest
from django.test import override_settings

from actionlines.problems import InputError
from actionlines_web.webhooks import sending
from actionlines_web.webhooks.signing import is_valid, new_salt, secret_of, signature
from web.webhooks.conftest import Receiver

PRIVATE = (
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    *("::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_address_that_is_not_public_is_known(address: str) -> None:
    assert not sending.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.6.139", "2a00:1450:4001::8a", "64:ff9b::808:808"])
def test_public_address_is_known(address: str) -> None:
    assert sending.is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://[::1/",
        "https://example.org/a b",
        "https://example.org/a\r\nHost: x",
        "https://" + "a" * 500,
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
    ],
)
def test_address_a_webhook_may_not_have_is_refused_and_never_called(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("a connection was made"))
    with pytest.raises(InputError):
        sending.check_address(address)
    assert sending.post(address, b"{}", {}).status is None


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """Name servers that give these answers, one after another."""
    given = iter(answers)

    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(given)]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_host_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(InputError, match="public internet"):
        sending.check_address("https://example.org/")


def test_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers otherwise the second time (rebinding) is not asked a second time."""
    called: list[tuple[str, int]] = []

    def refuse(place: tuple[str, int], *_: object) -> socket.socket:
        called.append(place)
        raise ConnectionRefusedError

    resolving(monkeypatch, ["8.8.8.8"])
    monkeypatch.setattr(socket, "create_connection", refuse)
    answer = sending.post("https://example.org:8443/hook", b"{}", {})
    assert (answer.status, called) == (None, [("8.8.8.8", 8443)])


def test_host_of_the_request_is_the_name_and_not_the_number(receiver: Receiver) -> None:
    address = receiver.address.replace("127.0.0.1", "localhost")
    assert sending.post(address, b'{"a": 1}', {"X-Test": "1"}) == sending.Answer(204)
    (path, headers, body) = receiver.received[0]
    assert (path, headers["Host"], headers["X-Test"], body) == (
        "/hook?key=1",
        f"localhost:{receiver.server_port}",
        "1",
        b'{"a": 1}',
    )


def test_redirect_is_an_answer_and_not_followed(receiver: Receiver) -> None:
    receiver.status, receiver.location = 307, receiver.address
    answer = sending.post(receiver.address, b"{}", {})
    assert (answer.status, answer.is_good, len(receiver.received)) == (307, False, 1)


def test_receiver_that_hangs_is_let_go(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.2)
    receiver.hangs = True
    answer = sending.post(receiver.address, b"{}", {})
    assert answer.status is None
    assert answer.error != ""


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_receiver_that_says_nothing_is_cut_off_also_in_the_handshake(
    silent: int, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.2)
    monkeypatch.setattr(sending, "CONNECT_SECONDS", 600.0)
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        assert sending.post(f"{scheme}://127.0.0.1:{silent}/", b"{}", {}).status is None


def test_certificate_is_asked_for_under_the_name(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[tuple[object, ssl.VerifyMode, bool]] = []

    def refuse(context: ssl.SSLContext, *_: object, server_hostname: object = None) -> None:
        names.append((server_hostname, context.verify_mode, context.check_hostname))
        raise ssl.SSLError("enough")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", refuse)
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        assert sending.post(f"https://localhost:{silent}/", b"{}", {}).status is None
    assert names == [("localhost", ssl.CERT_REQUIRED, True)]


def test_receiver_that_is_not_there_is_an_answer(receiver: Receiver) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    answer = sending.post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert answer == sending.Answer(None, "ConnectionRefusedError: [Errno 111] Connection refused")


def test_signature_holds_for_its_body_secret_and_time_only() -> None:
    secret, body = secret_of(new_salt()), b'{"a": 1}'
    header = signature(secret, 1_000, body)
    assert is_valid(secret, header, body, now=1_200)
    assert not is_valid(secret, header, body, now=1_301)
    assert not is_valid(secret, header, body + b" ", now=1_000)
    assert not is_valid(secret_of(new_salt()), header, body, now=1_000)
    assert not is_valid(secret, header.replace("t=1000", "t=1001"), body, now=1_001)
    assert not is_valid(secret, "nonsense", body)


def test_signature_is_the_documented_one() -> None:
    import hashlib
    import hmac

    expected = hmac.new(b"whsec_x", b'1000.{"a": 1}', hashlib.sha256).hexdigest()
    assert signature("whsec_x", 1_000, b'{"a": 1}') == f"t=1000,v1={expected}"
