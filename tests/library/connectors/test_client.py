"""The client asks only where it may, keeps what it got, goes on where it broke, and is bounded."""

import os
import socket
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from actionlines.connectors import Client
from actionlines.connectors.cache import tidy
from actionlines.problems import InputError
from answering import Reply, Source


@pytest.fixture
def slept() -> list[float]:
    """How long the client slept, piece by piece."""
    return []


@pytest.fixture
def client(source: Source, tmp_path: Path, slept: list[float]) -> Client:
    """A client of the source that does not really sleep."""
    return Client([source.origin], tmp_path / "cache", pause=0.0, sleep=slept.append)


def test_answer_is_kept_with_its_kind(source: Source, client: Client) -> None:
    source.replies = [Reply(body=b'{"a": 1}', headers={"Content-Type": "application/json; charset=utf-8"})]
    found = client.fetch(f"{source.origin}/data?x=1")
    assert (found.read(), found.kind, found.asked, found.changed) == (
        b'{"a": 1}',
        "application/json",
        True,
        True,
    )
    path, headers = source.asked[0]
    assert (path, headers["Accept-Encoding"], headers["User-Agent"].split("/")[0]) == (
        "/data?x=1",
        "identity",
        "actionlines",
    )


def test_fresh_answer_is_not_asked_for_again(source: Source, client: Client) -> None:
    source.replies = [Reply(body=b"one"), Reply(body=b"two")]
    client.fetch(source.origin, max_age=60)
    again = client.fetch(source.origin, max_age=60)
    assert (again.read(), again.asked, len(source.asked)) == (b"one", False, 1)
    assert client.fetch(source.origin).read() == b"two"


