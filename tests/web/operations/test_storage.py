"""Files in a bucket: the site's own processes against an object storage on this machine."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import pytest

from actionlines_web import config
from web.operations.test_backup import backed_up, site

boto3 = pytest.importorskip("boto3", reason="the extra actionlines[storage] is not installed")
server = pytest.importorskip("moto.server", reason="there is no object storage to try against")
ADDRESS = "s3+https://key:se%2Fcret@s3.example.org/files"

ATTACH = """

from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import start_submission
from actionlines_web.stocktaking.actions.attachments import attach_file
from actionlines_web.stocktaking.models import EntryAttachment
user = ensure_user(System(), email="a@example.org", name="A", roles=())
made = start_submission(user)
text = "A plan, école.".encode()
kept = attach_file(user, made, "plan.txt", len(text), lambda: text)
print(kept.file.name)
"""
READ = """
from actionlines_web.stocktaking.models import EntryAttachment
print(EntryAttachment.objects.get().file.open("rb").read().decode())
"""


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """The address of an object storage."""
    made = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"{host}:{port}"
    made.stop()


@pytest.fixture
def bucket(storage: str, environment: dict[str, str]) -> object:
    """A new bucket, in which the site keeps its files."""
    name = f"files-{uuid4().hex[:12]}"
    client = boto3.resource(
        "s3",
        endpoint_url=f"http://{storage}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    environment["ACTIONLINES_STORAGE_URL"] = f"s3+http://key:secret@{storage}/{name}/site?region=us-east-1"
    environment["AWS_EC2_METADATA_DISABLED"] = "true"
    return client.create_bucket(Bucket=name)


def keys(bucket: object) -> list[str]:
    return sorted(item.key for item in bucket.objects.all())  # type: ignore[attr-defined]


def test_an_attachment_lies_in_the_bucket_and_is_read_from_there(
    bucket: object, run: Callable[[str], str], tmp_path: Path
) -> None:
    name = run(ATTACH)
    assert keys(bucket) == [f"site/media/{name}"]
    assert not (tmp_path / "media").exists()
    assert run(READ) == "A plan, école."
    run(
        "from actionlines_web.stocktaking.actions.attachments import *\nremove_attachment(EntryAttachment.objects.get())"
    )
    assert keys(bucket) == []


EXPORT = """
from actionlines.stocktaking import Entry
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import order_export, store_entries
from actionlines_web.stocktaking.queries import EntryQuery
user = ensure_user(System(), email="a@example.org", name="A", roles=())
store_entries(System(), [Entry(id="p-1", title="One", description="Nothing of note.")])
order_export(user, "csv", EntryQuery())
import sys
from contextlib import redirect_stdout
from django.core.management import call_command
with redirect_stdout(sys.stderr):
    call_command("work", "--until-empty")
