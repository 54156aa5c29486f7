"""Writing entries with a token."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Header, Status
from ninja.security import HttpBearer
from pydantic import Field

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry, entry_from_row, row_of
from actionlines.stocktaking.translation import columns_of
from actionlines_web.api.actions import Answer, KeyReusedError, answer_once, note_use, store_entry
from actionlines_web.api.models import ApiToken, Scope
from actionlines_web.api.operations.entries import entry_detail, router
from actionlines_web.api.problems import RefusedError
from actionlines_web.api.queries import token_of
from actionlines_web.api.schema import EntryDetail, EntryIn, EntryPatch, ProblemDocument
from actionlines_web.stocktaking.queries import entry_by_identifier, library_entry

__all__ = ["router"]

Key = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
_ANSWERS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 409, 422), ProblemDocument)
_CONDITIONAL: dict[Any, Any] = {**_ANSWERS, **dict.fromkeys((412, 428), ProblemDocument)}
Identifier = Annotated[str, Field(min_length=1, max_length=64)]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match", description="The ETag of the entry as it was read, or * for whatever stands there."
    ),
]
OwnKey = Annotated[Key | None, Header(alias="Idempotency-Key")]


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
    response={200: EntryDetail, 201: EntryDetail, **_CONDITIONAL},
    operation_id="putEntry",
    auth=WriterToken(),
)
def put_entry(
    request: HttpRequest,
    response: HttpResponse,
    identifier: Identifier,
    given: EntryIn,
    idempotency_key: OwnKey = None,
    if_match: IfMatch = None,
) -> Status[dict[str, Any]]:
    """Create the entry or put this in its place, whole. The same again changes nothing.

    An entry that stands is only changed with If-Match: without it the answer is 428, and 412 where somebody has changed
    the entry since it was read.
    """
    _check_identifier(given, identifier)
    entry = _entry(given, identifier)

    def work() -> Answer:
        return _stored(request, entry, 200, if_match)

    return _answered(request, response, given, idempotency_key, work)


@router.patch(
    "/entries/{identifier}",
    response={200: EntryDetail, 404: ProblemDocument, **_CONDITIONAL},
    operation_id="patchEntry",
    auth=WriterToken(),
)
def patch_entry(
    request: HttpRequest,
    response: HttpResponse,
    identifier: Identifier,
    given: EntryPatch,
    idempotency_key: OwnKey = None,
    if_match: IfMatch = None,
) -> Status[dict[str, Any]]:
    """Change the fields that are named; those that are null become empty (JSON merge patch). If-Match as with PUT."""
    _check_identifier(given, identifier)

    def work() -> Answer:
        found = entry_by_identifier(identifier) if "\x00" not in identifier else None
        if found is None:
            raise Http404
        changes = _row({**given.dict(exclude_unset=True), "id": identifier})
        entry = _checked({**row_of(library_entry(found)), **changes})
        return _stored(request, entry, 200, if_match)

    return _answered(request, response, given, idempotency_key, work)


def _check_identifier(given: EntryIn, identifier: str) -> None:
    if given.id not in {None, identifier}:
        fault = Problem(
            marked("The identifier is not that of the address."),
            column="id",
            expected=marked("the same, or none."),
        )
        raise RefusedError(422, gettext("Some parameters cannot be used."), [fault])


def _answered(
    request: HttpRequest, response: HttpResponse, given: EntryIn, key: str | None, work: Callable[[], Answer]
) -> Status[dict[str, Any]]:
    """The answer of `work`; under a key of the writer's own it is done once and answered the same."""
    answer = work() if key is None else _once(request, given, key, work)
    if answer.status == 201:
        response["Location"] = f"{request.build_absolute_uri('/api/v1/entries/')}{answer.body['id']}"
    if answer.etag:
        response["ETag"] = answer.etag
    if answer.again:
        response["Idempotency-Replayed"] = "true"
    return Status(answer.status, answer.body)


def _once(request: HttpRequest, given: EntryIn, key: str, work: Callable[[], Answer]) -> Answer:
    said = json.dumps([request.method, request.path, given.dict(exclude_unset=True)], sort_keys=True)
    try:
        return answer_once(_token(request), key, hashlib.sha256(said.encode()).hexdigest(), work)
    except KeyReusedError:
        fault = Problem(
            marked("This key was used for another request."),
            column="Idempotency-Key",
            expected=marked("a new key for a new request."),
        )
        raise RefusedError(422, gettext("Some parameters cannot be used."), [fault]) from None


def _stored(request: HttpRequest, entry: Entry, changed: int, if_match: str | None = None) -> Answer:
    token = _token(request)
    try:
        stored = store_entry(token, entry, lambda version: _check_version(version, if_match))
    except InputError as error:
        raise RefusedError(409, gettext("The entry cannot be stored as it is."), error.problems) from None
    note_use(token)
    record, etag = entry_detail(request, entry.id)
    detail = EntryDetail(**record).model_dump(mode="json")
    return Answer(201 if stored.created else changed, detail, etag)


def _check_version(version: str | None, if_match: str | None) -> None:
    """Whether the writer has seen what stands, in whatever language.

    Raises:
        RefusedError: 428 where they do not say what they have seen, 412 where it is something else.
    """
    if if_match is None:
        if version is None:
            return
        fault = Problem(
            marked("The entry stands and the request does not say which version it changes."),
            column="If-Match",
            expected=marked("the ETag of the entry as it was read, or * for whatever stands there."),
        )
        raise RefusedError(428, gettext("A change needs the header If-Match."), [fault])
    seen = {
        tag.strip().strip('"').partition(".")[0]
        for tag in if_match.split(",")
        if not tag.strip().startswith("W/")
    }
    if version is None or not ("*" in seen or version in seen):
        fault = Problem(
            marked("The entry is not the version the request was made for."),
            column="If-Match",
            expected=marked("the ETag of the entry as it stands: read it again."),
        )
        raise RefusedError(412, gettext("The entry was changed meanwhile."), [fault])


def _token(request: HttpRequest) -> ApiToken:
    found: ApiToken = request.auth  # type: ignore[attr-defined]
    return found


def _entry(given: EntryIn, identifier: str) -> Entry:
    return _checked({**_row(given.dict(exclude_none=True)), "id": identifier})


def _row(said: Mapping[str, Any]) -> dict[str, str]:
    """Fields as the cells of a table; each translation has columns of its own."""
    row = {
        name: "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        for name, value in said.items()
        if name != "translations"
    }
    for item in said.get("translations") or ():
        parts = (item["title"], item.get("description", ""), item.get("made_by", "human"))
        row |= zip(columns_of(item["language"]), parts, strict=True)
    return row


def _checked(row: Mapping[str, str]) -> Entry:
    """The library's entry, by the rules of an imported table.

    Raises:
        RefusedError: with every fault, each under the name of its field.
    """
    entry, problems = entry_from_row(row)
    if entry is None:
        errors = [problem for problem in problems if problem.severity == "error"]
        raise RefusedError(422, gettext("The entry cannot be stored as it is."), errors)
    return entry
