"""Files of IATI from the bulk service: what is listed, what is fetched, what has changed, what cannot be had."""

import json
from pathlib import Path

import pytest

from actionlines.cli import main
from actionlines.connectors import Client, Fetched, iati
from actionlines.problems import InputError, Problem
from answering import Reply, Source

XML = b'<iati-activities version="2.03"><iati-activity/></iati-activities>'


def row(name: str, publisher: str, address: str | None) -> dict[str, object]:
    """A file as the service lists it."""
    return {
        "short_name": name,
        "reporting_org_short_name": publisher,
        "license_id": "cc-by",
        "last_known_good_dataset": {"cached_dataset_url_xml": address, "hash": "…"},
    }


@pytest.fixture
def client(source: Source, tmp_path: Path) -> Client:
    return Client([source.origin], tmp_path / "cache", pause=0.0, attempts=1)


@pytest.fixture
def service(source: Source) -> Source:
    """Three files of two publishers, and one that nobody could ever fetch."""
    rows = [
        row("b-2", "b", f"{source.origin}/b/b-2.xml"),
        row("b-1", "b", f"{source.origin}/b/b-1.xml"),
        row("a-1", "a", f"{source.origin}/a/a-1.xml"),
        row("lost", "a", None),
    ]
    listed = json.dumps({"index_created": "2026-10-08 16:52:06+00:00", "datasets": rows}).encode()
    bodies = {
        "/datasets-minimal": listed,
        "/b/b-2.xml": XML + b"<!-- 2 -->",
        "/b/b-1.xml": XML + b"<!-- 1 -->",
        "/a/a-1.xml": XML,
    }
    source.answer = lambda path: Reply(body=bodies[path]) if path in bodies else Reply(404)
    return source


def test_files_are_listed_by_publisher_and_name_without_those_nobody_has(
    service: Source, client: Client
) -> None:
    found = iati.datasets(client, service.origin)
    assert [(one.publisher, one.name, one.licence) for one in found] == [
        ("a", "a-1", "cc-by"),
        ("b", "b-1", "cc-by"),
        ("b", "b-2", "cc-by"),
    ]
    assert found[0].address == f"{service.origin}/a/a-1.xml"
    assert [one.name for one in iati.datasets(client, service.origin, ["b"])] == ["b-1", "b-2"]
    assert [path for path, _ in service.asked] == ["/datasets-minimal"]


def test_list_of_an_older_service_is_read(source: Source, client: Client) -> None:
    older = {
        "datasets": {
            "a-1": {"name": "a-1", "publisher_name": "a", "url_xml": f"{source.origin}/x", "url_zip": ""}
        }
    }
    source.replies = [Reply(body=json.dumps(older).encode())]
    assert iati.datasets(client, source.origin) == [iati.Dataset("a-1", "a", "", f"{source.origin}/x")]


def test_publisher_that_is_not_listed_is_named(service: Source, client: Client) -> None:
    with pytest.raises(InputError, match="no file of the publisher “c” is listed"):
        iati.datasets(client, service.origin, ["a", "c"])


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"datasets": [{"x": {}}]}', b'{"datasets": 3}', b"null"]
)
def test_what_is_no_list_is_refused(source: Source, client: Client, body: bytes) -> None:
    source.replies = [Reply(body=body)]
    if body == b'{"datasets": [{"x": {}}]}':
        assert iati.datasets(client, source.origin) == []
        return
    with pytest.raises(InputError, match="is no list of files of IATI"):
        iati.datasets(client, source.origin)


def test_file_that_cannot_be_had_costs_the_others_nothing(service: Source, client: Client) -> None:
    wanted = iati.datasets(client, service.origin, ["b"])
    gone = iati.Dataset("b-0", "b", "", f"{service.origin}/gone.xml")
    elsewhere = iati.Dataset("b-9", "b", "", "https://192.0.2.1/b.xml")
    found = list(iati.fetch_datasets(client, [gone, *wanted, elsewhere]))
    assert [type(one) for _, one in found] == [Problem, Fetched, Fetched, Problem]
    assert "was answered with the status 404" in str(found[0][1])
    assert "is not at a source that is configured here" in str(found[3][1])


def test_command_puts_files_in_place_and_takes_only_what_changed(
    service: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "corpus"
    words = ["download", "iati", str(folder), "--source", service.origin, "--format", "json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out) == {"files": 3, "changed": 3, "failed": 0}
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.xml"))
    assert names == ["a/a-1.xml", "b/b-1.xml", "b/b-2.xml"]
    assert (folder / "b" / "b-2.xml").read_bytes() == XML + b"<!-- 2 -->"
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out) == {"files": 3, "changed": 0, "failed": 0}


def test_command_says_what_it_could_not_have(
    service: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = service.answer
    service.answer = lambda path: Reply(410) if path == "/a/a-1.xml" else answers(path)
    assert main(["download", "iati", str(tmp_path / "corpus"), "--source", service.origin]) == 1
    said = capsys.readouterr()
    assert said.out == "3 files, 2 of them new or changed, 1 not to be had\n"
    assert "was answered with the status 410" in said.err


def test_names_of_publishers_lead_nowhere(
    source: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row("../../name", "../up", f"{source.origin}/x.xml"), row("..", "/", f"{source.origin}/y.xml")]
    source.replies = [Reply(body=json.dumps({"datasets": rows}).encode()), Reply(body=XML), Reply(body=XML)]
    folder = tmp_path / "deep" / "corpus"
    assert main(["download", "iati", str(folder), "--source", source.origin]) == 0
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.xml"))
    assert found == ["deep/corpus/unnamed/unnamed.xml", "deep/corpus/up/name.xml"]


def test_command_lists_with_licences(
    service: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "download",
        "iati",
        str(tmp_path / "corpus"),
        "--source",
        service.origin,
        "--publisher",
        "a",
        "--list",
    ]
    assert main(words) == 0
    assert capsys.readouterr().out == "a a-1 cc-by\n"