from django.test import Client
browser = Client(SERVER_NAME="localhost")
browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
from actionlines_web.stocktaking.models import ExportFile
key = ExportFile.objects.get().key
content = b"".join(browser.get(f"/exports/{key}/").streaming_content).decode()
print(key, content.splitlines()[1].split(",")[0], sep="|")
"""


def test_a_file_a_worker_made_is_given_out_from_the_bucket_and_removed_with_its_row(
    bucket: object, run: Callable[[str], str], tmp_path: Path
) -> None:
    key, first = run(EXPORT).split("|")
    assert first == "p-1"
    assert keys(bucket) == [f"site/exports/{key}.csv"]
    assert list((tmp_path / "exports").iterdir()) == []
    run(
        "from actionlines_web.stocktaking.actions import delete_export\n"
        "from actionlines_web.stocktaking.models import ExportFile\n"
        "found = ExportFile.objects.get()\n"
        "delete_export(found.owner, found.key)"
    )
    assert keys(bucket) == []


def test_a_backup_holds_the_bucket_and_a_restore_fills_it(
    bucket: object, environment: Mapping[str, str], run: Callable[[str], str], tmp_path: Path
) -> None:
    name = run(ATTACH)
    made = backed_up(environment, tmp_path / "backups")
    bucket.objects.all().delete()  # type: ignore[attr-defined]
    bucket.put_object(Key="site/media/later.txt", Body=b"later")  # type: ignore[attr-defined]
    done = site(environment, "restore", str(made), "--replace")
    assert done.returncode == 0, done.stderr
    assert keys(bucket) == [f"site/media/{name}", "site/media/later.txt"]
    assert run(READ) == "A plan, école."


def test_a_storage_that_is_away_is_said_and_nothing_stays_half(
    bucket: object, environment: dict[str, str], run: Callable[[str], str]
) -> None:
    environment["ACTIONLINES_STORAGE_URL"] = "s3+http://key:secret@127.0.0.1:9/files"
    environment["AWS_MAX_ATTEMPTS"] = "1"
    said = run(
        ATTACH.replace(
            "kept = attach_file", "from actionlines.problems import InputError\ntry:\n    attach_file"
        ).replace(
            "print(kept.file.name)",
            "except InputError as error:\n    print(error.problems[0].message)\nprint(EntryAttachment.objects.count())",
        )
    )
    assert said.splitlines() == [
        "the file could not be stored: the site has no room for it at the moment.",
        "0",
    ]


def test_an_address_is_taken_apart() -> None:
    options = config.Storage(f"{ADDRESS}/a%20b/c?region=eu-west-1").settings("media")["OPTIONS"]
    assert options == {
        "endpoint_url": "https://s3.example.org",
        "access_key": "key",
        "secret_key": "se/cret",
        "bucket_name": "files",
        "location": "a b/c/media",
        "signature_version": "s3v4",
        "addressing_style": "path",
        "default_acl": None,
        "file_overwrite": False,
        "region_name": "eu-west-1",
    }


@pytest.mark.parametrize(
    "url",
    ["s3://key:secret@host/files", "s3+https://host/files", "s3+https://key:secret@host", "/srv/files"],
)
def test_an_address_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(config.ConfigurationError, match=r"expected s3\+https://KEY:SECRET@HOST/BUCKET"):
        config.Storage(url).settings("media")


def test_a_missing_extra_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "find_spec", lambda _: None)
    with pytest.raises(config.ConfigurationError, match=r"pip install 'actionlines\[storage\]'"):
        config.Storage(ADDRESS).settings("media")


@pytest.mark.parametrize("value", ["pool:0", "moon", "tcp://host"])
def test_an_engine_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ACTIONLINES_ENGINE", value)
    with pytest.raises(config.ConfigurationError, match=r"ACTIONLINES_ENGINE=.*expected local, pool, pool:4"):
        config.engine("ACTIONLINES_ENGINE")


def test_an_import_is_the_same_whatever_the_engine(
    environment: dict[str, str], run: Callable[[str], str]
) -> None:
    code = """
from actionlines.stocktaking import Entry
from actionlines_web.stocktaking.actions.entries import align_entries
subjects = ("Farmers learn of prices", "Girls go to school", "Wells give clean water", "Telemedicine in villages")
entries = [Entry(id=f"p-{n}", title=f"Project {n}", description=subjects[n % 4], language="en", lines=("C2",)) for n in range(230)]
told = []
found = align_entries(entries, lambda done, total: told.append((done, total)))
print([(key, [(link.framework, link.node, link.probability) for link in links]) for key, links in found.items()])
print(told)
"""
    here = run(f"if __name__ == '__main__':\n{code}".replace("\n", "\n    "))
    environment["ACTIONLINES_ENGINE"] = "pool:2"
    assert run(f"if __name__ == '__main__':\n{code}".replace("\n", "\n    ")) == here
    assert here.splitlines()[1] == "[(0, 230), (50, 230), (100, 230), (150, 230), (200, 230)]"
