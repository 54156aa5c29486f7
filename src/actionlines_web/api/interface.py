"""The NinjaAPI object: its operations, how it answers what goes wrong, the schema it publishes."""

import logging
import re
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from actionlines.problems import Problem, marked
from actionlines.text import LANGUAGES
from actionlines_web.api.operations import areas, cooperation, frameworks, indicators, prizes, results, writes
from actionlines_web.api.problems import RefusedError, problem_response
from actionlines_web.ui.busy import RETRY_AFTER_SECONDS, is_busy

DESCRIPTION = """\
The register, the frameworks, the matrix, the indicators, the prizes, the results, meetings, events and partnerships, open to everybody \
without a key; entries are written with \
a token. Names come in the language of lang or Accept-Language. Lists go on at the address in next. Every answer \
to a read carries an ETag: send it as If-None-Match and an unchanged answer comes as 304 without a body. What cannot be \
used is refused with application/problem+json that names the parameter and what was expected.\
"""
_PROBLEM = "#/components/schemas/ProblemDocument"
_LANG = {
    "in": "query",
    "name": "lang",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
    "required": False,
    "description": "Language of names and messages; otherwise Accept-Language decides.",
}
_logger = logging.getLogger(__name__)


class Interface(NinjaAPI):
    """NinjaAPI whose schema says what the middleware adds."""

    def get_openapi_schema(self, **options: Any) -> dict[str, Any]:
        """The OpenAPI 3.1 schema of all operations under /api/v1/."""
        found: dict[str, Any] = super().get_openapi_schema(path_prefix="api/v1/")
        for operations in found["paths"].values():
            for operation in operations.values():
                operation["parameters"] = [*map(_without_null, operation["parameters"]), _LANG]
                operation["responses"] = {
                    status: _as_problem(response)
                    for status, response in {
                        **operation["responses"],
                        **({415: _refusal("Not sent as JSON")} if "requestBody" in operation else {}),
                        429: _refusal("Too many requests"),
                    }.items()
                }
        return found


def _without_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter of an address is there or not: null cannot be said in it."""
    schema = dict(parameter["schema"])
    kept = [choice for choice in schema.pop("anyOf", []) if choice.get("type") != "null"]
    schema.pop("title", None)
    return {**parameter, "schema": {**schema, **(kept[0] if kept else {})}}


def _refusal(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": {"$ref": _PROBLEM}}}}


def _as_problem(response: dict[str, Any]) -> dict[str, Any]:
    content = response.get("content", {})
    if content.get("application/json", {}).get("schema", {}).get("$ref") == _PROBLEM:
        return {**response, "content": {"application/problem+json": content["application/json"]}}
    return response


interface = Interface(
    title="actionlines",
    version="1",
    description=DESCRIPTION,
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-v1",
)
# The router of entries, with the operations that write added to those that read.
for router in (
    writes.router,
    frameworks.router,
    indicators.router,
    areas.router,
    prizes.router,
    results.router,
    cooperation.router,
):
    interface.add_router("", router)


@cache
def parameters_of(route: str, method: str) -> frozenset[str] | None:
    """The query parameters of an operation by Django's route ('api/v1/entries/<str:id>'), None where there is none."""
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    operation = interface.get_openapi_schema()["paths"].get(path, {}).get(method.lower())
    if operation is None:
        return None
    return frozenset(item["name"] for item in operation["parameters"] if item["in"] == "query")


@interface.exception_handler(RefusedError)
def _refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return problem_response(error.status, error.detail, error.faults)


@interface.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        Problem(
            marked("The value cannot be used."),
            {"said": str(item["msg"])},
            column=".".join(str(part) for part in item["loc"][1:] if part not in {"parameters", "given"}),
            expected="%(said)s",
        )
        for item in error.errors
    ]
    return problem_response(422, gettext("Some parameters cannot be used."), faults)


@interface.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = gettext("This operation needs a token that holds: send it as “Authorization: Bearer …”.")
    return problem_response(401, detail, headers={"WWW-Authenticate": "Bearer"})


@interface.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem_response(403, gettext("The token or its user may not do this."))


@interface.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(404, gettext("There is nothing at this address."))


@interface.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(error.status_code, gettext("The body of the request could not be read as JSON."))


@interface.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    if is_busy(error):
        detail = gettext("The database is busy: nothing was changed, ask again in %(seconds)s seconds.") % {
            "seconds": RETRY_AFTER_SECONDS
        }
        return problem_response(503, detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    _logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem_response(500, gettext("Something went wrong on this site; it has been noted."))
