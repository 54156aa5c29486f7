"""Files beside entries: taken whole or not at all, looked at, given out as downloads to who may have them."""

import errno
import sys
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from actionlines.problems import InputError
from actionlines_web import config
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.stocktaking.actions import delete_submission, start_submission, take_step
from actionlines_web.stocktaking.actions.attachments import (
    MOST,
    attach_file,
    detach_file,
    scan_attachment,
)
from actionlines_web.stocktaking.models import EntryAttachment, Submission
from actionlines_web.stocktaking.scanning import ScanFailedError, is_clean
from web.stocktaking.test_submissions import TEXT, moderator, person, submitted, written
from web.stocktaking.test_writing import form_of, signed_in

__all__ = ["moderator"]
WORDS = b"Words that stand in a file."


def attached(owner: User, draft: Submission, name: str = "words.txt", data: bytes = WORDS) -> EntryAttachment:
    """A file beside the draft."""
    return attach_file(owner, draft, name, len(data), lambda: data)


def address(attachment: EntryAttachment) -> str:
    """Where the file is given out."""
    return f"/files/{attachment.key}/{attachment.name}"


def says_clean(file: object) -> bool:
    """A scanner of a site's own that finds nothing."""
    return True


def says_refused(file: object) -> bool:
    """A scanner of a site's own that finds something in everything."""
    return False


class FullDisk(FileSystemStorage):
    """A storage whose disk is full half way through a file."""

    def _save(self, name, content):
        half = Path(self.location) / name
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content.read(5))
        raise OSError(errno.ENOSPC, "No space left on device")