def test_unchanged_answer_is_asked_about_and_kept(source: Source, client: Client) -> None:
    day = "Wed, 01 Jan 2025 00:00:00 GMT"
    source.replies = [
        Reply(body=b"one", headers={"ETag": '"1"', "Last-Modified": day}),
        Reply(304, declared=-1),
    ]
    client.fetch(source.origin)
    again = client.fetch(source.origin)
    assert (again.read(), again.asked, again.changed) == (b"one", True, False)
    headers = source.asked[1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', day)


def test_broken_download_goes_on_where_it_broke(source: Source, client: Client) -> None:
    source.replies = [
        Reply(body=b"0123", headers={"ETag": '"1"'}, declared=10),
        Reply(206, b"456789", {"ETag": '"1"', "Content-Range": "bytes 4-9/10"}),
    ]
    told: list[tuple[int, int]] = []
    found = client.fetch(source.origin, progress=lambda done, total: told.append((done, total)))
    assert found.read() == b"0123456789"
    headers = source.asked[1][1]
    assert (headers["Range"], headers["If-Range"]) == ("bytes=4-", '"1"')
    assert told[-1] == (10, 10)


def test_broken_download_goes_on_in_another_process(source: Source, client: Client, tmp_path: Path) -> None:
    """What a killed worker had downloaded is not downloaded again."""

    class Killed(BaseException):
        pass

    def kill(done: int, total: int) -> None:
        if done:
            raise Killed

    source.replies = [
        Reply(body=b"0123456789", headers={"ETag": '"1"'}),
        Reply(206, b"", {"ETag": '"1"', "Content-Range": "bytes 10-9/10"}),
    ]
    with pytest.raises(Killed):
        client.fetch(source.origin, progress=kill)
    other = Client([source.origin], tmp_path / "cache", pause=0.0)
    assert other.fetch(source.origin).read() == b"0123456789"
    assert source.asked[1][1]["Range"] == "bytes=10-"


def test_download_that_changed_meanwhile_begins_anew(source: Source, client: Client) -> None:
    source.replies = [
        Reply(body=b"0123", headers={"ETag": '"1"'}, declared=10),
        Reply(body=b"abcdef", headers={"ETag": '"2"'}),
    ]
    assert client.fetch(source.origin).read() == b"abcdef"


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"1"'}])
def test_download_nobody_can_tell_apart_begins_anew(
    source: Source, client: Client, headers: dict[str, str]
) -> None:
    source.replies = [Reply(body=b"0123", headers=headers, declared=10), Reply(body=b"0123456789")]
    assert client.fetch(source.origin).read() == b"0123456789"
    assert source.asked[1][1]["Range"] is None


def test_another_part_than_was_asked_for_is_not_joined(source: Source, client: Client) -> None:
    source.replies = [
        Reply(body=b"0123", headers={"ETag": '"1"'}, declared=10),
        Reply(206, b"89", {"ETag": '"1"', "Content-Range": "bytes 8-9/10"}),
        Reply(body=b"0123456789"),
    ]
    assert client.fetch(source.origin).read() == b"0123456789"


def test_part_the_server_does_not_have_is_forgotten(source: Source, client: Client) -> None:
    source.replies = [
        Reply(body=b"0123", headers={"ETag": '"1"'}, declared=10),
        Reply(416),
        Reply(body=b"ab"),
    ]
    assert client.fetch(source.origin).read() == b"ab"


def test_broken_renewal_leaves_the_answer_before(source: Source, client: Client) -> None:
    source.replies = [Reply(body=b"one"), *[Reply(body=b"t", declared=9)] * 4]
    client.fetch(source.origin)
    with pytest.raises(InputError, match="broke off after 1 of 9 bytes"):
        client.fetch(source.origin)
    assert client.fetch(source.origin, max_age=60).read() == b"one"


def test_busy_server_is_asked_again_when_it_says(source: Source, client: Client, slept: list[float]) -> None:
    source.replies = [Reply(429, headers={"Retry-After": "3"}), Reply(503), Reply(body=b"now")]
    assert client.fetch(source.origin).read() == b"now"
    assert sum(slept) == 3.0


def test_no_server_is_waited_for_longer_than_two_minutes(
    source: Source, client: Client, slept: list[float]
) -> None:
    source.replies = [Reply(503, headers={"Retry-After": "999999"}), Reply(body=b"now")]
    client.fetch(source.origin)
    assert sum(slept) == 120.0


def test_server_that_keeps_failing_is_named_with_the_reason(source: Source, client: Client) -> None:
    source.answer = lambda _: Reply(502)
    with pytest.raises(InputError, match=f"{source.origin}/x was answered with the status 502."):
        client.fetch(f"{source.origin}/x")
    assert len(source.asked) == 4


def test_server_that_is_not_there_is_named(client: Client, source: Source) -> None:
    source.server_close()
    with pytest.raises(InputError, match="does not answer: ConnectionRefusedError"):
        client.fetch(source.origin)


@pytest.mark.parametrize("status", [400, 403, 404, 418])
def test_refusal_is_not_repeated(source: Source, client: Client, status: int) -> None:
    source.answer = lambda _: Reply(status)
    with pytest.raises(InputError, match=f"with the status {status}"):
        client.fetch(source.origin)
    assert len(source.asked) == 1


def test_redirect_inside_the_source_is_followed(source: Source, client: Client) -> None:
    source.replies = [Reply(302, headers={"Location": "/there?y=2"}), Reply(body=b"here")]
    assert client.fetch(f"{source.origin}/a").read() == b"here"
    assert [path for path, _ in source.asked] == ["/a", "/there?y=2"]


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/",
        "https://example.org/",
        "file:///etc/passwd",
        "//example.org/x",
    ],
)
def test_redirect_elsewhere_is_refused(source: Source, client: Client, place: str) -> None:
    source.replies = [Reply(301, headers={"Location": place})]
    with pytest.raises(InputError, match="not at a source that is configured here"):
        client.fetch(source.origin)
    assert len(source.asked) == 1


