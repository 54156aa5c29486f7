"""An archived entry stands nowhere but at its own address, and comes back exactly as it was."""

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.models import Record
from actionlines_web.search.queries import ranked_ids
from actionlines_web.stocktaking.actions import (
    archive_entry,
    drift,
    rebuild_postings,
    restore_entry,
    stage_import,
    store_entries,
)
from actionlines_web.stocktaking.models import Entry, EntryLink, PostingBlock
from actionlines_web.stocktaking.queries import (
    EntryQuery,
    entry_by_identifier,
    entry_page,
    exported,
    facets,
    has_demonstration_entries,
    library_entries,
    link_counts,
    links_to_node,
    matrix,
)
from actionlines_web.stocktaking.queries.facets import entries_by_country, years_and_countries
from web.conftest import an_entry

GONE = an_entry(
    "gone",
    title="Xylophone",
    country="KEN",
    year=2012,
    lines=("C2",),
    targets=("9.c",),
    organisation="Org X",
    stakeholder_type="academia",
)
STAYS = an_entry("stays", country="FRA", year=2020, lines=("C3",), targets=("3.8",))
QUERY = EntryQuery()
# What each public read of the register says; with one entry archived it must say what it says without that entry.
READS: dict[str, Callable[[], object]] = {
    "list": lambda: [entry.identifier for entry in entry_page(QUERY).entries],
    "count": lambda: entry_page(QUERY).total,
    "search": lambda: [entry.identifier for entry in entry_page(EntryQuery(q="Xylophone")).entries],
    "index": lambda: ranked_ids("Xylophone"),
    "by line": lambda: entry_page(EntryQuery(line="C2")).total,
    "by target": lambda: entry_page(EntryQuery(target="9.c")).total,
    "facets": lambda: facets(QUERY),
    "facets under a filter": lambda: facets(EntryQuery(line="C2", year_from=2000)),
    "years and countries": years_and_countries,
    "map": entries_by_country,
    "matrix": lambda: matrix(QUERY).counts,
    "matrix of a goal": lambda: matrix(EntryQuery(goal="9")).counts,
    "matrix under a filter": lambda: matrix(EntryQuery(country="KEN")).counts,
    "matrix of outcomes": lambda: matrix(EntryQuery(framework="itu-d-2020")).counts,
    "node": lambda: links_to_node("wsis", "C2", QUERY),
    "counts of nodes": lambda: link_counts("sdg", ["9", "9.c", "3.8"], QUERY),
    "export": lambda: [entry.identifier for chunk in exported(QUERY) for entry in chunk],
    "report": lambda: [entry.id for entry in library_entries(QUERY)[0]],
    "entry": lambda: entry_by_identifier("gone"),
    "demonstration": has_demonstration_entries,
}
PAGES = (
    "/",
    "/?goal=9",
    "/?country=KEN",
    "/entries/",
    "/entries/?q=Xylophone",
    "/entries/?line=C2",
    "/entries/?region=AFR",
    "/entries/export.csv",
    "/entries/export.jsonl",
    "/entries/export.jsonld",
    "/entries/feed.atom",
    "/frameworks/wsis/",
    "/frameworks/wsis/C2/",
    "/frameworks/sdg/9.c/",
    "/indicators/economies/KEN/",
    "/reports/contribution/?language=en&format=json",
    "/api/v1/entries",
    "/api/v1/entries?q=Xylophone",
    "/api/v1/matrix",
    "/api/v1/frameworks/wsis/nodes/C2",
)


@pytest.fixture
def gone(db: None) -> Entry:
    """An entry that is archived, beside one that is not."""
    store_entries(System(), [GONE], demonstration=True)
    store_entries(System(), [STAYS])
    return archive_entry(System(), Entry.objects.get(identifier="gone"), "Nobody runs it any more")


@pytest.mark.django_db
def test_every_read_answers_as_if_the_entry_had_never_been_there() -> None:
    store_entries(System(), [STAYS])
    without = {name: read() for name, read in READS.items()}
    store_entries(System(), [GONE], demonstration=True)
    with_ = {name: read() for name, read in READS.items()}
    assert [name for name in READS if with_[name] == without[name]] == []
    archive_entry(System(), Entry.objects.get(identifier="gone"), "Nobody runs it any more")
    assert {name: read() for name, read in READS.items()} == without
    restore_entry(System(), Entry.objects.get(identifier="gone"))
    assert {name: read() for name, read in READS.items()} == with_


@pytest.mark.django_db
def test_no_public_page_or_file_says_anything_of_it(gone: Entry, client: Client) -> None:
    said = {
        path: b"".join(answer) if (answer := client.get(path)).streaming else answer.content for path in PAGES
    }
    assert [path for path, content in said.items() if b"gone" in content.replace(b"long gone", b"")] == []
    # Where the reader's own search words are shown again, the title stands in them.
    assert [path for path, content in said.items() if b"Xylophone" in content and "q=" not in path] == []
    assert b"stays" in said["/entries/export.csv"]


@pytest.mark.django_db
def test_its_address_says_that_it_is_archived(gone: Entry, client: Client) -> None:
    answer = client.get("/entries/gone/")
    assert (answer.status_code, b"Archived" in answer.content) == (410, True)
    answer = client.get("/api/v1/entries/gone")
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert answer.json()["status"] == 410