def folder_of(path: Path, backend: str = "django.core.files.storage.FileSystemStorage") -> dict[str, object]:
    """Settings under which files are kept in a folder."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return {"default": {"BACKEND": backend, "OPTIONS": {"location": str(path)}}, "staticfiles": static}


def files_in(path: Path) -> list[Path]:
    """Every file in a folder, at whatever depth."""
    return [item for item in path.rglob("*") if item.is_file()]


@pytest.mark.django_db
def test_a_file_is_its_owners_until_the_entry_is_published(visitor: User, moderator: User) -> None:
    draft = written(visitor)
    kept = attached(visitor, draft)
    stranger, anybody = signed_in(person("stranger")), Client()
    assert signed_in(visitor).get(address(kept)).getvalue() == WORDS
    assert [client.get(address(kept)).status_code for client in (stranger, anybody)] == [404, 404]
    take_step(moderator, take_step(visitor, draft, "submit"), "publish")
    answer = anybody.get(address(kept))
    assert answer.getvalue() == WORDS
    assert {
        name: answer[name] for name in ("Content-Disposition", "Content-Security-Policy", "Content-Type")
    } == {
        "Content-Disposition": 'attachment; filename="words.txt"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Type": "text/plain; charset=utf-8",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    entry_page = anybody.get(f"/entries/{draft.identifier}/").content.decode()
    assert address(kept) in entry_page


@pytest.mark.django_db
def test_a_file_of_an_archived_entry_is_no_longer_public(visitor: User, moderator: User) -> None:
    draft = written(visitor)
    kept = attached(visitor, draft)
    entry = take_step(moderator, take_step(visitor, draft, "submit"), "publish").entry
    entry.archived_at = entry.created_at
    entry.save()
    assert Client().get(address(kept)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00", b"<script>alert(1)</script>"])
def test_a_file_of_another_kind_leaves_nothing_behind(visitor: User, tmp_path: Path, data: bytes) -> None:
    with override_settings(STORAGES=folder_of(tmp_path)), pytest.raises(InputError):
        attached(visitor, start_submission(visitor), "words.txt", data)
    assert not EntryAttachment.objects.exists()
    assert files_in(tmp_path) == []


@pytest.mark.django_db
def test_a_file_too_large_is_not_even_read(visitor: User) -> None:
    def unread() -> bytes:
        raise AssertionError("it was read")

    with override_settings(ATTACHMENT_LIMIT_BYTES=1024**2), pytest.raises(InputError) as error:
        attach_file(visitor, start_submission(visitor), "large.txt", 1024**2 + 1, unread)
    assert error.value.problems[0].expectation == "at most 1 MB."


@pytest.mark.django_db
def test_one_file_too_many_is_refused(visitor: User) -> None:
    draft = start_submission(visitor)
    for number in range(MOST):
        attached(visitor, draft, f"{number}.txt")
    with pytest.raises(InputError):
        attached(visitor, draft)
    assert EntryAttachment.objects.count() == MOST


@pytest.mark.django_db
def test_a_full_disk_is_said_and_nothing_stays_half_written(visitor: User, tmp_path: Path) -> None:
    draft = start_submission(visitor)
    desk = signed_in(visitor)
    sent = {**form_of(desk, draft), **TEXT, "attachment": SimpleUploadedFile("words.txt", WORDS)}
    with override_settings(STORAGES=folder_of(tmp_path, "web.stocktaking.test_attachments.FullDisk")):
        answer = desk.post(f"/submissions/{draft.pk}/edit/", sent)
    assert answer.status_code == 507
    assert "has no room for it" in answer.content.decode()
    assert files_in(tmp_path) == []
    assert not EntryAttachment.objects.exists()
    draft.refresh_from_db()
    assert draft.fields["description"] == TEXT["description"]


@pytest.mark.django_db
def test_a_file_whose_row_cannot_be_written_is_removed(
    visitor: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the trail is gone")

    monkeypatch.setattr("actionlines_web.stocktaking.actions.attachments.write_record", broken)
    with override_settings(STORAGES=folder_of(tmp_path)):
        draft = start_submission(visitor)
        with pytest.raises(RuntimeError):
            attached(visitor, draft)
    assert files_in(tmp_path) == []
    assert not EntryAttachment.objects.exists()


@pytest.mark.django_db
def test_the_form_attaches_and_takes_away(visitor: User, django_capture_on_commit_callbacks) -> None:
    draft = written(visitor)
    desk = signed_in(visitor)
    upload = SimpleUploadedFile("../../réseau.png", b"\x89PNG\r\n\x1a\n")
    desk.post(f"/submissions/{draft.pk}/edit/", {**form_of(desk, draft), "attachment": upload, "attach": "1"})
    kept = EntryAttachment.objects.get()
    assert (kept.name, kept.kind, kept.scan) == ("réseau.png", "png", "clean")
    assert kept.name in desk.get(f"/submissions/{draft.pk}/edit/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/submissions/{draft.pk}/edit/", {**form_of(desk, draft), "detach": kept.pk})
    assert not EntryAttachment.objects.exists()
    assert not default_storage.exists(kept.file.name)


@pytest.mark.django_db
def test_an_upload_past_every_limit_keeps_the_text(visitor: User) -> None:
    draft = start_submission(visitor)
    desk = signed_in(visitor)
    large = SimpleUploadedFile("large.txt", b"x" * 4096)
    with override_settings(UPLOAD_LIMIT_BYTES=1024):
        answer = desk.post(
            f"/submissions/{draft.pk}/edit/", {**form_of(desk, draft), **TEXT, "attachment": large}
        )
    assert answer.status_code == 422
    assert not EntryAttachment.objects.exists()
    draft.refresh_from_db()
    assert draft.fields == TEXT


@pytest.mark.django_db
def test_a_published_file_goes_only_when_the_change_is_published(
    visitor: User, moderator: User, django_capture_on_commit_callbacks
) -> None:
    draft = written(visitor)
    kept = attached(visitor, draft)
    entry = take_step(moderator, take_step(visitor, draft, "submit"), "publish").entry
    change = start_submission(visitor, entry=entry)
    detach_file(visitor, change, kept.pk)
    added = attached(visitor, change, "more.txt")
    assert [Client().get(address(item)).status_code for item in (kept, added)] == [200, 404]
    with django_capture_on_commit_callbacks(execute=True):
        take_step(moderator, take_step(visitor, change, "submit"), "publish")
    assert [Client().get(address(item)).status_code for item in (kept, added)] == [404, 200]
    assert not default_storage.exists(kept.file.name)


@pytest.mark.django_db
def test_only_an_owner_attaches_and_only_to_a_draft(visitor: User) -> None:
    waiting = submitted(visitor)
    with pytest.raises(PermissionDenied):
        attached(person("stranger"), waiting)
    with pytest.raises(ValueError, match="is submitted"):
        attached(visitor, waiting)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scanner", "state", "status"), [("clean", "clean", 200), ("refused", "refused", 404)]
)
def test_a_file_waits_until_the_scanner_has_spoken(
    visitor: User, scanner: str, state: str, status: int
) -> None:
    desk = signed_in(visitor)
    with override_settings(SCAN=f"web.stocktaking.test_attachments:says_{scanner}"):
        kept = attached(visitor, written(visitor))
        assert (kept.scan, desk.get(address(kept)).status_code) == ("waiting", 404)
        scan_attachment.func(attachment_id=kept.pk)
        scan_attachment.func(attachment_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.scan, desk.get(address(kept)).status_code) == (state, status)


@pytest.mark.parametrize(
    ("code", "verdict"),
    [("0 if b'Words' in sys.stdin.buffer.read() else 2", True), ("1", False)],
)
def test_a_command_reads_the_file_and_answers_by_its_status(code: str, verdict: bool, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(WORDS)
    command = [sys.executable, "-c", f"import sys; sys.exit({code})"]
    with override_settings(SCAN=command), path.open("rb") as file:
        assert is_clean(file) is verdict


@pytest.mark.parametrize("command", [[sys.executable, "-c", "raise SystemExit(2)"], ["/no/such/scanner"]])
def test_a_scanner_without_a_verdict_lets_nothing_through(command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(WORDS)
    with override_settings(SCAN=command), path.open("rb") as file, pytest.raises(ScanFailedError):
        is_clean(file)


@pytest.mark.django_db
def test_files_left_over_by_a_scanner_out_of_order_are_looked_at_by_a_command(visitor: User) -> None:
    broken = [sys.executable, "-c", "raise SystemExit(2)"]
    with override_settings(SCAN=broken):
        kept = attached(visitor, written(visitor))
        with pytest.raises(CommandError, match="no verdict on 1 files"):
            call_command("scan_attachments")
    assert EntryAttachment.objects.get().scan == "waiting"
    with override_settings(SCAN="web.stocktaking.test_attachments:says_refused"):
        call_command("scan_attachments")
    kept.refresh_from_db()
    assert kept.scan == "refused"


@pytest.mark.django_db
def test_with_a_host_of_their_own_files_leave_the_site(visitor: User, moderator: User) -> None:
    draft = written(visitor)
    kept = attached(visitor, draft)
    hosts = ["testserver", "files.example.org"]
    files = {"HTTP_HOST": "files.example.org"}
    with override_settings(FILES_ADDRESS="https://files.example.org", ALLOWED_HOSTS=hosts):
        desk = signed_in(visitor)
        leads = desk.get(address(kept)).url
        assert leads.startswith(f"https://files.example.org{address(kept)}?pass=")
        stranger = Client()
        assert stranger.get(address(kept)).status_code == 404
        passed = leads.removeprefix("https://files.example.org")
        assert stranger.get(passed, **files).getvalue() == WORDS
        assert stranger.get(address(kept), **files).status_code == 404
        assert stranger.get(passed + "x", **files).status_code == 404
        # No page of the site and nothing static on that host.
        for path in ("/", "/sign-in/", "/health", "/api/v1/entries", "/static/ui/site.css"):
            assert stranger.get(path, **files).status_code == 404
        take_step(moderator, take_step(visitor, draft, "submit"), "publish")
        assert Client().get(address(kept)).url == f"https://files.example.org{address(kept)}"
        assert stranger.get(address(kept), **files).getvalue() == WORDS


@pytest.mark.parametrize("value", ["no-such-command --x", "no.such.module:scan"])
def test_a_scanner_that_is_not_there_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONLINES_SCAN", value)
    with pytest.raises(config.ConfigurationError, match="there is no"):
        config.scanner("ACTIONLINES_SCAN")


@pytest.mark.parametrize("value", ["files.example.org", "ftp://files.example.org", "https://x.org/files"])
def test_an_address_of_files_that_is_none_stops_the_start(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTIONLINES_FILES_ADDRESS", value)
    with pytest.raises(config.ConfigurationError, match="expected an address"):
        config.address("ACTIONLINES_FILES_ADDRESS")


@pytest.mark.parametrize(
    ("value", "rule"),
    [("", (150, 200, "warning")), ("100-300", (100, 300, "warning")), ("5–9 error", (5, 9, "error"))],
)
def test_the_rule_of_words_comes_from_the_environment(
    value: str, rule: tuple[int, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTIONLINES_DESCRIPTION_WORDS", value)
    found = config.word_rule("ACTIONLINES_DESCRIPTION_WORDS", config.WordRule(150, 200))
    assert (found.least, found.most, found.severity) == rule


@pytest.mark.parametrize("value", ["many", "200-150", "1-2 perhaps", "150"])
def test_a_rule_of_words_that_is_none_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONLINES_DESCRIPTION_WORDS", value)
    with pytest.raises(config.ConfigurationError, match="expected a range"):
        config.word_rule("ACTIONLINES_DESCRIPTION_WORDS", config.WordRule(150, 200))


@pytest.mark.django_db
def test_deleting_a_draft_removes_its_files_once_that_stands(
    visitor: User, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    with override_settings(STORAGES=folder_of(tmp_path)):
        draft = written(visitor)
        attached(visitor, draft)
        attached(visitor, draft, "more.txt")
        with django_capture_on_commit_callbacks(execute=False) as later:
            answer = signed_in(visitor).post(f"/submissions/{draft.pk}/delete/")
        assert (answer.status_code, Submission.objects.count(), EntryAttachment.objects.count()) == (
            302,
            0,
            0,
        )
        assert len(files_in(tmp_path)) == 2
        for remove in later:
            remove()
    assert files_in(tmp_path) == []
    record = Record.objects.order_by("sequence").last()
    assert (record.verb, record.object_id) == ("delete", str(draft.pk))


@pytest.mark.django_db
def test_what_the_moderators_have_is_not_deleted_and_what_was_withdrawn_is(
    visitor: User, moderator: User
) -> None:
    draft = submitted(visitor)
    with pytest.raises(ValueError, match="is submitted"):
        delete_submission(visitor, draft)
    with pytest.raises(PermissionDenied):
        delete_submission(person("stranger"), draft)
    desk = signed_in(visitor)
    assert "Delete it for good" not in desk.get(f"/submissions/{draft.pk}/").content.decode()
    desk.post(f"/submissions/{draft.pk}/delete/")
    assert Submission.objects.get().state == "submitted"
    withdrawn = take_step(visitor, draft, "withdraw")
    assert "Delete it for good" in desk.get(f"/submissions/{draft.pk}/").content.decode()
    delete_submission(visitor, withdrawn)
    assert not Submission.objects.exists()
