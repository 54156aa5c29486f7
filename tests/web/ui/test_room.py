"""A machine without room: a page that says so, status 507, and nothing kept by half."""

import errno
import sqlite3
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError
from django.test import Client, override_settings

from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.models import EntryAttachment, ImportBatch, Submission
from actionlines_web.ui.room import is_full
from web.stocktaking.test_submissions import TEXT, written
from web.stocktaking.test_writing import form_of, signed_in

pytestmark = pytest.mark.django_db
WORDS = "The site has no room left at the moment"


class FullFile(TemporaryUploadedFile):
    """A file in a folder that is full after some bytes."""

    def write(self, data: bytes) -> None:
        self.file.write(data[:3])
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(params=["full", "gone"])
def no_room_for_uploads(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Every upload goes to a temporary folder that takes nothing."""
    folder = tmp_path / "uploads"
    if request.param == "full":
        folder.mkdir()
        monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", FullFile)
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=0, FILE_UPLOAD_TEMP_DIR=str(folder)):
        yield folder


def test_a_draft_is_not_saved_without_its_file(no_room_for_uploads: Path, visitor: User) -> None:
    draft = written(visitor)
    desk = signed_in(visitor)
    sent = {
        **form_of(desk, draft),
        **TEXT,
        "title": "Another",
        "attachment": SimpleUploadedFile("w.txt", b"words"),
    }
    answer = desk.post(f"/submissions/{draft.pk}/edit/", sent)
    assert answer.status_code == 507
    assert WORDS in answer.content.decode()
    assert (Submission.objects.get().version, EntryAttachment.objects.exists()) == (draft.version, False)
    assert not no_room_for_uploads.exists() or list(no_room_for_uploads.iterdir()) == []


def test_an_import_is_not_staged(no_room_for_uploads: Path, coordinator: User) -> None:
    answer = signed_in(coordinator).post(
        "/imports/", {"file": SimpleUploadedFile("a.csv", b"id,title\na,A\n")}
    )
    assert (answer.status_code, ImportBatch.objects.exists()) == (507, False)


def test_a_page_without_a_token_says_so_too(no_room_for_uploads: Path) -> None:
    answer = Client().post("/align/", {"file": SimpleUploadedFile("a.txt", b"words"), "language": "en"})
    assert answer.status_code == 507


def test_a_file_of_another_size_is_kept_as_ever(tmp_path: Path, coordinator: User) -> None:
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=0, FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        content = b"id,title,description\na,A,Words\n"
        answer = signed_in(coordinator).post("/imports/", {"file": SimpleUploadedFile("a.csv", content)})
    assert (answer.status_code, ImportBatch.objects.count()) == (302, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_of_the_database_is_said(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("database or disk is full") from cause

    monkeypatch.setattr("actionlines_web.stocktaking.actions.imports.write_record", full)
    content = b"id,title,description\na,A,Words\n"
    answer = signed_in(coordinator).post("/fr/imports/", {"file": SimpleUploadedFile("a.csv", content)})
    assert (answer.status_code, ImportBatch.objects.exists()) == (507, False)
    assert '<html lang="fr"' in answer.content.decode()


def test_a_database_that_is_really_full_is_known_as_such() -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "small.sqlite3")
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("CREATE TABLE t (x)")
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
        connection.close()
    error = OperationalError("full")
    error.__cause__ = caught.value
    assert is_full(error)


class DiskFullError(Exception):
    """What PostgreSQL's driver raises."""

    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "full"), True),
        (OSError(errno.EDQUOT, "quota"), True),
        (OSError(errno.EACCES, "denied"), False),
        (OperationalError("locked"), False),
        (ValueError("full"), False),
    ],
)
def test_only_a_full_disk_counts_as_one(error: Exception, full: bool) -> None:
    assert is_full(error) == full


def test_postgresql_says_it_with_a_state() -> None:
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFullError()
    assert is_full(error)
