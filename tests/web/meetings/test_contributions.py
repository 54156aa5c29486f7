"""Contributions: numbered when sent in, late after the deadline, revised in the open, for the eyes they are meant for."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.meetings import actions, queries
from actionlines_web.meetings.models import Contribution, Meeting, PaperFile
from actionlines_web.meetings.queries import DocumentQuery
from actionlines_web.organisations.models import Organisation
from web.meetings.conftest import WORDS


def sent(member: User, meeting: Meeting, organisation: int, **options: Any) -> Contribution:
    """A contribution that was sent in."""
    made = actions.start_contribution(member, meeting, organisation)
    actions.save_words(member, made.pk, "en", WORDS, **options)
    return actions.submit_contribution(member, made.pk)


def found(user: Any, **params: str) -> list[int]:
    """The numbers of the documents that a list shows somebody, the newest first."""
    page, _ = queries.page_of_documents(user, DocumentQuery.from_params(params))
    return [item.number for item in page]


def test_numbers_are_given_in_the_order_of_sending(
    member: User, ministry: Organisation, meeting: Meeting, draft: Contribution
) -> None:
    first = sent(member, meeting, ministry.pk)
    second = actions.submit_contribution(member, draft.pk)
    assert [first.code, second.code] == ["TDAG-27/1", "TDAG-27/2"]
    actions.withdraw_contribution(member, second.pk)
    assert sent(member, meeting, ministry.pk).code == "TDAG-27/3"


@pytest.mark.parametrize(("days", "late"), [(13, False), (15, True)])
def test_a_document_after_the_deadline_is_late(
    member: User, draft: Contribution, days: int, late: bool
) -> None:
    made = actions.submit_contribution(member, draft.pk, timezone.now() + timedelta(days=days))
    assert made.late is late
    assert found(member, late="1") == ([1] if late else [])


def test_after_the_last_day_nothing_is_taken(member: User, draft: Contribution, meeting: Meeting) -> None:
    with pytest.raises(InputError, match="the meeting is over"):
        actions.submit_contribution(member, draft.pk, timezone.now() + timedelta(days=40))
    meeting.last_day = meeting.first_day = timezone.localdate() - timedelta(days=1)
    meeting.save()
    with pytest.raises(InputError, match="the meeting is over"):
        actions.start_contribution(member, meeting, draft.organisation_id)


def test_a_change_of_what_was_sent_in_is_a_revision_and_the_first_form_stays(
    client: Client, member: User, draft: Contribution
) -> None:
    actions.submit_contribution(member, draft.pk)
    actions.save_words(member, draft.pk, "en", WORDS, item="2.1")
    assert Contribution.objects.get().revision == 0
    made = actions.save_words(member, draft.pk, "fr", {**WORDS, "title": "Relier les îles"}, item="2.1")
    assert made.code == "TDAG-27/1(Rev.1)"
    kept = [[words["language"] for words in item.words] for item in made.revisions.all()]
    assert kept == [["en"], ["en", "fr"]]
    text = client.get(f"/meetings/contributions/{draft.pk}/revisions/0/").text
    assert ("Connecting islands" in text, "Relier" in text) == (True, False)
    assert "Relier les îles" in client.get(f"/fr/meetings/contributions/{draft.pk}/").text
    assert "Connecting islands" in client.get(f"/ar/meetings/contributions/{draft.pk}/").text


def test_drafts_are_for_their_organisation_and_restricted_ones_for_members(
    client: Client,
    member: User,
    other: User,
    coordinator: User,
    visitor: User,
    draft: Contribution,
    meeting: Meeting,
) -> None:
    address = f"/meetings/contributions/{draft.pk}/"

    def seen(user: User | None) -> tuple[bool, bool, bool]:
        client.logout()
        if user:
            client.force_login(user)
        listed = "Connecting islands" in client.get("/meetings/documents/?q=telemed").text
        return (
            client.get(address).status_code == 200,
            listed,
            "islands" in client.get("/meetings/tdag-27/").text,
        )

    everybody = (None, visitor, other, coordinator, member)
    assert [seen(user) for user in everybody] == [(False,) * 3] * 4 + [(True,) * 3]
    actions.save_words(member, draft.pk, "en", WORDS, item="2.1", restricted=True)
    actions.submit_contribution(member, draft.pk)
    assert [seen(user) for user in everybody] == [(False,) * 3] * 2 + [(True,) * 3] * 3
    feed = "/meetings/tdag-27/documents.atom"
    client.force_login(member)
    assert "islands" not in client.get(feed).text
    actions.save_words(member, draft.pk, "en", WORDS, item="2.1")
    assert [seen(user) for user in everybody] == [(True,) * 3] * 5
    assert "TDAG-27/1 Connecting islands" in client.get(feed).text
    assert "TDAG-27/1 Connecting islands" in client.get("/meetings/documents.atom").text


def test_nobody_writes_for_another_organisation(
    other: User, visitor: User, coordinator: User, draft: Contribution
) -> None:
    for user in (other, visitor, coordinator):
        for refused in (
            lambda user=user: actions.start_contribution(user, draft.meeting, draft.organisation_id),
            lambda user=user: actions.save_words(user, draft.pk, "en", WORDS),
            lambda user=user: actions.submit_contribution(user, draft.pk),
            lambda user=user: actions.withdraw_contribution(user, draft.pk),
            lambda user=user: actions.add_paper_file(user, draft.pk, "en", "a.txt", 1, lambda: b"a"),
            lambda user=user: actions.remove_paper_file(user, draft.pk, 1),
        ):
            with pytest.raises(PermissionDenied):
                refused()


@pytest.mark.parametrize(
    ("change", "options", "column"),
    [
        ({"title": " "}, {}, "title"),
        ({"summary": ""}, {}, "summary"),
        ({"action": "x" * 5_001}, {}, "action"),
        ({}, {"item": "9"}, "item"),
    ],
)
def test_texts_without_sense_are_refused(
    member: User, draft: Contribution, change: dict[str, str], options: dict[str, str], column: str
) -> None:
    with pytest.raises(InputError) as raised:
        actions.save_words(member, draft.pk, "en", WORDS | change, **options)
    assert [problem.column for problem in raised.value.problems] == [column]


def test_a_draft_without_texts_is_not_sent_in_and_nothing_twice(
    member: User, ministry: Organisation, meeting: Meeting, draft: Contribution
) -> None:
    empty = actions.start_contribution(member, meeting, ministry.pk)
    with pytest.raises(InputError, match="has no text"):
        actions.submit_contribution(member, empty.pk)
    actions.submit_contribution(member, draft.pk)
    with pytest.raises(InputError, match="sent in already"):
        actions.submit_contribution(member, draft.pk)


def word_file(text: str) -> bytes:
    """A Word document with a paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_file_is_found_by_its_words_in_any_spelling(
    client: Client, member: User, draft: Contribution
) -> None:
    client.force_login(member)
    file = SimpleUploadedFile("plan.docx", word_file("Développement des réseaux; البلدان النامية; 远程医疗"))
    assert (
        client.post(
            f"/meetings/contributions/{draft.pk}/files/", {"language": "fr", "file": file}
        ).status_code
        == 302
    )
    actions.submit_contribution(member, draft.pk)
    for text in ("DEVELOPPEMENT", "reseaux développement", "بلدان", "远程", "island", "islands reseaux"):
        assert found(member, q=text) == [1], text
    assert [found(member, q=text) for text in ("eveloppement", "islands nowhere")] == [[], []]
    kept = PaperFile.objects.get()
    client.logout()
    answer = client.get(f"/files/meetings/{kept.key}/{kept.name}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="plan.docx"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ\x90\x00"), ("page.txt", b"<!doctype html><script>1</script>"), ("a.pdf", b"")],
)
def test_a_file_of_another_kind_is_refused(
    client: Client, member: User, draft: Contribution, name: str, content: bytes
) -> None:
    client.force_login(member)
    sent_ = {"language": "en", "file": SimpleUploadedFile(name, content)}
    assert client.post(f"/meetings/contributions/{draft.pk}/files/", sent_).status_code == 422
    assert not PaperFile.objects.exists()


