"""Every page of a submission, a draft's and a waiting one's, as everybody who may come by."""

import pytest
from django.test import Client

from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import save_fields, start_submission, take_step
from actionlines_web.stocktaking.models import Submission
from web.stocktaking.test_attachments import attached
from web.stocktaking.test_submissions import TEXT, member, person
from web.stocktaking.test_writing import signed_in

READERS = ("nobody", "stranger", "owner", "colleague", "moderator", "elsewhere", "coordinator")
# Page: (method, path behind /submissions/N, what each of READERS is answered).
WAITING = {
    "where it stands": ("get", "", (302, 403, 200, 200, 200, 403, 200)),
    "comment": ("post", "", (302, 403, 422, 422, 422, 403, 422)),
    "form": ("get", "edit/", (302, 403, 302, 302, 403, 403, 403)),
    "save": ("post", "edit/", (302, 403, 302, 302, 403, 403, 403)),
    "withdraw": ("post", "withdraw/", (302, 403, 302, 302, 403, 403, 403)),
    "another step": ("post", "publish/", (302, 403, 404, 404, 403, 403, 403)),
    "file": ("get", None, (404, 404, 200, 200, 200, 404, 200)),
}


def _unsent(
    page: str, method: str, path: str | None, waiting: tuple[int, ...]
) -> tuple[str, str | None, tuple[int, ...]]:
    """What was never sent is its owners' alone: to moderators it is a stranger's, and its form is open."""
    nobody, stranger, owner, colleague, *_ = waiting
    if page == "form":
        owner = colleague = 200
    return method, path, (nobody, stranger, owner, colleague, *(3 * (stranger,)))


DRAFT = {page: _unsent(page, *row) for page, row in WAITING.items()}


def readers(owner: User) -> dict[str, Client]:
    """A browser of each of READERS."""
    colleague = person("colleague")
    member(colleague)
    people = {
        "stranger": person("stranger"),
        "owner": owner,
        "colleague": colleague,
        "moderator": person("inside", ("moderator", "AFR")),
        "elsewhere": person("outside", ("moderator", "EUR"), ("reviewer", ""), ("statistician", "")),
        "coordinator": person("boss", ("coordinator", "")),
    }
    return {"nobody": Client(), **{name: signed_in(user) for name, user in people.items()}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "page"), [*(("draft", page) for page in DRAFT), *(("submitted", page) for page in WAITING)]
)
def test_each_reader_is_answered(visitor: User, state: str, page: str) -> None:
    method, path, expected = (DRAFT if state == "draft" else WAITING)[page]
    organisation = member(visitor)
    answers = []
    clients = readers(visitor)
    for name in READERS:
        draft = start_submission(visitor, organisation_id=organisation.pk)
        draft = save_fields(visitor, draft, TEXT, draft.version)
        kept = attached(visitor, draft)
        if state == "submitted":
            take_step(visitor, draft, "submit")
        address = f"/files/{kept.key}/{kept.name}" if path is None else f"/submissions/{draft.pk}/{path}"
        answers.append(getattr(clients[name], method)(address).status_code)
    assert dict(zip(READERS, answers, strict=True)) == dict(zip(READERS, expected, strict=True))


@pytest.mark.django_db
def test_an_empty_post_to_the_form_says_nothing_was_meant(visitor: User) -> None:
    draft = save_fields(visitor, start_submission(visitor), TEXT, 1)
    signed_in(visitor).post(f"/submissions/{draft.pk}/edit/", {"version": draft.version})
    assert Submission.objects.get().fields == TEXT
