"""Plans: taken in by what is in the file, read by a worker, private to an organisation until it shows them."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from actionlines_web.jobs.models import Job
from actionlines_web.jobs.worker import JobWorker
from actionlines_web.organisations.actions.merging import merge_organisations
from actionlines_web.organisations.models import Organisation
from actionlines_web.results.actions import plans as actions
from actionlines_web.results.models import Plan
from web.conftest import an_entry

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
HEALTH = "The plan builds hospitals and health centres so that mothers and newborn children no longer die of malaria."
NETWORKS = (
    "Broadband networks and information and communication infrastructure reach every village of the country."
)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    """A storage of its own."""
    settings.MEDIA_ROOT = tmp_path


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def brought(
    actor: User, organisation: Organisation | None, content: bytes | None = None, **more: Any
) -> Plan:
    data = docx(HEALTH, NETWORKS) if content is None else content
    values = {
        "title": "Vision 2035",
        "country": "SEN",
        "kind": "national",
        "organisation": organisation.pk if organisation else None,
        "name": "plan.docx",
        "size": len(data),
        "read": lambda: data,
        "language": "en",
        **more,
    }
    return actions.add_plan(actor, **values)


def read(plan: Plan) -> Plan:
    actions.read_plan.func(plan_id=plan.pk)
    return Plan.objects.get(pk=plan.pk)


def test_a_plan_is_read_and_says_where_it_addresses_what(
    client: Client, member: User, ministry: Organisation
) -> None:
    plan = read(brought(member, ministry, public=True))
    assert (plan.state, plan.problems) == ("read", [])
    page = client.get(f"/results/plans/{plan.pk}/")
    assert {row["node"].code: row["mentions"][0].text for row in page.context["goals"]}["3"] == HEALTH
    assert {row["node"].code for row in page.context["lines"]} == {"C2", "C7", "C7-HEA"}
    assert "13" in [node.code for node in page.context["silent"][0]["nodes"]]
    assert {row["node"].code: [line.code for line in row["lines"]] for row in page.context["opportunities"]}[
        "3"
    ]
    assert HEALTH in page.content.decode()


def test_a_job_that_is_run_again_leaves_what_was_read(member: User, ministry: Organisation) -> None:
    plan = read(brought(member, ministry))
    records = Record.objects.count()
    actions.read_plan.func(plan_id=plan.pk)
    actions.read_plan.func(plan_id=0)
    assert Record.objects.count() == records


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_it_and_the_page_tells_how_far_it_is(
    client: Client, member: User, ministry: Organisation
) -> None:
    plan = brought(member, ministry)
    client.force_login(member, backend=BACKEND)
    waiting = client.get(f"/results/plans/{plan.pk}/progress/")
    assert "HX-Refresh" not in waiting.headers
    assert "Waiting for the worker" in waiting.content.decode()
    JobWorker().work(until_empty=True)
    assert Plan.objects.get().state == "read"
    assert client.get(f"/results/plans/{plan.pk}/progress/").headers["HX-Refresh"] == "true"
    assert verify().sound


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "plan.docx", "the file is empty."),
        (b"\x89PNG\r\n\x1a\n picture", "plan.pdf", "files of this kind are not taken."),
        (b"<html>x</html>", "plan.txt", "files of this kind are not taken."),
        (b"MZ\x00\x01", "plan.pdf", "files of this kind are not taken."),
    ],
)
def test_what_is_in_the_file_decides_whether_it_is_taken(
    member: User, ministry: Organisation, content: bytes, name: str, said: str
) -> None:
    with pytest.raises(InputError) as error:
        brought(member, ministry, content, name=name)
    assert error.value.problems[0].message == said
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"title": " "}, "title"),
        ({"country": "XXX"}, "country"),
        ({"kind": "wish"}, "kind"),
        ({"language": "de"}, "language"),
        ({"size": 10**9}, "file"),
    ],
)
def test_what_else_cannot_be_used_is_named(
    member: User, ministry: Organisation, more: dict[str, Any], column: str
) -> None:
    with pytest.raises(InputError) as error:
        brought(member, ministry, **more)
    assert [problem.column for problem in error.value.problems] == [column]


def test_a_file_without_text_is_refused_with_its_reason(
    client: Client, member: User, ministry: Organisation
) -> None:
    plan = read(brought(member, ministry, docx("Words")))
    assert (plan.state, plan.cover) == ("refused", None)
    client.force_login(member, backend=BACKEND)
    assert "No text was found in the file." in client.get(f"/results/plans/{plan.pk}/").content.decode()


def test_a_file_the_scanner_refuses_is_not_read(
    monkeypatch: pytest.MonkeyPatch, member: User, ministry: Organisation
) -> None:
    monkeypatch.setattr(actions, "is_clean", lambda _: False)
    plan = read(brought(member, ministry))
    assert (plan.state, plan.problems[0]["template"]) == ("refused", "the virus scanner refused the file.")


def test_nobody_fills_the_queue(member: User, ministry: Organisation) -> None:
    for _ in range(5):
        brought(member, ministry)
    with pytest.raises(InputError):
        brought(member, ministry)


@pytest.mark.parametrize(("public", "seen"), [(False, [404, 404, 404, 200, 200]), (True, [200] * 5)])
def test_a_private_plan_is_for_its_organisation_and_coordinators(
    client: Client,
    member: User,
    ministry: Organisation,
    stranger: User,
    visitor: User,
    coordinator: User,
    public: bool,
    seen: list[int],
) -> None:
    plan = read(brought(member, ministry, public=public))
    other = read(brought(stranger, Organisation.objects.get(name="Another"), public=True))

    def answers(path: str) -> list[int]:
        found = []
        for user in (None, visitor, stranger, member, coordinator):
            client.logout()
            if user:
                client.force_login(user, backend=BACKEND)
            found.append(client.get(path).status_code)
        return found

    def shown(path: str) -> list[bool]:
        found = []
        for user in (None, visitor, stranger, member, coordinator):
            client.logout()
            if user:
                client.force_login(user, backend=BACKEND)
            page = client.get(path).content.decode()
            found.append(
                f'/results/plans/{plan.pk}/"' in page or f'value="{plan.pk}"' in page or "hospitals" in page
            )
        return found

    assert answers(f"/results/plans/{plan.pk}/") == seen
    assert answers(f"/results/plans/{plan.pk}/progress/") == seen
    visible = [status == 200 for status in seen]
    assert shown("/results/plans/") == visible
    assert shown("/results/plans/?country=SEN") == visible
    assert shown("/results/plans/countries/SEN/") == visible
    # Beside a public one it is neither offered nor shown.
    plan.refresh_from_db()
    page_of_other = f"/results/plans/{other.pk}/"
    offered = []
    compared = []
    for user in (None, visitor, stranger, member, coordinator):
        client.logout()
        if user:
            client.force_login(user, backend=BACKEND)
        offered.append(plan in client.get(page_of_other).context["choices"])
        compared.append(plan in client.get(f"{page_of_other}?with={plan.pk}").context["compared"])
    assert offered == compared == visible
    client.logout()
    assert [item["id"] == plan.pk for item in client.get("/api/v1/plans").json()["items"]].count(True) == int(
        public
    )
    assert client.get(f"/api/v1/plans/{plan.pk}").status_code == (200 if public else 404)


@pytest.mark.parametrize(
    ("who", "may"), [("member", True), ("stranger", False), ("visitor", False), ("coordinator", True)]
)
def test_who_keeps_a_plan(
    client: Client,
    member: User,
    ministry: Organisation,
    stranger: User,
    visitor: User,
    coordinator: User,
    who: str,
    may: bool,
) -> None:
    people = {"member": member, "stranger": stranger, "visitor": visitor, "coordinator": coordinator}
    plan = read(brought(member, ministry, public=True))
    path = plan.file.name
    if not may:
        for refused in (
            lambda: actions.show_plan(people[who], plan, public=False),
            lambda: actions.read_again(people[who], plan),
            lambda: actions.delete_plan(people[who], plan),
            lambda: brought(people[who], ministry),
        ):
            with pytest.raises(PermissionDenied):
                refused()
        client.force_login(people[who], backend=BACKEND)
        assert client.post(f"/results/plans/{plan.pk}/change/", {"do": "delete"}).status_code == 403
        assert default_storage.exists(path)
        return
    actions.show_plan(people[who], plan, public=False)
    actions.read_again(people[who], plan)
    assert (Plan.objects.get().public, Plan.objects.get().state) == (False, "waiting")


def test_a_deleted_plan_takes_its_file_along(
    client: Client, member: User, ministry: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    plan = brought(member, ministry)
    assert default_storage.exists(plan.file.name)
    client.force_login(member, backend=BACKEND)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/results/plans/{plan.pk}/change/", {"do": "delete"})
    assert (answer.status_code, Plan.objects.exists(), default_storage.exists(plan.file.name)) == (
        302,
        False,
        False,
    )
    assert list(
        Record.objects.filter(object_type="results.plan").order_by("sequence").values_list("verb", flat=True)
    ) == [*("add plan", "delete")]


def test_a_plan_is_uploaded_on_the_site(client: Client, member: User, ministry: Organisation) -> None:
    client.force_login(member, backend=BACKEND)
    values = {"title": "Vision", "country": "SEN", "kind": "digital", "organisation": str(ministry.pk)}
    assert client.get("/results/plans/new/").status_code == 200
    sent = client.post(
        "/results/plans/new/", {**values, "file": SimpleUploadedFile("p.docx", docx(HEALTH, NETWORKS))}
    )
    made = Plan.objects.get()
    assert (sent.status_code, made.organisation, made.public, made.name) == (302, ministry, False, "p.docx")
    assert Job.objects.get().object_id == str(made.pk)
    refused = client.post("/results/plans/new/", {**values, "file": SimpleUploadedFile("p.exe", b"MZ\x00")})
    assert (refused.status_code, Plan.objects.count()) == (422, 1)
    other = client.post(
        "/results/plans/new/", {**values, "organisation": "999999", "file": SimpleUploadedFile("p.txt", b"x")}
    )
    assert (other.status_code, Plan.objects.count()) == (422, 1)


def test_plans_of_a_country_stand_beside_the_entries_of_agencies(
    client: Client, store: Any, member: User, ministry: Organisation
) -> None:
    read(brought(member, ministry, public=True))
    store(
        [
            an_entry(
                "u",
                organisation="UN",
                stakeholder_type="international-organisation",
                country="SEN",
                lines=("C4",),
                targets=("3.8",),
            ),
            an_entry(
                "v", organisation="Firm", stakeholder_type="private-sector", country="SEN", lines=("C4",)
            ),
            an_entry(
                "w",
                organisation="UN",
                stakeholder_type="international-organisation",
                country="MLI",
                lines=("C5",),
            ),
        ]
    )
    country = client.get("/results/plans/countries/SEN/").context["country"]
    rows = {row.node.code: (row.shares[0] > 0, row.agencies, row.entries) for row in country.rows}
    assert (rows["3"], rows["C2"], rows["C4"]) == ((True, 1, 1), (True, 0, 0), (False, 1, 2))
    assert "C5" not in rows
    assert [entry.identifier for entry in country.entries] == ["u"]


def test_plans_follow_an_organisation_into_another(
    member: User, ministry: Organisation, stranger: User, coordinator: User
) -> None:
    plan = brought(member, ministry)
    another = Organisation.objects.get(name="Another")
    merge_organisations(coordinator, ministry.pk, another.pk)
    assert Plan.objects.get(pk=plan.pk).organisation == another


def test_plans_are_listed_page_by_page(
    client: Client, member: User, ministry: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from actionlines_web.results.queries import plans as queries

    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    made = [brought(member, ministry, public=True).pk for _ in range(5)]
    seen, before = [], 0
    while True:
        page = client.get("/results/plans/", {"before": before})
        seen += [plan.pk for plan in page.context["plans"]]
        before = page.context["following"]
        if not before:
            break
    assert seen == made[::-1]