def test_a_file_that_is_too_large_or_one_too_many_is_refused(
    member: User, draft: Contribution, settings: Any
) -> None:
    settings.ATTACHMENT_LIMIT_BYTES = 10
    with pytest.raises(InputError, match="too large"):
        actions.add_paper_file(member, draft.pk, "en", "a.txt", 11, lambda: b"a" * 11)
    for number in range(12):
        actions.add_paper_file(member, draft.pk, "en", f"{number}.txt", 1, lambda: b"a")
    with pytest.raises(InputError, match="12 files already"):
        actions.add_paper_file(member, draft.pk, "en", "a.txt", 1, lambda: b"a")
    assert len(default_storage.listdir("meetings")[1]) >= 12


def clean_or_not(file: Any) -> bool:
    """A scanner that refuses a word."""
    return b"virus" not in file.read()


def test_what_the_scanner_refuses_is_not_kept(member: User, draft: Contribution, settings: Any) -> None:
    settings.SCAN = f"{__name__}:clean_or_not"
    actions.add_paper_file(member, draft.pk, "en", "a.txt", 4, lambda: b"good")
    with pytest.raises(InputError, match="the virus scanner refused"):
        actions.add_paper_file(member, draft.pk, "en", "a.txt", 5, lambda: b"virus")
    settings.SCAN = ["/no/such/scanner"]
    with pytest.raises(InputError, match="gave no verdict"):
        actions.add_paper_file(member, draft.pk, "en", "a.txt", 4, lambda: b"good")
    assert PaperFile.objects.count() == 1


