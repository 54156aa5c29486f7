"""The staged import: nothing changes before a decision, and every bad file gets a message that helps."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.stocktaking.actions import apply_import, discard_import, stage_import
from actionlines_web.stocktaking.models import Entry, EntryLink, ImportBatch
from actionlines_web.stocktaking.queries import EntryQuery, matrix

HEADER = "id,title,description,organisation,country_iso3,year,action_line,sdgs_declared,language"
GOOD = "p-1,Clinics on line,Doctors advise nurses by telemedicine.,Ministry of Health,KEN,2020,C7-HEA,3.8,en"


def table(*rows: str, header: str = HEADER) -> bytes:
    """A csv file."""
    return "\n".join([header, *rows, ""]).encode()


def upload(client: Client, data: bytes, name: str = "entries.csv", prefix: str = ""):
    """Send a file to the import page."""
    return client.post(f"{prefix}/imports/", {"file": SimpleUploadedFile(name, data)}, follow=True)


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """A coordinator's browser."""
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def nothing_is_stored() -> bool:
    """Neither entries nor links, and nothing is counted."""
    stored = Entry.objects.exists() or EntryLink.objects.exists()
    return not stored and matrix(EntryQuery()).counts == {}


@pytest.mark.django_db
def test_staging_changes_nothing_and_says_what_would_happen(coordinator: User) -> None:
    batch = stage_import(
        coordinator, table(GOOD, GOOD.replace("p-1", "p-2").replace("KEN", "Atlantis")), "entries.csv"
    )
    assert nothing_is_stored()
    assert batch.counts == {"created": 1, "changed": 0, "unchanged": 0, "refused": 1, "problems": 1}
    assert [(problem["row"], problem["column"]) for problem in batch.problems] == [(3, "country_iso3")]


@pytest.mark.django_db
def test_applying_stores_the_entry_once_and_a_second_import_changes_nothing(coordinator: User) -> None:
    apply_import(coordinator, stage_import(coordinator, table(GOOD), "entries.csv").pk)
    entry = Entry.objects.get()
    assert (entry.identifier, entry.country, entry.region, entry.year, entry.organisation.name) == (
        *("p-1", "KEN", "AFR", 2020),
        "Ministry of Health",
    )
    declared = set(EntryLink.objects.filter(basis="declared").values_list("framework", "node"))
    assert {("wsis", "C7-HEA"), ("sdg", "3.8")} <= declared
    again = stage_import(coordinator, table(GOOD), "entries.csv")
    assert again.counts["unchanged"] == 1
    changed = stage_import(coordinator, table(GOOD.replace("Clinics", "Hospitals")), "entries.csv")
    apply_import(coordinator, changed.pk)
    assert list(Entry.objects.values_list("title", flat=True)) == ["Hospitals on line"]


@pytest.mark.django_db
def test_a_decided_import_cannot_be_decided_again(coordinator: User) -> None:
    batch = stage_import(coordinator, table(GOOD), "entries.csv")
    discard_import(coordinator, batch.pk)
    with pytest.raises(ValueError, match="is discarded"):
        apply_import(coordinator, batch.pk)
    assert nothing_is_stored()
    assert ImportBatch.objects.get().rows == []


@pytest.mark.django_db
def test_each_step_is_audited(coordinator: User) -> None:
    apply_import(coordinator, stage_import(coordinator, table(GOOD), "entries.csv").pk)
    records = Record.objects.filter(object_type="stocktaking.importbatch").order_by("pk")
    assert [(record.verb, record.actor) for record in records] == [
        ("stage", coordinator),
        ("apply", coordinator),
    ]
    assert records.last().detail == {"created": ["p-1"], "changed": []}


