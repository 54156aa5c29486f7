"""The form: it works without a script, keeps what is wrong, tells of others, and proposes what the text speaks of."""

import re
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from actionlines.stocktaking.entry import COLUMNS
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import EditConflict, save_fields, start_submission, take_step
from actionlines_web.stocktaking.forms.fields import FIELDS
from actionlines_web.stocktaking.models import Entry, Revision, Submission
from actionlines_web.stocktaking.queries.proposals import proposals, refused_nodes
from web.stocktaking.test_submissions import TEXT, member, moderator, person, published, submitted, written

__all__ = ["moderator"]
HTMX = {"HTTP_HX_REQUEST": "true"}


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(client: Client, draft: Submission) -> dict[str, object]:
    """What a browser would send of the form as it stands."""
    form = client.get(f"/submissions/{draft.pk}/edit/").context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {"version": draft.version}


@pytest.fixture
def desk(visitor: User) -> Client:
    """The submitter's browser."""
    return signed_in(visitor)


def test_every_column_an_owner_may_fill_has_its_field() -> None:
    assert set(COLUMNS) - set(FIELDS) == {"id", "status", "source"}


@pytest.mark.django_db
def test_an_entry_is_written_checked_and_sent_without_a_script(desk: Client, visitor: User) -> None:
    answer = desk.post("/submissions/new/", {"organisation": ""})
    draft = Submission.objects.get()
    assert answer.url == f"/submissions/{draft.pk}/edit/"
    sent = {**form_of(desk, draft), **TEXT, "lines": ["C2", "C7-HEA"], "submit": "1"}
    answer = desk.post(answer.url, sent, follow=True)
    assert answer.redirect_chain == [(f"/submissions/{draft.pk}/", 302)]
    draft.refresh_from_db()
    assert (draft.state, draft.fields) == ("submitted", {**TEXT, "lines": "C2; C7-HEA"})


@pytest.mark.django_db
def test_looking_at_the_first_page_begins_no_draft(desk: Client) -> None:
    assert desk.get("/submissions/new/").status_code == 200
    assert not Submission.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_what_is_wrong_is_said_beside_its_field_and_kept(desk: Client, visitor: User, prefix: str) -> None:
    draft = start_submission(visitor)
    sent = {
        **form_of(desk, draft),
        **TEXT,
        "title": "",
        "start": "2020-05-01",
        "end": "2019-05-01",
        "submit": "1",
    }
    answer = desk.post(f"{prefix}/submissions/{draft.pk}/edit/", sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "end"}
    content = answer.content.decode()
    assert content.count('aria-invalid="true"') == 2
    assert 'href="#id_title"' in content
    draft.refresh_from_db()
    assert (draft.state, draft.fields["end"], draft.fields["description"]) == (
        *("draft", "2019-05-01"),
        TEXT["description"],
    )


@pytest.mark.django_db
def test_checking_a_whole_draft_sends_nothing(desk: Client, visitor: User) -> None:
    draft = written(visitor)
    answer = desk.post(f"/submissions/{draft.pk}/edit/", {**form_of(desk, draft), "check": "1"})
    assert (answer.status_code, answer.context["checked"]) == (200, True)
    assert Submission.objects.get().state == "draft"


@pytest.mark.django_db
def test_saving_as_one_writes_answers_when_and_with_the_new_version(desk: Client, visitor: User) -> None:
    draft = start_submission(visitor)
    sent = {**form_of(desk, draft), **TEXT}
    answer = desk.post(f"/submissions/{draft.pk}/edit/", sent, **HTMX)
    content = answer.content.decode()
    assert "Saved at" in content
    assert re.search(r'id="version" value="2" hx-swap-oob="true"', content)
    assert "<html" not in content
    assert Submission.objects.get().fields == TEXT