def test_a_file_of_a_draft_is_taken_away_and_one_that_was_sent_in_stays(
    client: Client, member: User, draft: Contribution, django_capture_on_commit_callbacks: Any
) -> None:
    kept = [actions.add_paper_file(member, draft.pk, "en", f"{n}.txt", 1, lambda: b"a") for n in range(2)]
    client.force_login(member)
    address = f"/meetings/contributions/{draft.pk}/files/"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"remove": kept[0].pk}).status_code == 302
    assert not default_storage.exists(kept[0].file.name)
    assert client.post(address, {"remove": 9_999}).status_code == 404
    actions.submit_contribution(member, draft.pk)
    assert client.post(address, {"remove": kept[1].pk}).status_code == 422
    assert default_storage.exists(kept[1].file.name)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_cover_page_is_made_in_the_languages_of_the_texts(
    client: Client, member: User, draft: Contribution, kind: str
) -> None:
    actions.submit_contribution(member, draft.pk)
    address = f"/meetings/contributions/{draft.pk}/cover-en.{kind}"
    answer = client.get(address)
    assert answer.status_code == 200
    assert client.get(address.replace("-en", "-fr")).status_code == 404
    assert client.get(f"{address}x").status_code == 404
    if kind == "docx":
        said = "\n".join(item.text for item in docx.Document(BytesIO(answer.content)).paragraphs)
        for text in (
            "Advisory group 2027",
            "TDAG-27/1-E",
            "Source: Ministry of Health",
            *WORDS["references"].split("\n"),
        ):
            assert text in said


def test_a_draft_that_is_withdrawn_is_gone_and_the_trail_names_no_texts(
    client: Client, member: User, draft: Contribution
) -> None:
    client.force_login(member)
    assert client.post(f"/meetings/contributions/{draft.pk}/step/", {"do": "withdraw"}).status_code == 302
    assert not Contribution.objects.exists()
    records = Record.objects.filter(object_type="meetings.contribution").order_by("sequence")
    assert [record.verb for record in records] == ["create", "change", "withdraw"]
    assert "islands" not in str([record.detail for record in records])


def test_a_member_contributes_on_the_pages(
    client: Client, member: User, ministry: Organisation, meeting: Meeting
) -> None:
    client.force_login(member)
    begun = client.post("/meetings/tdag-27/contribute/", {"organisation": ministry.pk})
    made = Contribution.objects.get()
    assert begun["Location"] == f"/meetings/contributions/{made.pk}/write/en/"
    assert client.get(begun["Location"]).status_code == 200
    assert client.post(begun["Location"], {"title": "x"}).status_code == 422
    assert client.post(begun["Location"], {**WORDS, "item": "2.1"}).status_code == 302
    assert client.get(f"/meetings/contributions/{made.pk}/write/de/").status_code == 404
    step = f"/meetings/contributions/{made.pk}/step/"
    assert client.post(step, {"do": "dance"}).status_code == 404
    assert "It was sent in as" in client.post(step, {"do": "submit"}, follow=True).text
    assert client.post(step, {"do": "submit"}).status_code == 422
    assert client.post("/meetings/tdag-27/contribute/", {"organisation": 999}).status_code == 403


def test_an_erased_author_is_forgotten_and_the_contribution_stays(member: User, draft: Contribution) -> None:
    assert [held["titles"] for held in queries.held_about(member)] == [{"en": "Connecting islands"}]
    actions.erase_contributor(member)
    assert (Contribution.objects.get().author, queries.held_about(member)) == (None, [])


def test_a_page_of_many_documents_asks_as_often_as_one_of_few(
    client: Client, member: User, ministry: Organisation, meeting: Meeting, django_assert_num_queries: Any
) -> None:
    def asked() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as context:
            assert client.get("/meetings/tdag-27/").status_code == 200
        return len(context)

    sent(member, meeting, ministry.pk)
    few = asked()
    for _ in range(52):
        sent(member, meeting, ministry.pk)
    assert asked() == few
    page, following = queries.page_of_documents(member, DocumentQuery())
    rest, end = queries.page_of_documents(member, DocumentQuery(before=following))
    assert [item.number for item in (*page, *rest)] == list(range(53, 0, -1))
    assert end == 0