@pytest.mark.django_db
def test_the_matrix_agrees_with_a_recount_and_a_recount_leaves_it_out(gone: Entry) -> None:
    assert drift() == []
    counted = matrix(EntryQuery()).counts
    rebuild_postings()
    assert matrix(EntryQuery()).counts == counted


@pytest.mark.django_db
def test_restoring_gives_every_link_its_tier_back(store) -> None:
    store([GONE])
    before = set(EntryLink.objects.values_list("framework", "node", "basis", "tier", "probability"))
    row = archive_entry(System(), Entry.objects.get(identifier="gone"), "By mistake")
    assert not EntryLink.objects.filter(tier__lte=2).exists()
    restore_entry(System(), row)
    assert set(EntryLink.objects.values_list("framework", "node", "basis", "tier", "probability")) == before


@pytest.mark.django_db(transaction=True)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["store", "toggle"]), st.sampled_from("abc")), max_size=8))
def test_postings_agree_after_any_history_of_archiving(steps: list[tuple[str, str]]) -> None:
    Entry.objects.all().delete()
    PostingBlock.objects.all().delete()
    for number, (step, identifier) in enumerate(steps):
        row = Entry.objects.filter(identifier=identifier).first()
        if step == "toggle" and row is not None:
            if row.archived_at is None:
                archive_entry(System(), row, "A reason")
            else:
                restore_entry(System(), row)
        elif row is None or row.archived_at is None:
            made = an_entry(
                identifier, title=f"Round {number}", country="KEN", lines=("C2", "C7-HEA"), targets=("9",)
            )
            store_entries(System(), [made])
    assert drift() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        ("moderator", "", True),
        ("moderator", "AFR", True),
        ("moderator", "C2", True),
        ("moderator", "EUR", False),
        ("moderator", "C3", False),
        ("coordinator", "", True),
        ("reviewer", "", False),
    ],
)
def test_only_its_moderators_archive_and_restore(
    store, visitor: User, role: str, scope: str, may: bool
) -> None:
    store([GONE])
    RoleGrant.objects.create(user=visitor, role=role, scope=scope)
    row = Entry.objects.get(identifier="gone")
    if not may:
        with pytest.raises(PermissionDenied):
            archive_entry(visitor, row, "A reason")
        archive_entry(System(), row, "A reason")
        with pytest.raises(PermissionDenied):
            restore_entry(visitor, row)
    else:
        archive_entry(visitor, row, "A reason")
        restore_entry(visitor, row)
        records = Record.objects.filter(object_type="stocktaking.entry", actor=visitor).order_by("sequence")
        assert [(record.verb, record.detail) for record in records] == [
            ("archive", {"reason": "A reason"}),
            ("restore", {}),
        ]


@pytest.mark.django_db
def test_archiving_twice_or_without_a_reason_changes_nothing(gone: Entry) -> None:
    records = Record.objects.count()
    with pytest.raises(ValueError, match="archived already"):
        archive_entry(System(), gone, "Again")
    with pytest.raises(InputError):
        archive_entry(System(), Entry.objects.get(identifier="stays"), "  ")
    with pytest.raises(ValueError, match="not archived"):
        restore_entry(System(), Entry.objects.get(identifier="stays"))
    assert (Record.objects.count(), drift()) == (records, [])


@pytest.mark.django_db
def test_an_import_refuses_the_row_of_an_archived_entry_and_stores_the_others(
    gone: Entry, coordinator: User, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = "id,title,description\ngone,Back,Text.\nnew,New,Text.\n"
    batch = stage_import(coordinator, content.encode(), "t.csv")
    assert [(item["row"], item["column"], item["template"]) for item in batch.problems] == [
        (2, "id", "the entry %(id)s is archived.")
    ]
    assert (batch.counts["created"], batch.counts["refused"], [row["id"] for row in batch.rows]) == (
        1,
        1,
        ["new"],
    )
    path = tmp_path / "t.csv"
    path.write_text(content)
    with pytest.raises(InputError):
        call_command("import_entries", str(path))
    call_command("import_entries", str(path), "--skip-refused")
    assert set(Entry.objects.values_list("identifier", flat=True)) == {"gone", "new", "stays"}
    assert (Entry.objects.get(identifier="gone").title, drift()) == ("Xylophone", [])


@pytest.mark.django_db
def test_the_api_does_not_write_over_an_archived_entry(gone: Entry, coordinator: User) -> None:
    from actionlines_web.api.actions import issue_token

    key = issue_token(System(), email=coordinator.email, scopes=["entries:write"])[1]
    answer = Client().put(
        "/api/v1/entries/gone",
        data=json.dumps({"title": "Back", "description": "Text."}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (409, "id")
    assert Entry.objects.get(identifier="gone").title == "Xylophone"


@pytest.mark.django_db
def test_the_page_archives_for_a_reason_and_restores(store, client: Client, coordinator: User) -> None:
    store([GONE])
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/entries/gone/archive/", {"reason": ""}, follow=True)
    assert (answer.status_code, "nothing was changed" in answer.content.decode()) == (200, True)
    answer = client.post("/entries/gone/archive/", {"reason": "Ended"}, follow=True)
    assert (answer.status_code, "Restore the entry" in answer.content.decode()) == (410, True)
    answer = client.post("/entries/gone/restore/", follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [("/entries/gone/", 302)])
