"""Success stories: told by coordinators, with a picture drawn anew, gone with their entry."""

import errno
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from PIL import Image

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.stocktaking.actions import archive_entry, restore_entry
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stories.actions import Told, Upload, tell_story, withdraw_story
from actionlines_web.stories.models import Story
from actionlines_web.stories.pictures import LARGEST, LEAST_WIDTH, drawn
from web.conftest import an_entry

SUMMARY = "Forty clinics on nine islands now reach a doctor within the hour."
TOLD = Told(SUMMARY, "en", 2024, "A nurse before a screen")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def picture(form: str = "PNG", size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def upload(data: bytes | None = None, name: str = "p.png") -> Upload:
    content = picture() if data is None else data
    return Upload(name, len(content), lambda: content)


@pytest.fixture
def entry(store) -> Entry:
    store([an_entry("a", title="Telemedicine"), an_entry("b")])
    return Entry.objects.get(identifier="a")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_jpeg_of_its_own_size(form: str) -> None:
    made = drawn(picture(form), "p")
    with Image.open(BytesIO(made.data)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (made.width, made.height)) == ("JPEG", (640, 480))


def test_a_large_picture_becomes_smaller_and_keeps_its_shape() -> None:
    made = drawn(picture(size=(3200, 1600)), "p")
    assert (made.width, made.height) == (LARGEST[0], LARGEST[0] // 2)


def test_what_a_camera_noted_is_taken_out_and_the_picture_stands_upright() -> None:
    noted = Image.Exif()
    noted[0x0112] = 6  # turned by a quarter
    noted[0x010F] = "Camera of Ada"
    made = drawn(picture("JPEG", exif=noted), "p")
    assert (made.width, made.height) == (480, 640)
    assert b"Ada" not in made.data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture("GIF"),
        picture()[:200],
        picture(size=(LEAST_WIDTH - 1, 400)),
        picture(size=(50_000, 900)),
    ],
    ids=["empty", "svg", "gif", "broken", "small", "bomb"],
)
def test_what_is_no_usable_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        drawn(data, "p")
    assert [problem.column for problem in error.value.problems] == ["picture"]


@pytest.mark.django_db
def test_only_coordinators_tell_and_take_back(entry: Entry, visitor: User, coordinator: User) -> None:
    with pytest.raises(PermissionDenied):
        tell_story(visitor, "a", TOLD, upload())
    tell_story(coordinator, "a", TOLD, upload())
    with pytest.raises(PermissionDenied):
        withdraw_story(visitor, "a")
    assert Story.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "columns"),
    [
        (Told("Too short", "en", 2024, "A nurse"), ["summary"]),
        (Told(SUMMARY + " “It works”", "en", 2024, "A nurse"), ["summary"]),
        (Told(SUMMARY, "en", 2024, "  "), ["alternative"]),
        (Told(SUMMARY, "xx", 1900, "A nurse"), ["language", "year"]),
    ],
)
def test_words_that_cannot_be_used_are_named_and_nothing_is_kept(
    entry: Entry, coordinator: User, told: Told, columns: list[str]
) -> None:
    with pytest.raises(InputError) as error:
        tell_story(coordinator, "a", told, upload())
    assert [problem.column for problem in error.value.problems] == columns
    assert Story.objects.count() == 0


@pytest.mark.django_db
def test_a_story_needs_a_picture_but_a_change_does_not(
    entry: Entry, coordinator: User, django_capture_on_commit_callbacks
) -> None:
    with pytest.raises(InputError):
        tell_story(coordinator, "a", TOLD, None)
    first = tell_story(coordinator, "a", TOLD, upload()).picture.name
    same = tell_story(coordinator, "a", Told(SUMMARY, "en", 2025, "Another nurse"), None)
    assert (same.picture.name, same.year) == (first, 2025)
    with django_capture_on_commit_callbacks(execute=True):
        second = tell_story(coordinator, "a", TOLD, upload()).picture.name
    assert not default_storage.exists(first)
    assert default_storage.exists(second)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(coordinator, "a")
    assert not default_storage.exists(second)
    verbs = Record.objects.filter(object_type="stories.story").order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == ["create", "change", "change", "delete"]


