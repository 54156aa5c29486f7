"""Each operation as everybody: without a token, with a token of every role, with one that does not suffice or hold."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.api.actions import issue_token, revoke_token
from actionlines_web.api.models import ApiToken
from actionlines_web.organisations.models import Membership
from actionlines_web.organisations.queries import organisation_by_name
from actionlines_web.stocktaking.models import Entry
from web.api.write_schema import current
from web.stocktaking.test_submissions import person

ENTRY = {"title": "A project", "description": "What it does.", "lines": ["C2"]}
# Operation: (path, method, body, status without a token, of a person without a role, of a coordinator).
OPEN = (None, 200, 200, 200)
ACCESS = {
    "listEntries": ("/entries", "get", *OPEN),
    "getEntry": ("/entries/a", "get", *OPEN),
    "getMatrix": ("/matrix", "get", *OPEN),
    "createEntry": ("/entries", "post", {**ENTRY, "id": "new"}, 401, 403, 201),
    "putEntry": ("/entries/a", "put", ENTRY, 401, 403, 200),
    "patchEntry": ("/entries/a", "patch", {"title": "New"}, 401, 403, 200),
    "listFrameworks": ("/frameworks", "get", *OPEN),
    "getFramework": ("/frameworks/sdg", "get", *OPEN),
    "listNodes": ("/frameworks/wsis/nodes", "get", *OPEN),
    "getNode": ("/frameworks/sdg/nodes/9.c", "get", *OPEN),
    "listCrosswalks": ("/crosswalks", "get", *OPEN),
    "getCrosswalk": ("/crosswalks/wsis-sdg", "get", *OPEN),
    "listSeries": ("/indicators/series", "get", *OPEN),
    "getSeries": ("/indicators/series/i271", "get", *OPEN),
    "listObservations": ("/indicators/observations", "get", *OPEN),
    "listIndices": ("/indicators/indices", "get", *OPEN),
    "listScores": ("/indicators/indices/idi-2017/scores", "get", *OPEN),
    "listFindings": ("/indicators/findings", "get", *OPEN),
    "listAreas": ("/areas", "get", *OPEN),
    "getArea": ("/areas/SEN", "get", *OPEN),
    "listResultsFrameworks": ("/results", "get", *OPEN),
    # There is none; what is private is held apart in tests/web/results.
    "getResultsFramework": ("/results/mine", "get", None, 404, 404, 404),
    "listResultsIndicators": ("/results/mine/indicators", "get", None, 404, 404, 404),
    "listResultsActuals": ("/results/mine/actuals", "get", None, 404, 404, 404),
    "listPlans": ("/plans", "get", *OPEN),
    "getPlan": ("/plans/1", "get", None, 404, 404, 404),
    "listMeetings": ("/meetings", "get", *OPEN),
    "listMeetingDocuments": ("/meetings/tdag-27/documents", "get", *OPEN),
    "listEvents": ("/events", "get", *OPEN),
    "listInitiatives": ("/events/initiatives", "get", *OPEN),
    "listProposals": ("/partnerships", "get", *OPEN),
    "listPartnershipFigures": ("/partnerships/figures", "get", *OPEN),
    "listPrizeEditions": ("/prizes", "get", *OPEN),
    "listPrizeNominees": ("/prizes/2026/nominees", "get", *OPEN),
}


def asked(operation: str, key: str = "") -> int:
    """The status of an operation with a key."""
    path, method, body = ACCESS[operation][:3]
    headers = {
        "Idempotency-Key": operation,
        "If-Match": "*",
        **({"Authorization": f"Bearer {key}"} if key else {}),
    }
    options = {"data": json.dumps(body), "content_type": "application/json"} if body else {}
    return getattr(Client(enforce_csrf_checks=True), method)(
        f"/api/v1{path}", headers=headers, **options
    ).status_code


def test_every_operation_has_a_row() -> None:
    paths = json.loads(current())["paths"].values()
    assert {operation["operationId"] for methods in paths for operation in methods.values()} == set(ACCESS)


def key_of(user: User, *scopes: str) -> str:
    """The key of a new token of this person."""
    return issue_token(System(), email=user.email, scopes=scopes or ["entries:write"])[1]


@pytest.mark.django_db
@pytest.mark.parametrize("operation", ACCESS)
def test_operation_answers_each_role(
    register: None, visitor_key: str, writer_key: str, operation: str
) -> None:
    keys = {"nobody": "", "plain": visitor_key, "coordinator": writer_key}
    for role in ("moderator", "reviewer", "statistician", "administrator"):
        keys[role] = key_of(person(role, (role, "")))
    # The entry that is written to belongs to their organisation: through the API that gives no right either.
    organisation = organisation_by_name("Org A")
    for role in Membership.Role.values:
        user = person(role)
        Membership.objects.create(user=user, organisation=organisation, role=role)
        keys[role] = key_of(user)
    nobody, plain, coordinating = ACCESS[operation][3:]
    answers = {}
    for role, key in keys.items():
        before = transaction.savepoint()
        answers[role] = asked(operation, key)
        transaction.savepoint_rollback(before)
    assert answers == {
        **dict.fromkeys(keys, plain),
        "nobody": nobody,
        "coordinator": coordinating,
        "administrator": coordinating,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("operation", [name for name, row in ACCESS.items() if row[1] != "get"])
def test_a_token_that_does_not_hold_writes_nothing(register: None, coordinator: User, operation: str) -> None:
    before = list(Entry.objects.order_by("pk").values())
    revoked = key_of(coordinator)
    revoke_token(coordinator, revoked[:12])
    expired = key_of(coordinator)
    ApiToken.objects.filter(start=expired[:12]).update(expires_at=timezone.now() - timedelta(seconds=1))
    closed_user = person("closed", ("coordinator", ""))
    closed = key_of(closed_user)
    User.objects.filter(pk=closed_user.pk).update(is_active=False)
    assert [asked(operation, key) for key in (revoked, expired, closed, "al_made-up", "x")] == [401] * 5
    narrow = key_of(coordinator)
    ApiToken.objects.filter(start=narrow[:12]).update(scopes=[])
    assert asked(operation, narrow) == 403
    assert list(Entry.objects.order_by("pk").values()) == before