@pytest.mark.django_db
def test_only_a_coordinator_imports(visitor: User, client: Client) -> None:
    with pytest.raises(PermissionDenied):
        stage_import(visitor, table(GOOD), "entries.csv")
    assert client.get("/imports/").status_code == 302
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert upload(client, table(GOOD)).status_code == 403
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_a_failure_while_applying_leaves_nothing_half_written(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = stage_import(coordinator, table(GOOD), "entries.csv")

    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("actionlines_web.stocktaking.actions.entries.write_postings", fail)
    with pytest.raises(RuntimeError):
        apply_import(coordinator, batch.pk)
    assert nothing_is_stored()
    assert ImportBatch.objects.get().state == "staged"


def zip_bomb() -> bytes:
    """An xlsx whose one sheet unpacks to 300 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return target.getvalue()


def workbook_with_macros() -> bytes:
    """An xlsx that holds a macro project."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return target.getvalue()


WHOLE_FILES = {
    "empty": (b"", "entries.csv"),
    "header only": (table(), "entries.csv"),
    "another encoding": (
        table(GOOD.replace("Clinics", "Télésanté")).decode().encode("cp1252"),
        "entries.csv",
    ),
    "a missing column": (table("p-1,A title", header="id,title"), "entries.csv"),
    "50,000 columns": (table(header=",".join(f"c{n}" for n in range(50_000))), "entries.csv"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "entries.pdf"),
    "a zip bomb": (zip_bomb(), "entries.xlsx"),
    "macros": (workbook_with_macros(), "entries.xlsx"),
    "a picture called xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(100), "entries.xlsx"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
@pytest.mark.parametrize("fault", WHOLE_FILES)
def test_a_file_that_cannot_be_read_is_answered_with_a_message(desk: Client, fault: str, prefix: str) -> None:
    data, name = WHOLE_FILES[fault]
    answer = upload(desk, data, name, prefix)
    assert answer.status_code == 422
    content = answer.content.decode()
    assert 'role="alert"' in content
    assert f"<bdi>{name}</bdi>" in content
    assert not ImportBatch.objects.exists()
    assert nothing_is_stored()


ROWS = {
    "an unknown country": (GOOD.replace("KEN", "Atlantis"), "country_iso3", "Atlantis"),
    "an unknown line": (GOOD.replace("C7-HEA", "C12"), "action_line", "C12"),
    "an unknown target": (GOOD.replace("3.8", "9.99"), "sdgs_declared", "9.99"),
    "a day that does not exist": (GOOD.replace("2020", "31/02/2018"), "year", "31/02/2018"),
    "a formula": (GOOD.replace("Clinics on line", "=HYPERLINK(1)"), "title", "=HYPERLINK(1)"),
    "HTML in the title": (GOOD.replace("Clinics", "<b>Clinics</b>"), "title", "<b>"),
    "an unknown language": (GOOD.replace(",en", ",tlh"), "language", "tlh"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ROWS)
def test_a_bad_cell_is_named_with_row_and_column_and_its_neighbours_go_on(desk: Client, fault: str) -> None:
    row, column, shown = ROWS[fault]
    answer = upload(desk, table(GOOD.replace("p-1", "p-0"), row))
    batch = ImportBatch.objects.get()
    assert answer.status_code == 200
    assert {
        (problem["row"], problem["column"]) for problem in batch.problems if problem["severity"] == "error"
    } == {(3, column)}
    assert [entry["id"] for entry in batch.rows] == ["p-0"]
    assert any(shown in str(value) for problem in batch.problems for value in problem["values"].values())


@pytest.mark.django_db
@override_settings(UPLOAD_LIMIT_BYTES=1_000_000)
@pytest.mark.parametrize(("prefix", "words"), [("", "larger than 20 MB"), ("/fr", "20 Mo"), ("/ar", "20")])
def test_an_upload_over_the_limit_is_answered_with_a_page(desk: Client, prefix: str, words: str) -> None:
    answer = upload(desk, table(GOOD) + b"x" * 2_000_000, "entries.csv", prefix)
    assert answer.status_code == 413
    assert words in answer.content.decode()
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_markup_in_a_cell_is_never_markup_on_the_page(desk: Client) -> None:
    answer = upload(desk, table(GOOD.replace("Ministry of Health", "<script>alert(1)</script>")))
    assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.django_db
def test_the_example_file_imports_without_a_problem(desk: Client) -> None:
    example = desk.get("/imports/example.csv").content
    upload(desk, example)
    assert ImportBatch.objects.get().counts == {
        "created": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "problems": 0,
    }


IATI = (
    '<iati-activities version="2.03"><iati-activity xml:lang="en"><iati-identifier>XI-1</iati-identifier>'
    '<reporting-org ref="XI" type="10"><narrative>Office</narrative></reporting-org>'
    "<title><narrative>Clinics on line</narrative></title>"
    "<description><narrative>Doctors advise nurses.</narrative></description>"
    '<activity-date iso-date="2020-05-01" type="2"/><recipient-country code="KE"/>'
    '<tag vocabulary="3" code="3.8"/></iati-activity><iati-activity/></iati-activities>'
)


@pytest.mark.django_db
def test_a_file_of_iati_is_staged_and_applied_like_a_table(desk: Client, coordinator: User) -> None:
    answer = upload(desk, IATI.encode(), "activities.xml")
    batch = ImportBatch.objects.get()
    assert answer.status_code == 200
    assert batch.counts == {"created": 1, "changed": 0, "unchanged": 0, "refused": 1, "problems": 1}
    apply_import(coordinator, batch.pk)
    entry = Entry.objects.get()
    assert (entry.identifier, entry.country, entry.year, entry.organisation.name) == (
        "XI-1",
        "KEN",
        2020,
        "Office",
    )
    assert stage_import(coordinator, IATI.encode(), "activities.xml").counts["unchanged"] == 1


@pytest.mark.django_db
def test_a_file_of_iati_with_a_document_type_is_refused_with_a_message(desk: Client) -> None:
    answer = upload(desk, b'<!DOCTYPE x [<!ENTITY a "b">]>' + IATI.encode(), "activities.xml")
    assert (answer.status_code, "DOCTYPE" in answer.content.decode()) == (422, True)
    assert not ImportBatch.objects.exists()
