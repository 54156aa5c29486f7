"""What went wrong, as `application/problem+json` (RFC 9457) that names the parameter and what was expected."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from actionlines.problems import Problem
from actionlines_web.ui.templatetags.actionlines import problem_expectation, problem_message

MEDIA_TYPE = "application/problem+json"


class RefusedError(Exception):
    """A request that is answered with a problem.

    Attributes:
        status: of the answer.
        detail: one sentence in the reader's language.
        faults: problems of single parameters or fields.
    """

    def __init__(self, status: int, detail: str, faults: Iterable[Problem] = ()) -> None:
        self.status, self.detail, self.faults = status, detail, tuple(faults)
        super().__init__(detail)


def problem_response(
    status: int, detail: str, faults: Iterable[Problem] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body["detail"] = detail
    errors = [
        {"parameter": fault.column, "message": problem_message(fault), "expected": problem_expectation(fault)}
        for fault in faults
    ]
    if errors:
        body["errors"] = errors
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE, headers=headers
    )