@pytest.mark.django_db
def test_a_text_longer_than_anything_is_said_in_place(desk: Client, visitor: User) -> None:
    draft = start_submission(visitor)
    sent = {**form_of(desk, draft), "results": "x" * 25_001}
    answer = desk.post(f"/submissions/{draft.pk}/edit/", sent, **HTMX)
    assert answer.status_code == 200
    assert "Results: The text has 25001 characters." in answer.content.decode()
    answer = desk.post(f"/submissions/{draft.pk}/edit/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["results"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told(visitor: User) -> None:
    draft = start_submission(visitor)
    saved: list[str] = []
    told: list[str] = []

    def save(title: str) -> None:
        try:
            save_fields(visitor, draft, {"title": title}, 1)
            saved.append(title)
        except EditConflict as conflict:
            told.append(conflict.yours["title"])
        finally:
            connection.close()

    threads = [Thread(target=save, args=(f"Title {number}",)) for number in range(4)]
    together = connection.vendor != "sqlite"  # the test's database in memory has one connection
    for thread in threads:
        thread.start()
        if not together:
            thread.join()
    for thread in threads:
        thread.join()
    draft.refresh_from_db()
    assert (saved, draft.version) == ([draft.title], 2)
    assert sorted([*saved, *told]) == [f"Title {number}" for number in range(4)]


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_the_same_moment_publish_once(visitor: User, moderator: User) -> None:
    waiting = submitted(visitor)
    ends: list[str] = []

    def publish() -> None:
        try:
            take_step(moderator, waiting, "publish")
            ends.append("published")
        except ValueError:
            ends.append("too late")
        finally:
            connection.close()

    threads = [Thread(target=publish) for _ in range(3)]
    for thread in threads:
        thread.start()
        if connection.vendor == "sqlite":
            thread.join()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["published", "too late", "too late"]
    assert (Entry.objects.count(), Revision.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("script", [True, False])
def test_two_who_write_see_both_texts_and_choose(visitor: User, script: bool) -> None:
    colleague = person("colleague")
    organisation = member(visitor)
    member(colleague)
    draft = start_submission(visitor, organisation_id=organisation.pk)
    mine, hers = signed_in(visitor), signed_in(colleague)
    address = f"/submissions/{draft.pk}/edit/"
    form = {**form_of(mine, draft), **TEXT}
    assert hers.post(address, {**form, "title": "Her title", "save": "1"}).status_code == 302
    answer = mine.post(address, {**form, "title": "My title"}, **(HTMX if script else {}))
    assert answer.status_code == (200 if script else 409)
    content = answer.content.decode()
    assert "Her title" in content
    assert 'name="over" value="2"' in content
    if not script:
        assert "My title" in content
        assert 'id="version" value="1"' in content
    assert Submission.objects.get().title == "Her title"
    mine.post(address, {**form, "title": "My title", "over": "2"})
    assert Submission.objects.get().title == "My title"


@pytest.mark.django_db
def test_a_proposal_shows_its_words_and_an_answer_settles_it(desk: Client, visitor: User) -> None:
    draft = written(visitor)
    found = {item.key: item for item in proposals(draft)}
    assert "wsis:C2" not in found
    assert [item.words for item in found["wsis:C7-HEA"].snippets] == ["Clinics", "Doctors", "nurses"]
    address = f"/submissions/{draft.pk}/edit/"
    answer = desk.post(address, {**form_of(desk, draft), "accept": "wsis:C7-HEA"}, **HTMX)
    assert 'id="picker-lines" hx-swap-oob="true"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.fields["lines"] == "C2; C7-HEA"
    assert "wsis:C7-HEA" not in {item.key for item in proposals(draft)}


@pytest.mark.django_db
def test_a_refused_proposal_does_not_come_back_until_it_is_opened_again(desk: Client, visitor: User) -> None:
    draft = written(visitor)
    address = f"/submissions/{draft.pk}/edit/"
    desk.post(address, {**form_of(desk, draft), "refuse": "wsis:C7-HEA"})
    draft.refresh_from_db()
    draft = save_fields(visitor, draft, {"description": TEXT["description"] + " More nurses."}, draft.version)
    assert "wsis:C7-HEA" not in {item.key for item in proposals(draft)}
    assert [key for key, _, _ in refused_nodes(draft)] == ["wsis:C7-HEA"]
    desk.post(address, {**form_of(desk, draft), "open": "wsis:C7-HEA"})
    draft.refresh_from_db()
    assert "wsis:C7-HEA" in {item.key for item in proposals(draft)}


@pytest.mark.django_db
def test_a_decision_about_nothing_changes_nothing(desk: Client, visitor: User) -> None:
    draft = written(visitor)
    desk.post(f"/submissions/{draft.pk}/edit/", {**form_of(desk, draft), "accept": "wsis:C99"})
    draft.refresh_from_db()
    assert (draft.version, draft.decisions) == (2, {})


@pytest.mark.django_db
def test_a_stranger_and_a_moderator_do_not_write(visitor: User, moderator: User) -> None:
    draft = written(visitor)
    for user in (person("stranger"), moderator):
        client = signed_in(user)
        assert client.get(f"/submissions/{draft.pk}/edit/").status_code == 403
        assert client.post(f"/submissions/{draft.pk}/edit/", {"title": "x", "version": 2}).status_code == 403
    assert Submission.objects.get().title == TEXT["title"]


@pytest.mark.django_db
def test_who_is_signed_out_meanwhile_is_told_so_in_place(client: Client, visitor: User) -> None:
    draft = written(visitor)
    answer = client.post(f"/submissions/{draft.pk}/edit/", {"title": "x"}, **HTMX)
    assert (answer.status_code, "signed out" in answer.content.decode()) == (200, True)
    assert client.post(f"/submissions/{draft.pk}/edit/", {"title": "x"}).status_code == 302


@pytest.mark.django_db
def test_what_was_sent_from_another_window_is_closed(desk: Client, visitor: User) -> None:
    draft = written(visitor)
    form = form_of(desk, draft)
    take_step(visitor, draft, "submit")
    answer = desk.post(f"/submissions/{draft.pk}/edit/", {**form, "title": "Late"}, **HTMX)
    assert "no longer a draft" in answer.content.decode()
    assert desk.post(f"/submissions/{draft.pk}/edit/", form).url == f"/submissions/{draft.pk}/"
    assert Submission.objects.get().title == TEXT["title"]


@pytest.mark.django_db
def test_only_own_organisations_are_offered(visitor: User) -> None:
    organisation = member(visitor)
    desk = signed_in(visitor)
    content = desk.get("/submissions/new/").content.decode()
    assert f'value="{organisation.pk}" checked' in content
    desk.post("/submissions/new/", {"organisation": organisation.pk})
    draft = Submission.objects.get()
    assert form_of(desk, draft)["own_organisation"] == organisation.name
    other = signed_in(person("other"))
    assert other.post("/submissions/new/", {"organisation": organisation.pk}).status_code == 403


@pytest.mark.django_db
def test_a_published_entry_is_changed_from_my_entries(visitor: User, moderator: User) -> None:
    entry = published(visitor, moderator)
    desk = signed_in(visitor)
    assert f"/entries/{entry.identifier}/change/" in desk.get("/submissions/").content.decode()
    answer = desk.post(f"/entries/{entry.identifier}/change/")
    change = Submission.objects.get(state="draft")
    assert answer.url == f"/submissions/{change.pk}/edit/"
    assert form_of(desk, change)["title"] == TEXT["title"]


@pytest.mark.django_db
def test_my_entries_show_nothing_of_others(visitor: User) -> None:
    written(person("other"), title="Not mine")
    written(visitor, title="Mine alone")
    content = signed_in(visitor).get("/submissions/").content.decode()
    assert ("Mine alone" in content, "Not mine" in content) == (True, False)


@pytest.mark.django_db
def test_a_returned_entry_shows_what_was_said_and_nothing_internal(
    desk: Client, visitor: User, moderator: User
) -> None:
    waiting = submitted(visitor)
    signed_in(moderator)
    take_step(moderator, waiting, "return", "Say when it ran.")
    content = desk.get(f"/submissions/{waiting.pk}/").content.decode()
    assert "Say when it ran." in content
    assert f"/submissions/{waiting.pk}/edit/" in content
    assert moderator.email not in content


@pytest.mark.django_db
def test_withdrawing_and_taking_up_again(desk: Client, visitor: User) -> None:
    waiting = submitted(visitor)
    desk.post(f"/submissions/{waiting.pk}/withdraw/")
    assert Submission.objects.get().state == "withdrawn"
    desk.post(f"/submissions/{waiting.pk}/reopen/")
    assert Submission.objects.get().state == "draft"
    assert desk.post(f"/submissions/{waiting.pk}/publish/").status_code == 404


@pytest.mark.django_db
def test_markup_in_a_draft_is_shown_as_text(desk: Client, visitor: User) -> None:
    draft = written(visitor, title="<script>alert(1)</script>", description="<b>telemedicine</b> nurses")
    for path in ("/submissions/", f"/submissions/{draft.pk}/", f"/submissions/{draft.pk}/edit/"):
        content = desk.get(path).content.decode()
        assert "<script>alert" not in content
        assert "<b>telemedicine" not in content
