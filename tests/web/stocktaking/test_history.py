"""Revisions: what everybody may read of how an entry changed, and what nobody may."""

import pytest
from django.test import Client

from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import save_fields, start_submission, take_step
from actionlines_web.stocktaking.models import Entry, EntryContact, Revision, Submission
from actionlines_web.stocktaking.queries.contacts import contact_of
from web.conftest import an_entry
from web.stocktaking.test_submissions import TEXT, moderator, published
from web.stocktaking.test_writing import signed_in

__all__ = ["moderator"]


def changed(owner: User, judge: User, entry: Entry, **fields: str) -> Submission:
    """A change that went through."""
    change = start_submission(owner, entry=entry)
    change = save_fields(owner, change, fields, change.version)
    return take_step(judge, take_step(owner, change, "submit"), "publish")


@pytest.mark.django_db
def test_the_last_two_revisions_stand_side_by_side_word_by_word(visitor: User, moderator: User) -> None:
    entry = published(visitor, moderator)
    changed(visitor, moderator, entry, description=TEXT["description"].replace("twelve", "fourteen"))
    answer = Client().get(f"/entries/{entry.identifier}/history/")
    content = answer.content.decode()
    assert "<del>twelve</del>" in content
    assert "<ins>fourteen</ins>" in content
    assert [change.name for change in answer.context["changes"]] == ["description"]
    assert visitor.email not in content
    assert moderator.email not in content
    assert [item["maker"] for item in answer.context["revisions"]] == ["its owner", "its owner"]
    entry_page = Client().get(f"/entries/{entry.identifier}/").content.decode()
    assert f"/entries/{entry.identifier}/history/" in entry_page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "pair"),
    [
        ("", (2, 3)),
        ("?from=1&to=3", (1, 3)),
        ("?from=3&to=1", (1, 3)),
        ("?to=2", (1, 2)),
        ("?from=99&to=x", (2, 3)),
        ("?from=2&to=2", (2, 2)),
    ],
)
def test_any_two_revisions_can_be_compared(
    visitor: User, moderator: User, query: str, pair: tuple[int, int]
) -> None:
    entry = published(visitor, moderator)
    changed(visitor, moderator, entry, title="Second")
    changed(visitor, moderator, entry, title="Third")
    found = Client().get(f"/entries/{entry.identifier}/history/{query}").context
    assert (found["earlier"].number, found["later"].number) == pair


@pytest.mark.django_db
def test_an_entry_that_never_went_through_the_workflow_has_no_history(store) -> None:
    store([an_entry("a-1")])
    assert Client().get("/entries/a-1/history/").status_code == 404
    assert "/entries/a-1/history/" not in Client().get("/entries/a-1/").content.decode()


@pytest.mark.django_db
def test_the_contact_is_kept_with_the_entry_and_stands_in_no_revision_and_no_page(
    visitor: User, moderator: User
) -> None:
    entry = published(visitor, moderator, contact_name="Ada Example", contact_email="ada@example.net")
    assert EntryContact.objects.get().email == "ada@example.net"
    change = start_submission(visitor, entry=entry)
    assert change.fields["contact_name"] == "Ada Example"
    change = save_fields(visitor, change, {"contact_name": "", "contact_email": ""}, change.version)
    take_step(moderator, take_step(visitor, change, "submit"), "publish")
    assert not contact_of(entry)
    changed(visitor, moderator, entry, contact_name="Grace Example", title="Another title")
    kept = str([item.fields for item in Revision.objects.all()])
    pages = [
        Client().get(f"/entries/{entry.identifier}/{page}").content.decode() for page in ("", "history/")
    ]
    for said in ("Ada Example", "ada@example.net", "Grace Example"):
        assert said not in kept
        assert all(said not in page for page in pages)


@pytest.mark.django_db
def test_a_wrong_address_of_the_contact_keeps_a_draft_from_being_sent(visitor: User) -> None:
    draft = start_submission(visitor)
    draft = save_fields(visitor, draft, {**TEXT, "contact_email": "ada at example"}, draft.version)
    answer = signed_in(visitor).post(
        f"/submissions/{draft.pk}/edit/",
        {**TEXT, "lines": ["C2"], "contact_email": "ada at example", "version": draft.version, "submit": "1"},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["contact_email"])


@pytest.mark.django_db
def test_dates_alone_are_a_change(visitor: User, moderator: User) -> None:
    entry = published(visitor, moderator)
    changed(visitor, moderator, entry, start="2020-01-01", end="2021-01-01")
    entry.refresh_from_db()
    assert str(entry.ends_on) == "2021-01-01"