def test_redirects_without_end_are_refused(source: Source, client: Client) -> None:
    source.answer = lambda _: Reply(302, headers={"Location": "/again"})
    with pytest.raises(InputError, match="redirects without end"):
        client.fetch(source.origin)
    assert len(source.asked) == 6


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://elsewhere.example/", "not at a source"),
        ("ftp://127.0.0.1/", "not at a source"),
        ("https://[", "no address"),
        ("http://127.0.0.1:99999/", "no address"),
        ("%s/a b", "no address"),
        ("%s/é", "no address"),
        ("%s/a\r\nX-Header: 1", "no address"),
    ],
)
def test_address_a_client_may_not_ask_is_refused(
    source: Source, client: Client, address: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        client.fetch(address.replace("%s", source.origin))
    assert source.asked == []


def test_address_with_a_password_is_refused(source: Source, client: Client) -> None:
    with pytest.raises(InputError, match="no address"):
        client.fetch(source.origin.replace("http://", "http://user:secret@"))


@pytest.mark.parametrize("origin", ["http://example.org", "ftp://example.org", "http://10.0.0.1", "x"])
def test_origin_without_https_is_no_origin(origin: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither https nor http on this machine"):
        Client([origin], tmp_path)


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """A name server with one answer."""

    def answer(host: str, port: int, **_: Any) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


@pytest.mark.parametrize("private", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::ffff:192.168.0.1"])
def test_source_whose_name_leads_into_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, private: str
) -> None:
    resolving(monkeypatch, "8.8.8.8", private)
    client = Client(["https://api.example.org"], tmp_path)
    with pytest.raises(InputError, match="leads into a private network"):
        client.fetch("https://api.example.org/data")


def test_connection_goes_to_the_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called: list[tuple[str, int]] = []

    def refuse(place: tuple[str, int], *_: object) -> socket.socket:
        called.append(place)
        raise ConnectionRefusedError

    resolving(monkeypatch, "8.8.8.8")
    monkeypatch.setattr(socket, "create_connection", refuse)
    client = Client(["https://api.example.org"], tmp_path, attempts=1)
    with pytest.raises(InputError, match="ConnectionRefusedError"):
        client.fetch("https://api.example.org/data")
    assert called == [("8.8.8.8", 443)]


@pytest.mark.parametrize("declared", [None, -1, 10**30])
def test_answer_that_is_too_large_is_refused_and_not_kept(
    source: Source, tmp_path: Path, declared: int | None
) -> None:
    source.replies = [Reply(body=b"x" * 2_000_001, declared=declared)]
    client = Client([source.origin], tmp_path, most_bytes=1_000_000)
    with pytest.raises(InputError, match="larger than 1 megabytes"):
        client.fetch(source.origin)
    assert sum(path.stat().st_size for path in tmp_path.iterdir() if path.suffix in {".body", ".part"}) == 0
    assert len(source.asked) == 1


def test_answer_in_an_encoding_nobody_asked_for_is_refused(source: Source, client: Client) -> None:
    source.replies = [Reply(body=b"zip", headers={"Content-Encoding": "gzip"})]
    with pytest.raises(InputError, match="an encoding that was not asked for"):
        client.fetch(source.origin)


@pytest.mark.parametrize("declared", [1_000, -1])
def test_server_that_takes_too_long_is_let_go(tmp_path: Path, declared: int) -> None:
    class Slow(Source):
        def finish_request(self, request: Any, _: Any) -> None:
            length = f"Content-Length: {declared}\r\n" if declared >= 0 else ""
            request.recv(10_000)
            request.sendall(f"HTTP/1.0 200 OK\r\n{length}\r\n".encode())
            try:
                for _ in range(100):
                    request.sendall(b".")
                    time.sleep(0.05)
            except OSError:
                pass

    server = Slow()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    client = Client([server.origin], tmp_path, attempts=1, seconds=0.3)
    with pytest.raises(InputError, match="took too long"):
        client.fetch(server.origin)
    assert list(tmp_path.glob("*.body")) == []
    server.shutdown()
    server.server_close()


def test_two_requests_to_an_origin_are_a_pause_apart(source: Source, tmp_path: Path) -> None:
    slept: list[float] = []
    source.answer = lambda _: Reply(body=b"x")
    client = Client([source.origin], tmp_path, pause=2.5, sleep=slept.append)
    for page in range(3):
        client.fetch(f"{source.origin}/{page}")
    assert 4.0 < sum(slept) <= 5.0


def test_download_is_stopped_by_whoever_listens(source: Source, client: Client) -> None:
    class Stop(BaseException):
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    source.replies = [Reply(body=b"x")]
    with pytest.raises(Stop):
        client.fetch(source.origin, progress=stop)


def test_damaged_notes_of_the_folder_are_as_none(source: Source, client: Client, tmp_path: Path) -> None:
    source.answer = lambda _: Reply(body=b"x")
    client.fetch(source.origin)
    (note,) = (tmp_path / "cache").glob("*.json")
    note.write_text('{"address": 1', encoding="utf-8")
    again = client.fetch(source.origin, max_age=60)
    assert (again.read(), again.asked) == (b"x", True)


def test_old_files_are_deleted_and_others_left(source: Source, client: Client, tmp_path: Path) -> None:
    source.answer = lambda _: Reply(body=b"x")
    client.fetch(f"{source.origin}/old")
    folder = tmp_path / "cache"
    (folder / "notes.txt").write_text("somebody's own")
    for path in folder.iterdir():
        os.utime(path, (time.time() - 5 * 86_400,) * 2)
    client.fetch(f"{source.origin}/new")
    assert tidy(folder, 2) == 3
    assert client.fetch(f"{source.origin}/new", max_age=60).asked is False
    assert (folder / "notes.txt").exists()
    assert tidy(tmp_path / "nowhere", 1) == 0