@pytest.mark.django_db
def test_no_picture_stays_when_the_story_does_not(entry: Entry, coordinator: User) -> None:
    before = set(default_storage.listdir("stories")[1]) if default_storage.exists("stories") else set()
    with pytest.raises(LookupError):
        tell_story(coordinator, "no-such", TOLD, upload())
    after = set(default_storage.listdir("stories")[1]) if default_storage.exists("stories") else set()
    assert after == before


@pytest.mark.django_db
def test_a_full_disk_is_said_and_nothing_is_kept(
    entry: Entry, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(InputError) as error:
        tell_story(coordinator, "a", TOLD, upload())
    assert "no room" in str(error.value.problems[0])
    assert Story.objects.count() == 0


@pytest.mark.django_db
def test_a_story_shows_on_its_pages_in_the_feed_the_filter_and_the_api(
    entry: Entry, coordinator: User, client: Client
) -> None:
    unread = client.get("/api/v1/entries/a")
    assert unread.json()["story"] is None
    tell_story(coordinator, "a", TOLD, upload())
    assert "Telemedicine" in client.get("/stories/").text
    detail = client.get("/stories/a/").text
    assert SUMMARY in detail
    assert 'alt="A nurse before a screen"' in detail
    shown = client.get("/stories/a/picture.jpg")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    with Image.open(BytesIO(b"".join(shown.streaming_content))) as opened:
        assert opened.format == "JPEG"
    feed = etree.fromstring(client.get("/stories/feed.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [item.findtext(f"{atom}summary") for item in feed.iter(f"{atom}entry")] == [SUMMARY]
    listed = client.get("/api/v1/entries?story=yes").json()["items"]
    assert [(item["id"], item["story"]) for item in listed] == [("a", "http://testserver/stories/a/")]
    read = client.get("/api/v1/entries/a")
    assert read.json()["story"] == "http://testserver/stories/a/"
    assert read["ETag"] != unread["ETag"]
    assert 'href="/stories/a/"' in client.get("/entries/a/").text
    lines = b"".join(client.get("/entries/export.jsonl?story=yes").streaming_content).decode()
    assert '"story": "http://testserver/stories/a/"' in lines


@pytest.mark.django_db
def test_the_story_of_an_archived_entry_disappears_and_comes_back_with_it(
    entry: Entry, coordinator: User, client: Client
) -> None:
    tell_story(coordinator, "a", TOLD, upload())
    archive_entry(coordinator, entry, "twice")
    assert client.get("/stories/a/").status_code == 404
    assert client.get("/stories/a/picture.jpg").status_code == 404
    assert "Telemedicine" not in client.get("/stories/").text
    assert "Telemedicine" not in client.get("/stories/feed.atom").text
    assert client.get("/api/v1/entries?story=yes").json()["items"] == []
    restore_entry(coordinator, entry)
    assert client.get("/stories/a/").status_code == 200


@pytest.mark.django_db
def test_the_form_tells_changes_and_takes_back(entry: Entry, coordinator: User, client: Client) -> None:
    client.force_login(coordinator, backend=BACKEND)
    assert 'href="/stories/a/tell/"' in client.get("/entries/a/").text
    given = {"summary": SUMMARY, "language": "en", "year": "2024", "alternative": "A nurse"}
    assert client.post("/stories/a/tell/", given).status_code == 422
    file = SimpleUploadedFile("<x>.png", picture(), "text/html")
    answer = client.post("/stories/a/tell/", {**given, "picture": file})
    assert (answer.status_code, answer["Location"]) == (302, "/stories/a/")
    quoting = client.post("/stories/a/tell/", {**given, "summary": SUMMARY + " “It works”"})
    assert quoting.status_code == 422
    assert "“It works”" in quoting.text
    assert client.post("/stories/a/withdraw/").status_code == 302
    assert client.get("/stories/a/").status_code == 404
