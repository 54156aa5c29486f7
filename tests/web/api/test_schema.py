"""The published schema: what programs rely on does not change unnoticed."""

import json

import pytest
from django.test import Client

from web.api.write_schema import SNAPSHOT, current


def test_the_schema_is_the_snapshot() -> None:
    assert current() == SNAPSHOT.read_text(encoding="utf-8"), "changed: see write_schema.py, then docs/api.md"


@pytest.mark.django_db
def test_the_published_schema_is_openapi_3_1_and_the_snapshot(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.json() == json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert answer.json()["openapi"] == "3.1.0"


@pytest.mark.django_db
def test_every_read_is_open_and_every_write_asks_for_a_token() -> None:
    secured = {
        (method, bool(operation.get("security")))
        for operations in json.loads(current())["paths"].values()
        for method, operation in operations.items()
    }
    assert secured == {("get", False), ("patch", True), ("post", True), ("put", True)}


@pytest.mark.django_db
def test_the_documentation_shows_every_operation_without_foreign_or_inline_code(client: Client) -> None:
    answer = client.get("/api/v1/docs")
    content = answer.content.decode()
    for operations in json.loads(current())["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in content
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "//cdn" not in content
