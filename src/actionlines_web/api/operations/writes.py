"""Writing entries with a token."""

import hashlib
import json
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Header, Status
from ninja.security import HttpBearer
from pydantic import Field

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry, entry_from_row
from actionlines.stocktaking.translation import columns_of
from actionlines_web.api.actions import Answer, KeyReusedError, answer_once, note_use, store_entry
from actionlines_web.api.models import ApiToken, Scope
from actionlines_web.api.operations.entries import entry_detail, router
from actionlines_web.api.problems import RefusedError
from actionlines_web.api.queries import token_of
from actionlines_web.api.schema import EntryDetail, EntryIn, ProblemDocument
from actionlines_web.stocktaking.queries import entry_by_identifier

__all__ = ["router"]

Key = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
_ANSWERS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 409, 422), ProblemDocument)


class WriterToken(HttpBearer):
    """`Authorization: Bearer KEY` of a token with the scope entries:write."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token, None where it does not hold; PermissionDenied where it was made for something else."""
        found = token_of(token)
        if found is not None and Scope.WRITE_ENTRIES not in found.scopes:
            raise PermissionDenied
        return found


@router.post(
    "/entries", response={201: EntryDetail, **_ANSWERS}, operation_id="createEntry", auth=WriterToken()
)
def create_entry(
    request: HttpRequest,
    response: HttpResponse,
    given: EntryIn,
    idempotency_key: Annotated[
        Key,
        Header(
            alias="Idempotency-Key",
            description="Any text of your own; sent again within 24 hours with the same body, the first answer comes again.",
        ),
    ],
) -> Status[dict[str, Any]]:
    """Create an entry. Sent again with the same Idempotency-Key it is created once, and answered the same."""
    entry = _entry(given, given.id or "")

    def work() -> Answer:
        if entry_by_identifier(entry.id) is not None:
            fault = Problem(
                marked("There is an entry with this identifier."),
                column="id",
                expected=marked("a new one; an entry that stands is changed with PUT."),
            )
            raise RefusedError(409, gettext("The entry is there already."), [fault])
        return _stored(request, entry, 201)

    return _answered(request, response, given, idempotency_key, work)


@router.put(
    "/entries/{identifier}",
    response={200: EntryDetail, 201: EntryDetail, **_ANSWERS},
    operation_id="putEntry",
    auth=WriterToken(),
)
def put_entry(
    request: HttpRequest,
    response: HttpResponse,
    identifier: Annotated[str, Field(min_length=1, max_length=64)],
    given: EntryIn,
    idempotency_key: Annotated[Key | None, Header(alias="Idempotency-Key")] = None,
) -> Status[dict[str, Any]]:
    """Create the entry or put this in its place, whole. The same again changes nothing."""
    if given.id not in {None, identifier}:
        fault = Problem(
            marked("The identifier is not that of the address."),
            column="id",
            expected=marked("the same, or none."),
        )
        raise RefusedError(422, gettext("Some parameters cannot be used."), [fault])
    entry = _entry(given, identifier)

    def work() -> Answer:
        return _stored(request, entry, 200)

    if idempotency_key is None:
        answer = work()
        return Status(answer.status, answer.body)
    return _answered(request, response, given, idempotency_key, work)


def _answered(
    request: HttpRequest, response: HttpResponse, given: EntryIn, key: str, work: Any
) -> Status[dict[str, Any]]:
    said = json.dumps([request.method, request.path, given.dict()], sort_keys=True)
    try:
        answer = answer_once(_token(request), key, hashlib.sha256(said.encode()).hexdigest(), work)
    except KeyReusedError:
        fault = Problem(
            marked("This key was used for another request."),
            column="Idempotency-Key",
            expected=marked("a new key for a new request."),
        )
        raise RefusedError(422, gettext("Some parameters cannot be used."), [fault]) from None
    if answer.status == 201:
        response["Location"] = f"{request.build_absolute_uri('/api/v1/entries/')}{answer.body['id']}"
    if answer.again:
        response["Idempotency-Replayed"] = "true"
    return Status(answer.status, answer.body)


def _stored(request: HttpRequest, entry: Entry, changed: int) -> Answer:
    token = _token(request)
    try:
        stored = store_entry(token, entry)
    except InputError as error:
        raise RefusedError(409, gettext("The entry cannot be stored as it is."), error.problems) from None
    note_use(token)
    detail = EntryDetail(**entry_detail(request, entry.id)).model_dump(mode="json")
    return Answer(201 if stored.created else changed, detail)


def _token(request: HttpRequest) -> ApiToken:
    found: ApiToken = request.auth  # type: ignore[attr-defined]
    return found


def _entry(given: EntryIn, identifier: str) -> Entry:
    """The library's entry, by the rules of an imported table.

    Raises:
        RefusedError: with every fault, each under the name of its field.
    """
    said = given.dict(exclude_none=True, exclude={"translations"})
    row = {name: "; ".join(value) if isinstance(value, list) else str(value) for name, value in said.items()}
    for item in given.translations:
        row |= zip(columns_of(item.language), (item.title, item.description, item.made_by), strict=True)
    entry, problems = entry_from_row({**row, "id": identifier})
    if entry is None:
        errors = [problem for problem in problems if problem.severity == "error"]
        raise RefusedError(422, gettext("The entry cannot be stored as it is."), errors)
    return entry
