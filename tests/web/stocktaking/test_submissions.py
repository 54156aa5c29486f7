"""From a draft to the register: who may, what is kept, what is refused, what everybody is told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.models import Record
from actionlines_web.organisations.actions import ensure_organisations
from actionlines_web.organisations.models import Membership, Organisation
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import (
    EditConflict,
    add_comment,
    drift,
    save_fields,
    start_submission,
    store_entries,
    take_step,
)
from actionlines_web.stocktaking.models import Entry, Revision, Submission, SubmissionStep
from web.conftest import an_entry

TEXT = {
    "title": "Clinics on line",
    "description": "Doctors in the capital advise nurses on twelve islands by telemedicine.",
    "country": "KEN",
    "lines": "C2",
    "language": "en",
}


def person(name: str, *roles: tuple[str, str]) -> User:
    """A person with roles, each with its scope."""
    user = User.objects.create_user(f"{name}@example.org")
    for role, scope in roles:
        RoleGrant.objects.create(user=user, role=role, scope=scope)
    return user


def member(user: User, name: str = "Ministry of Health") -> Organisation:
    """The organisation, with the user in it."""
    ensure_organisations([(name, "government", "KEN")])
    organisation = Organisation.objects.get(name=name)
    Membership.objects.get_or_create(user=user, organisation=organisation)
    return organisation


def written(owner: User, **fields: str) -> Submission:
    """A draft with a text that may be published."""
    draft = start_submission(owner)
    return save_fields(owner, draft, {**TEXT, **fields}, draft.version)


def submitted(owner: User, **fields: str) -> Submission:
    """A submission that waits for a moderator."""
    return take_step(owner, written(owner, **fields), "submit")


def published(owner: User, moderator: User, **fields: str) -> Entry:
    """An entry that came through the workflow."""
    done = take_step(moderator, submitted(owner, **fields), "publish")
    assert done.entry is not None
    return done.entry


@pytest.fixture
def moderator(db: None) -> User:
    """A moderator of everything."""
    return person("moderator", ("moderator", ""))


@pytest.mark.django_db
def test_a_draft_stands_in_no_list_before_a_moderator_publishes_it(visitor: User, moderator: User) -> None:
    waiting = submitted(visitor)
    assert not Entry.objects.exists()
    done = take_step(moderator, waiting, "publish")
    entry = Entry.objects.get()
    assert done.entry == entry
    assert (entry.identifier, entry.title, entry.country, entry.region, entry.status) == (
        *(done.identifier, "Clinics on line", "KEN", "AFR"),
        "entry",
    )
    assert entry.confirmed_on is not None
    assert {(link.framework, link.node) for link in entry.links.filter(basis="declared")} == {("wsis", "C2")}
    assert drift() == []


@pytest.mark.django_db
def test_every_step_is_kept_and_stands_in_the_audit_trail(visitor: User, moderator: User) -> None:
    draft = submitted(visitor)
    for actor, step, comment in (
        (moderator, "take", ""),
        (moderator, "return", "Say when it ran."),
        (visitor, "submit", ""),
        (moderator, "publish", ""),
    ):
        draft = take_step(actor, draft, step, comment)
    steps = ["start", "submit", "take", "return", "submit", "publish"]
    assert list(SubmissionStep.objects.values_list("action", flat=True)) == steps
    trail = Record.objects.filter(object_type="stocktaking.submission").order_by("sequence")
    assert list(trail.values_list("verb", flat=True)) == ["create", *steps[1:]]
    assert trail.last().detail == {"changes": {"state": ["submitted", "published"]}}


@pytest.mark.django_db
def test_the_submitter_is_told_in_their_language(visitor: User, moderator: User) -> None:
    visitor.language = "fr"
    visitor.save()
    draft = take_step(moderator, submitted(visitor), "return", "Trop court.")
    take_step(moderator, take_step(visitor, draft, "submit"), "publish")
    kinds = ["submission-received", "submission-returned", "submission-received", "submission-published"]
    assert list(Message.objects.order_by("pk").values_list("kind", "language")) == [
        (kind, "fr") for kind in kinds
    ]
    returned = Message.objects.get(kind="submission-returned")
    assert "Trop court." in returned.text
    assert f"https://register.example.org/fr/submissions/{draft.pk}/" in returned.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "may"), [("", True), ("AFR", True), ("C2", True), ("EUR", False), ("C7-HEA", False)]
)
def test_a_moderator_decides_within_the_scope_only(visitor: User, scope: str, may: bool) -> None:
    waiting = submitted(visitor)
    moderator = person("scoped", ("moderator", scope))
    if may:
        assert take_step(moderator, waiting, "take").moderator == moderator
    else:
        with pytest.raises(PermissionDenied):
            take_step(moderator, waiting, "take")


@pytest.mark.django_db
def test_a_moderator_publishes_no_work_of_their_own_or_of_their_organisation(moderator: User) -> None:
    with pytest.raises(PermissionDenied):
        take_step(moderator, submitted(moderator), "publish")
    colleague = person("colleague")
    organisation = member(colleague)
    member(moderator)
    draft = start_submission(colleague, organisation_id=organisation.pk)
    draft = take_step(colleague, save_fields(colleague, draft, TEXT, 1), "submit")
    with pytest.raises(PermissionDenied):
        take_step(moderator, draft, "publish")
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_coordinator_answers_for_their_own_work(coordinator: User) -> None:
    assert take_step(coordinator, submitted(coordinator), "publish").state == "published"


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["submit", "withdraw", "take", "publish", "return"])
def test_a_stranger_takes_no_step(visitor: User, step: str) -> None:
    draft = written(visitor)
    with pytest.raises(PermissionDenied):
        take_step(person("stranger"), draft, step, "why not")
    assert Submission.objects.get().state == "draft"


@pytest.mark.django_db
def test_a_step_from_the_wrong_state_changes_nothing(visitor: User, moderator: User) -> None:
    draft = written(visitor)
    with pytest.raises(PermissionDenied):
        take_step(moderator, draft, "publish")
    take_step(visitor, draft, "submit")
    take_step(visitor, draft, "withdraw")
    with pytest.raises(ValueError, match="is withdrawn"):
        take_step(moderator, draft, "publish")
    assert (Submission.objects.get().state, Entry.objects.count()) == ("withdrawn", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("comment", "internal"), [("", False), ("  ", False), ("for us", True)])
def test_returning_needs_a_word_to_the_submitter(
    visitor: User, moderator: User, comment: str, internal: bool
) -> None:
    waiting = submitted(visitor)
    with pytest.raises(InputError):
        take_step(moderator, waiting, "return", comment, internal)
    assert Submission.objects.get().state == "submitted"


@pytest.mark.django_db
def test_a_faulty_draft_is_kept_and_not_submitted(visitor: User) -> None:
    draft = written(visitor, country="Atlantis", title="")
    assert Submission.objects.get().fields["country"] == "Atlantis"
    with pytest.raises(InputError) as error:
        take_step(visitor, draft, "submit")
    assert {problem.column for problem in error.value.problems} == {"title", "country"}
    assert Submission.objects.get().state == "draft"


@pytest.mark.django_db
def test_two_people_who_edit_learn_of_each_other_and_lose_nothing(visitor: User) -> None:
    colleague = person("colleague")
    organisation = member(visitor)
    member(colleague)
    draft = start_submission(visitor, organisation_id=organisation.pk)
    save_fields(colleague, draft, {"title": "Hers"}, 1)
    with pytest.raises(EditConflict) as conflict:
        save_fields(visitor, draft, {"title": "Mine"}, 1)
    assert conflict.value.yours == {"title": "Mine"}
    assert conflict.value.theirs["title"] == "Hers"
    assert conflict.value.submission.edited_by == colleague
    assert Submission.objects.get().fields["title"] == "Hers"
    assert save_fields(visitor, draft, {"title": "Mine"}, 2).version == 3


@pytest.mark.django_db
def test_saving_the_same_again_is_no_conflict_and_no_new_version(visitor: User) -> None:
    draft = start_submission(visitor)
    assert save_fields(visitor, draft, TEXT, 1).version == 2
    assert save_fields(visitor, draft, TEXT, 1).version == 2


@pytest.mark.django_db
def test_an_owner_can_not_say_that_the_entry_won_nor_name_its_identifier(visitor: User) -> None:
    draft = written(visitor, status="winner", id="a-1", nonsense="x")
    assert draft.fields == TEXT


@pytest.mark.django_db
def test_a_text_longer_than_anything_is_refused_and_nul_is_dropped(visitor: User) -> None:
    draft = start_submission(visitor)
    with pytest.raises(InputError):
        save_fields(visitor, draft, {"description": "x" * 25_001}, 1)
    assert save_fields(visitor, draft, {"title": "a\x00b"}, 1).fields["title"] == "ab"


@pytest.mark.django_db
def test_what_is_with_the_moderators_is_not_edited(visitor: User) -> None:
    waiting = submitted(visitor)
    with pytest.raises(ValueError, match="is submitted"):
        save_fields(visitor, waiting, {"title": "Later"}, waiting.version)


@pytest.mark.django_db
def test_a_proposal_taken_over_is_declared_and_a_refused_one_is_linked_by_nothing(
    visitor: User, moderator: User
) -> None:
    draft = written(visitor)
    draft = save_fields(visitor, draft, {}, draft.version, {"wsis:C7-HEA": False, "sdg:9.c": True})
    assert (draft.fields["targets"], draft.decisions) == ("9.c", {"sdg:9.c": True, "wsis:C7-HEA": False})
    entry = take_step(moderator, take_step(visitor, draft, "submit"), "publish").entry
    assert set(entry.links.filter(node="9.c").values_list("basis", flat=True)) == {"declared"}
    assert not entry.links.filter(node="C7-HEA").exists()
    other = published(visitor, moderator, title="Clinics again")
    assert other.links.filter(node="C7-HEA").exists()


@pytest.mark.django_db
def test_an_organisation_is_the_submissions_where_its_writer_belongs_to_it(visitor: User) -> None:
    organisation = member(visitor)
    ensure_organisations([("Another", "", "")])
    assert written(visitor, organisation="ministry of health").organisation == organisation
    assert written(visitor, organisation="Another").organisation is None
    with pytest.raises(PermissionDenied):
        start_submission(visitor, organisation_id=Organisation.objects.get(name="Another").pk)


@pytest.mark.django_db
def test_internal_words_are_for_moderators(visitor: User, moderator: User) -> None:
    waiting = submitted(visitor)
    add_comment(moderator, waiting, "Looks like an advertisement.", internal=True)
    with pytest.raises(PermissionDenied):
        add_comment(visitor, waiting, "Hello", internal=True)
    assert not Message.objects.filter(kind="submission-comment").exists()
    add_comment(moderator, waiting, "When did it end?", internal=False)
    assert Message.objects.get(kind="submission-comment").recipient == visitor


@pytest.mark.django_db
def test_a_change_keeps_what_others_changed_meanwhile(visitor: User, moderator: User) -> None:
    entry = published(visitor, moderator)
    change = start_submission(visitor, entry=entry)
    assert change.fields["title"] == "Clinics on line"
    assert start_submission(visitor, entry=entry) == change
    change = save_fields(visitor, change, {"title": "Clinics on the line"}, change.version)
    stood = an_entry(entry.identifier, **{**TEXT, "lines": ("C2",), "website": "https://example.org/"})
    store_entries(System(), [stood])
    take_step(moderator, take_step(visitor, change, "submit"), "publish")
    entry.refresh_from_db()
    assert (entry.title, entry.website) == ("Clinics on the line", "https://example.org/")
    revisions = list(Revision.objects.filter(entry=entry))
    assert [(item.number, item.note, item.made_by) for item in revisions] == [
        (1, "", visitor),
        (2, "outside", None),
        (3, "", visitor),
    ]
    assert [item.fields["title"] for item in revisions] == [
        TEXT["title"],
        TEXT["title"],
        "Clinics on the line",
    ]
    assert drift() == []


@pytest.mark.django_db
def test_only_its_people_and_its_moderators_propose_a_change(visitor: User, moderator: User) -> None:
    entry = published(visitor, moderator)
    with pytest.raises(PermissionDenied):
        start_submission(person("stranger"), entry=entry)
    assert start_submission(moderator, entry=entry).entry == entry


@pytest.mark.django_db
def test_publishing_that_fails_leaves_everything_as_it_was(
    visitor: User, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = submitted(visitor)

    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("actionlines_web.stocktaking.actions.submissions.tell_of_step", broken)
    with pytest.raises(OSError, match="disk"), transaction.atomic():
        take_step(moderator, waiting, "publish")
    assert (Submission.objects.get().state, Entry.objects.count(), Revision.objects.count()) == (
        "submitted",
        0,
        0,
    )
