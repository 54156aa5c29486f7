"""Each operation as a visitor, with the token of a person without a role, and with a coordinator's."""

import json

import pytest
from django.test import Client

from web.api.write_schema import current

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


@pytest.mark.django_db
@pytest.mark.parametrize("operation", ACCESS)
def test_operation_answers_each_role(
    register: None, visitor_key: str, writer_key: str, operation: str
) -> None:
    assert tuple(asked(operation, key) for key in ("", visitor_key, writer_key)) == ACCESS[operation][3:]
