"""Writing with tokens: scopes, revocation, once and only once, audited, by the rules of an import."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from actionlines.problems import InputError
from actionlines.stocktaking import LONG_TEXTS
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.api.actions import issue_token, revoke_token, writes
from actionlines_web.api.models import ApiToken, KeptAnswer
from actionlines_web.audit.queries import records_of
from actionlines_web.stocktaking.actions import drift
from actionlines_web.stocktaking.models import Entry

GIVEN = {
    "id": "p-1",
    "title": "Télésanté",
    "description": "Les dispensaires consultent des médecins.",
    "language": "fr",
    "organisation": "Ministère",
    "country": "Sénégal",
    "year": 2024,
    "lines": ["C7-HEA"],
    "targets": ["3.8"],
}


def send(
    key: str,
    body: object,
    *,
    path: str = "/entries",
    method: str = "post",
    once: str = "k-1",
    match: str = "",
) -> Any:
    """The answer to a write."""
    headers = {
        "Authorization": f"Bearer {key}",
        **({"Idempotency-Key": once} if once else {}),
        **({"If-Match": match} if match else {}),
    }
    options = {"data": json.dumps(body), "content_type": "application/json", "headers": headers}
    return getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1{path}", **options)


@pytest.mark.django_db
def test_a_created_entry_is_stored_linked_counted_and_audited(writer_key: str, coordinator: User) -> None:
    answer = send(writer_key, GIVEN)
    assert (answer.status_code, answer["Location"]) == (201, "http://testserver/api/v1/entries/p-1")
    row = Entry.objects.get(identifier="p-1")
    assert (row.country, row.region, row.organisation.name) == ("SEN", "AFR", "Ministère")
    assert {link["node"] for link in answer.json()["links"] if link["basis"] == "declared"} == {
        "C7",
        "C7-HEA",
        "3",
        "3.8",
    }
    assert Client().get("/api/v1/entries/p-1").json() == answer.json()
    assert not any(drift())
    (record,) = records_of(row)
    assert (record.verb, record.actor, record.detail["token"]) == ("create", coordinator, writer_key[:12])


@pytest.mark.django_db
def test_every_field_that_is_sent_comes_back(writer_key: str) -> None:
    given = {
        **GIVEN,
        "partners": ["Bureau, Dakar", "Union"],
        "countries": ["Mali", "GMB"],
        "coverage": "regional",
        "stage": "ongoing",
        "start": "2023-02-01",
        "figures": ["Postes: 12 (2024)"],
        **{name: f"Texte {name}" for name in LONG_TEXTS},
        "translations": [{"language": "en", "title": "Telehealth", "made_by": "machine"}],
    }
    answer = send(writer_key, given)
    assert answer.status_code == 201
    found = answer.json()
    same = ("partners", "start", "figures", *LONG_TEXTS)
    assert {name: found[name] for name in same} == {name: given[name] for name in same}
    assert [item["code"] for item in found["countries"]] == ["MLI", "GMB"]
    assert (found["coverage"]["code"], found["stage"]["code"]) == ("regional", "ongoing")
    assert found["translations"] == [
        {"language": "en", "title": "Telehealth", "description": "", "made_by": "machine"}
    ]
    (listed,) = Client().get("/api/v1/entries").json()["items"]
    assert {name: listed[name] for name in (*same, "translations")} == {
        name: found[name] for name in (*same, "translations")
    }


@pytest.mark.django_db
def test_the_same_request_again_is_answered_the_same_and_done_once(writer_key: str) -> None:
    first, again = send(writer_key, GIVEN), send(writer_key, GIVEN)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Entry.objects.count() == 1
    assert records_of(Entry.objects.get()).count() == 1


@pytest.mark.django_db
def test_a_key_used_for_another_request_is_refused(writer_key: str) -> None:
    send(writer_key, GIVEN)
    answer = send(writer_key, {**GIVEN, "id": "p-2"})
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "Idempotency-Key")
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_key_is_kept_a_day(writer_key: str) -> None:
    send(writer_key, GIVEN)
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert send(writer_key, {**GIVEN, "id": "p-2"}).status_code == 201


@pytest.mark.django_db
def test_a_request_that_failed_leaves_its_key_free(writer_key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*given: object) -> None:
        raise RuntimeError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(writes, "store_entries", failing)
        answer = send(writer_key, GIVEN)
        assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert (Entry.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert send(writer_key, GIVEN).status_code == 201


@pytest.mark.django_db
def test_creating_what_is_there_is_a_conflict(writer_key: str) -> None:
    send(writer_key, GIVEN)
    answer = send(writer_key, {**GIVEN, "title": "Another"}, once="k-2")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (409, "id")
    assert Entry.objects.get().title == "Télésanté"


@pytest.mark.django_db
def test_creating_without_a_key_of_ones_own_is_refused(writer_key: str) -> None:
    answer = send(writer_key, GIVEN, once="")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "Idempotency-Key")


@pytest.mark.django_db
def test_putting_creates_then_changes_then_leaves_alone(writer_key: str) -> None:
    given = {name: value for name, value in GIVEN.items() if name != "id"}

    def put(body: dict[str, object], match: str = "*") -> int:
        return send(writer_key, body, path="/entries/p-1", method="put", once="", match=match).status_code

    assert [put(given, ""), put({**given, "title": "New"}), put({**given, "title": "New"})] == [201, 200, 200]
    row = Entry.objects.get()
    assert row.title == "New"
    assert [record.verb for record in records_of(row)] == ["change", "create"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"title": ""}, "title"),
        ({"country": "Atlantis"}, "country"),
        ({"lines": ["C99"]}, "lines"),
        ({"targets": ["99.z"]}, "targets"),
        ({"year": 1066}, "year"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"description": "<b>bold</b>"}, "description"),
        ({"start": "2024-02-30"}, "start"),
        ({"tilte": "x"}, "tilte"),
        ({"id": "a/b"}, "id"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_stored(
    writer_key: str, change: dict[str, object], parameter: str
) -> None:
    answer = send(writer_key, {**GIVEN, **change})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [parameter]
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_body_that_is_not_json_is_a_problem(writer_key: str) -> None:
    headers = {"Authorization": f"Bearer {writer_key}", "Idempotency-Key": "k"}
    answer = Client().post("/api/v1/entries", data="{", content_type="application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.django_db
def test_a_putting_that_names_another_identifier_is_refused(writer_key: str) -> None:
    answer = send(writer_key, GIVEN, path="/entries/p-2", method="put")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "id")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["unknown", "revoked", "expired", "inactive", "other scope"])
def test_a_token_that_does_not_hold_opens_nothing(writer_key: str, coordinator: User, how: str) -> None:
    key, status = writer_key, 401
    match how:
        case "unknown":
            key = "al_nothing"
        case "revoked":
            revoke_token(System(), writer_key)
        case "expired":
            ApiToken.objects.update(expires_at=timezone.now())
        case "inactive":
            User.objects.update(is_active=False)
        case _:
            ApiToken.objects.update(scopes=[])
            status = 403
    answer = send(key, GIVEN)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_session_is_no_token(coordinator: User, client: Client) -> None:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(
        "/api/v1/entries",
        json.dumps(GIVEN),
        content_type="application/json",
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 401


@pytest.mark.django_db
def test_the_command_shows_a_key_once_and_keeps_only_its_digest(coordinator: User) -> None:
    out = StringIO()
    call_command(
        "issue_token",
        coordinator.email,
        "--scope",
        "entries:write",
        "--days",
        "30",
        stdout=out,
        stderr=StringIO(),
    )
    key = out.getvalue().strip()
    token = ApiToken.objects.get()
    assert key not in {str(value) for value in vars(token).values()}
    assert send(key, GIVEN).status_code == 201
    call_command("revoke_token", token.start, stdout=StringIO())
    assert send(key, GIVEN, once="k-2").status_code == 401
    assert [record.verb for record in records_of(token)] == ["revoke", "issue"]


@pytest.mark.django_db
def test_a_token_for_nobody_or_nothing_known_is_refused(coordinator: User) -> None:
    with pytest.raises(InputError) as refused:
        issue_token(System(), email="nobody@example.org", scopes=["all"])
    assert [problem.values for problem in refused.value.problems] == [
        {"email": "nobody@example.org"},
        {"scope": "all", "known": "entries:write"},
    ]
    with pytest.raises(InputError):
        revoke_token(System(), "al_nothing")


def put(key: str, body: object, match: str, method: str = "put", once: str = "") -> Any:
    """The answer to a change of p-1."""
    return send(key, body, path="/entries/p-1", method=method, once=once, match=match)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch"])
def test_a_change_needs_the_version_it_changes(writer_key: str, method: str) -> None:
    made = send(writer_key, GIVEN)
    new = {**GIVEN, "title": "New"}
    without = put(writer_key, new, "", method)
    assert (without.status_code, without.json()["errors"][0]["parameter"]) == (428, "If-Match")
    assert (without["Content-Type"], Entry.objects.get().title) == ("application/problem+json", "Télésanté")
    changed = put(writer_key, new, made["ETag"], method)
    assert (changed.status_code, changed.json()["title"]) == (200, "New")
    late = put(writer_key, {**GIVEN, "title": "Late"}, made["ETag"], method)
    assert (late.status_code, late.json()["errors"][0]["parameter"]) == (412, "If-Match")
    assert Entry.objects.get().title == "New"
    assert put(writer_key, {**GIVEN, "title": "Third"}, changed["ETag"], method).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("match", ['"0123456789abcdef.en"', "nonsense", '""', "W/*"])
def test_another_version_or_a_weak_one_is_refused(writer_key: str, match: str) -> None:
    send(writer_key, GIVEN)
    assert put(writer_key, GIVEN, match).status_code == 412


@pytest.mark.django_db
def test_one_of_several_versions_is_enough(writer_key: str) -> None:
    made = send(writer_key, GIVEN)
    assert put(writer_key, {**GIVEN, "title": "New"}, f'"other", {made["ETag"]}').status_code == 200


@pytest.mark.django_db
def test_a_version_read_in_one_language_allows_a_change_in_another(writer_key: str) -> None:
    send(writer_key, GIVEN)
    read = Client().get("/api/v1/entries/p-1", {"lang": "fr"})
    assert read["ETag"] != Client().get("/api/v1/entries/p-1", {"lang": "en"})["ETag"]
    assert put(writer_key, {**GIVEN, "title": "New"}, read["ETag"]).status_code == 200


@pytest.mark.django_db
def test_the_version_of_a_change_is_that_of_the_next_reading(writer_key: str) -> None:
    made = send(writer_key, GIVEN)
    again = Client().get("/api/v1/entries/p-1", headers={"If-None-Match": made["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    put(writer_key, {**GIVEN, "title": "New"}, "*")
    assert Client().get("/api/v1/entries/p-1", headers={"If-None-Match": made["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_nothing_is_made_where_something_was_to_be_changed(writer_key: str) -> None:
    assert put(writer_key, GIVEN, "*").status_code == 412
    assert put(writer_key, GIVEN, "*", "patch").status_code == 404
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_patching_changes_what_is_named_and_empties_what_is_null(writer_key: str) -> None:
    send(writer_key, {**GIVEN, "website": "https://example.org", "start": "2024-03-01", "source": "a list"})
    before = Client().get("/api/v1/entries/p-1").json()
    answer = put(
        writer_key, {"title": "New", "website": None, "targets": [], "lines": ["C2", "C4"]}, "*", "patch"
    )
    after = answer.json()
    assert (answer.status_code, after["title"], after["website"]) == (200, "New", None)
    assert {link["node"] for link in after["links"] if link["basis"] == "declared"} == {"C2", "C4"}
    same = ("description", "organisation", "country", "year", "start", "source", "language")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "parameter"),
    [({"title": None}, "title"), ({"year": 1066}, "year"), ({"tilte": "x"}, "tilte"), ({"id": "p-2"}, "id")],
)
def test_a_patch_that_cannot_be_used_is_named_and_nothing_changes(
    writer_key: str, change: dict[str, object], parameter: str
) -> None:
    made = send(writer_key, GIVEN)
    answer = put(writer_key, change, "*", "patch")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, parameter)
    assert Client().get("/api/v1/entries/p-1")["ETag"] == made["ETag"]


@pytest.mark.django_db
def test_a_patch_sent_again_under_its_key_is_answered_the_same(writer_key: str) -> None:
    made = send(writer_key, GIVEN)
    first, again = (put(writer_key, {"title": "New"}, made["ETag"], "patch", "k-9") for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert again["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_that_is_not_called_json_is_not_read(register: None, writer_key: str, kind: str) -> None:
    answer = Client().generic(
        "PUT",
        "/api/v1/entries/a",
        json.dumps({"title": "New", "description": "x"}),
        content_type=kind,
        headers={"Authorization": f"Bearer {writer_key}", "If-Match": "*"},
    )
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")
    assert Entry.objects.get(identifier="a").title == "Entry a"
