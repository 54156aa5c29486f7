"""The person to ask stands nowhere but before owners and moderators: every public address is walked."""

import io
import json
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.stocktaking import Contact
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.forum.actions.editions import create_edition as create_forum
from actionlines_web.meetings.models import Meeting
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.stocktaking.actions.contacts import write_contact
from actionlines_web.stocktaking.models import Entry, EntryContact, Submission
from actionlines_web.stocktaking.queries.contacts import contact_of
from web.api.test_operations import ACCESS as OPERATIONS
from web.meetings.conftest import meeting
from web.results.conftest import a_framework
from web.stocktaking.full_entry import FULL
from web.ui.test_access import ACCESS

__all__ = ["meeting"]  # a fixture

ASKED = Contact("Zebedee Quux", "zebedee@quux.example")
# A word of the name, one of the address: neither may be seen, in whatever notation.
TRACES = (b"zebedee", b"quux")
TELLING = (
    *(f"/entries/export.{form}" for form in ("csv", "xlsx", "jsonl", "jsonld")),
    *(f"/reports/contribution/?language=en&format={form}" for form in ("json", "html", "docx", "pdf")),
)


@pytest.fixture
def entry(store: Callable[..., None]) -> Entry:
    store([FULL])
    entry = Entry.objects.get(identifier=FULL.id)
    write_contact(System(), entry, ASKED)
    return entry


def public_addresses(entry: Entry) -> list[str]:
    """Every address that answers anybody, with the entry that has a contact and its organisation where it names one."""
    pages = [path for path, method, visitor, *_ in ACCESS.values() if method == "get" and visitor == 200]
    answered = (
        path for path, method, _, visitor, *_ in OPERATIONS.values() if (method, visitor) == ("get", 200)
    )
    operations = [f"/api/v1{path}" for path in answered]
    named = [path.replace("/entries/a", f"/entries/{FULL.id}") for path in operations]
    return [
        *(path.replace("/a-1/", f"/{FULL.id}/").format(organisation=entry.organisation_id) for path in pages),
        *named,
        f"/entries/?q={FULL.title.split()[0]}",
        *TELLING,
    ]


def body(client: Client, path: str) -> bytes:
    """What an address answers, archives unpacked and pages of a PDF read."""
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        return "".join(page.get_textpage().get_text_range() for page in pages).encode()
    return content


@pytest.mark.django_db
def test_nothing_public_shows_the_contact(
    entry: Entry, client: Client, visitor: User, meeting: Meeting
) -> None:
    # Those that the addresses walked name.
    create_edition(System(), slug="2026", shipped="2026")
    create_forum(System(), slug="2026", shipped="demonstration")
    a_framework(entry.organisation_id)
    paths = public_addresses(entry)
    assert {f"/entries/{FULL.id}/", "/entries/feed.atom", f"/api/v1/entries/{FULL.id}"} <= set(paths)
    stranger = Client()
    stranger.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    for path in paths:
        for reader in (client, stranger):
            content = body(reader, path)
            for plain in (content, json.dumps(content.decode("utf-8", "replace")).encode()):
                assert not [trace for trace in TRACES if trace in plain.lower()], path


@pytest.mark.django_db
@pytest.mark.parametrize("path", TELLING)
def test_the_files_walked_do_tell_of_the_entry(entry: Entry, client: Client, path: str) -> None:
    assert FULL.title.encode() in body(client, path)


@pytest.mark.django_db
def test_search_does_not_find_an_entry_by_its_contact(entry: Entry, client: Client) -> None:
    for words in ("zebedee", "quux.example"):
        assert client.get("/api/v1/entries", {"q": words}).json()["items"] == []


@pytest.mark.django_db
def test_the_contact_is_shown_to_moderators(entry: Entry, client: Client, coordinator: User) -> None:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    content = body(client, f"/entries/{FULL.id}/").decode()
    assert ASKED.name in content
    assert f'href="mailto:{ASKED.email}"' in content


@pytest.mark.django_db
def test_the_contact_is_shown_to_whoever_submitted_the_entry(
    entry: Entry, client: Client, visitor: User
) -> None:
    Submission.objects.create(
        identifier=FULL.id, entry=entry, submitter=visitor, state=Submission.State.PUBLISHED
    )
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert ASKED.email in body(client, f"/entries/{FULL.id}/").decode()


@pytest.mark.django_db
def test_a_stranger_neither_writes_nor_takes_away_a_contact(entry: Entry, visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        write_contact(visitor, entry, Contact("Somebody else"))
    assert contact_of(entry) == ASKED


@pytest.mark.django_db
def test_the_trail_learns_that_it_changed_and_never_to_whom(entry: Entry) -> None:
    write_contact(System(), entry, ASKED)
    write_contact(System(), entry, Contact("Zebedee Quux the Younger"))
    write_contact(System(), entry, Contact())
    assert not EntryContact.objects.exists()
    assert contact_of(entry) == Contact()
    records = Record.objects.filter(verb="change contact")
    assert [record.detail for record in records] == [{}, {}, {}]
    for record in Record.objects.all():
        assert not [trace for trace in TRACES if trace.decode() in json.dumps(record.detail).lower()]
