"""One's own data: all of it handed out, all of it erased, the rest of the site as it was."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from actionlines_web.accounts.actions import grant_role, update_profile
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.api.actions import issue_token
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.actions.members import invite
from actionlines_web.organisations.models import Membership
from actionlines_web.outbox.actions import queue_message
from actionlines_web.outbox.models import Message
from actionlines_web.privacy.actions import erase_account
from actionlines_web.privacy.queries import data_of, plan_erasure
from actionlines_web.stocktaking.models import (
    Entry,
    EntryAttachment,
    EntryContact,
    Submission,
    SubmissionStep,
)

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def ada(coordinator: User) -> User:
    """Somebody who has left traces everywhere."""
    user = User.objects.create_user("ada@example.org", PASSWORD, name="Ada Lovelace")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email="second@example.org")
    update_profile(user, name="Ada Lovelace", language="fr", time_zone="Africa/Dakar")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    grant_role(System(), email=user.email, role="moderator", scope="AFR")
    create_organisation(user, name="Ministry", stakeholder_type="government", country="SEN")
    other = create_organisation(coordinator, name="Agency", stakeholder_type="government", country="SEN")
    invite(coordinator, other.pk, address="ada@example.org")
    for state in ("draft", "submitted", "published"):
        submission = Submission.objects.create(
            identifier=state, submitter=user, state=state, fields={"title": f"Project {state}"}
        )
        SubmissionStep.objects.create(submission=submission, action="save", actor=user, comment="Mine")
    named = {"contact_name": "Ada Lovelace", "contact_email": "Ada@example.org"}
    theirs = Submission.objects.create(identifier="theirs", submitter=coordinator, fields=named, base=named)
    entry = Entry.objects.create(identifier="e-1", title="Entry", description="Text")
    EntryContact.objects.create(entry=entry, name="Ada Lovelace", email="second@example.org")
    other = Entry.objects.create(identifier="e-2", title="Entry", description="Text")
    EntryContact.objects.create(entry=other, name="Grace", email="grace@example.org")
    path = default_storage.save("attachments/draft-of-ada", ContentFile(b"private"))
    EntryAttachment.objects.create(
        submission=Submission.objects.get(identifier="draft"),
        key="k",
        file=path,
        name="plan.pdf",
        kind="pdf",
        size=7,
        added_by=user,
    )
    SubmissionStep.objects.create(
        submission=theirs, action="return", actor=user, comment="Please add figures"
    )
    queue_message(
        System(), user, "unknown-account", {"address": "https://example.org/"}, address="second@example.org"
    )
    issue_token(System(), email=user.email, scopes=["entries:write"], label="mine")
    return user


def everything() -> str:
    """Every row of every table as text."""
    from django.apps import apps

    return str([list(model._base_manager.values()) for model in apps.get_models()])


def test_the_archive_holds_what_every_app_knows(ada: User, client: Client) -> None:
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    asked = client.get("/account/data/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = client.get("/account/data/")
    assert answer["Content-Type"] == "application/zip"
    archive = ZipFile(BytesIO(answer.content))
    data = {name.removesuffix(".json"): json.loads(archive.read(name)) for name in archive.namelist()}
    assert set(data) == {
        *("account", "organisations", "register", "searches", "mail", "tokens", "webhooks", "coordination"),
        *(
            "indicators",
            "prizes",
            "results",
            "meetings",
            "events",
            "partnerships",
            "forum",
            "reports",
            "jobs",
            "audit",
        ),
    }
    assert [item["email"] for item in data["account"]["addresses"]] == [
        "ada@example.org",
        "second@example.org",
    ]
    assert data["account"]["roles"] == [{"role": "moderator", "scope": "AFR"}]
    assert [item["type"] for item in data["account"]["second_factors"]] == ["totp"]
    assert [item["organisation__name"] for item in data["organisations"]["memberships"]] == ["Ministry"]
    assert [item["organisation__name"] for item in data["organisations"]["invitations"]] == ["Agency"]
    assert [item["identifier"] for item in data["register"]["submissions"]] == [
        "draft",
        "submitted",
        "published",
    ]
    assert data["register"]["submissions"][0]["steps"][0]["comment"] == "Mine"
    assert [item["comment"] for item in data["register"]["steps_on_submissions_of_others"]] == [
        "Please add figures"
    ]
    assert {item["kind"] for item in data["mail"]["messages"]} == {
        "organisation-invitation",
        "unknown-account",
    }
    assert [item["entry"] for item in data["register"]["contact_of"]] == ["e-1"]
    assert [item["name"] for item in data["register"]["files"]] == ["plan.pdf"]
    assert [item["label"] for item in data["tokens"]] == ["mine"]
    assert {record["verb"] for record in data["audit"]} >= {"change", "create", "grant"}
    assert Record.objects.latest("sequence").verb == "download data"


def test_the_archive_holds_no_key(ada: User) -> None:
    said = str(data_of(ada))
    assert "JBSWY3DPEHPK3PXP" not in said
    assert ada.password not in said


def test_the_plan_counts_and_changes_nothing(ada: User) -> None:
    before = everything()
    plan = plan_erasure(ada)
    assert (plan.deleted, plan.kept, plan.messages, list(plan.managerless)) == (2, 1, 2, ["Ministry"])
    assert everything() == before


def test_erasing_leaves_no_personal_data_in_any_table(ada: User, client: Client) -> None:
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get("/account/data/erase/").status_code == 200
    answer = client.post("/account/data/erase/", follow=True)
    assert "Your account was erased." in answer.text
    assert not answer.context["user"].is_authenticated
    held = everything()
    for trace in ("ada@", "second@", "Lovelace", "JBSWY3DPEHPK3PXP", "Africa/Dakar"):
        assert trace not in held, trace
    assert not Membership.objects.filter(user=ada).exists()
    assert list(Submission.objects.filter(submitter=ada).values_list("identifier", flat=True)) == [
        "published"
    ]
    assert list(EntryContact.objects.values_list("name", flat=True)) == ["Grace"]
    assert Submission.objects.get(identifier="theirs").fields == {"contact_name": "", "contact_email": ""}
    assert not Message.objects.filter(address="second@example.org").exists()


def test_the_files_of_drafts_go_with_them(
    ada: User, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    path = EntryAttachment.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(ada)
    assert not default_storage.exists(path)


def test_the_trail_still_verifies_and_names_nobody(ada: User, coordinator: User, client: Client) -> None:
    before = Record.objects.count()
    erase_account(ada)
    assert Record.objects.count() == before + 1
    assert verify().sound
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/audit/accounts.user/{ada.pk}/").text
    assert "an erased person" in page
    assert "Lovelace" not in page


def test_every_session_ends_and_nobody_enters_again(ada: User, coordinator: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    others = Client()
    others.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    erase_account(ada)
    assert [item.get_decoded()["_auth_user_id"] for item in Session.objects.all()] == [str(coordinator.pk)]
    assert others.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    answer = Client().post("/sign-in/", {"login": "ada@example.org", "password": PASSWORD})
    assert answer.status_code == 200
    with pytest.raises(PermissionDenied):
        erase_account(ada)


def test_the_address_may_open_a_new_account(ada: User, client: Client) -> None:
    erase_account(ada)
    client.post("/sign-up/", {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD})
    assert User.objects.get(email="ada@example.org").pk != ada.pk


def test_others_keep_everything(ada: User, coordinator: User) -> None:
    erase_account(ada)
    assert Submission.objects.filter(submitter=coordinator).count() == 1
    step = SubmissionStep.objects.get(submission__identifier="theirs")
    assert (step.comment, str(step.actor)) == ("Please add figures", "an erased person")


def test_a_failure_erases_nothing(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(user: User) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("actionlines_web.privacy.actions.blank_account", broken)
    before = everything()
    with pytest.raises(OSError, match="full"):
        erase_account(ada)
    assert everything() == before
