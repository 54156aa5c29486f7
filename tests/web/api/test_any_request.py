"""Requests made of the schema, good and bad: no answer is other than the schema says, none is a failure of the site."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from actionlines_web.wsgi import application
from web.api.write_schema import current

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
schema = schemathesis.openapi.from_dict(json.loads(current()))
schema.app = application


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """The test's connection stays open between requests, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("reader", ["writer", "visitor", "nobody"])
@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_no_request_is_answered_otherwise_than_the_schema_says(
    case, kept_connection: None, register: None, writer_key: str, visitor_key: str, reader: str
) -> None:
    key = {"writer": writer_key, "visitor": visitor_key, "nobody": ""}[reader]
    token = {"Authorization": f"Bearer {key}"} if key else {}
    # Who may not write is told so whatever the body: then nothing is said about bad data.
    checks = [check for check in CHECKS if reader == "writer" or check is not negative_data_rejection]
    case.call_and_validate(
        base_url="http://testserver", headers={**token, "Accept-Encoding": "identity"}, checks=checks
    )
