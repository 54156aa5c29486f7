"""A report from its start to its publication: counted by a worker, written by people, approved, at its address."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines.reports.verification import verify
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of
from actionlines_web.outbox.models import Message
from actionlines_web.publishing.actions import (
    Asked,
    ChangedMeanwhileError,
    approve_report,
    assign_part,
    comment_on,
    finish_part,
    lock_report,
    make_version,
    open_report,
    order_version,
    publish_report,
    save_passage,
    settle_comment,
    start_report,
)
from actionlines_web.publishing.files import bundle_path, content_of, figures_of
from actionlines_web.publishing.models import Report
from actionlines_web.publishing.queries.reports import newest_made, part_of
from actionlines_web.stocktaking.models import Entry
from web.conftest import an_entry
from web.publishing.conftest import made

pytestmark = pytest.mark.django_db


def part(report: Report, name: str = "matrix"):
    """A part of the report, read anew."""
    return part_of(Report.objects.get(pk=report.pk), name)


def test_the_first_version_is_made_with_its_parts_files_and_a_message(report: Report, files: Path) -> None:
    version = newest_made(report)
    names = ["foreword", "summary", "matrix", "breakdown", "entries", "suggestions", "outcomes", "method"]
    assert [item.name for item in report.parts.all()] == names
    assert part(report).titles == {"en": "2 Action lines and goals"}
    assert (version.number, version.entries, version.changes) == (1, 3, [])
    assert sorted(path.name for path in (files / report.key / "1").iterdir()) == [
        *("en.html", "en.parts.json", "en.zip")
    ]
    assert version.files == {path.name: path.stat().st_size for path in (files / report.key / "1").iterdir()}
    assert list(Message.objects.values_list("kind", "address")) == [
        ("report-ready", "facilitator@example.org")
    ]
    assert [item.verb for item in records_of(report)][:3] == ["make version", "order version", "create"]


def test_the_bundle_of_a_version_verifies_on_any_machine(report: Report) -> None:
    save_passage(report.owner, part(report), "en", "Our word.\n\n- first\n- second", seen=0)
    order_version(report.owner, report)
    version = made(report)
    found = verify(bundle_path(version, "en"))
    assert (found.problems, found.records) == ((), 3)


def test_the_job_run_again_after_its_work_does_nothing(report: Report) -> None:
    before = newest_made(report).made_at
    make_version.func(version_id=report.versions.get().pk)
    assert (report.versions.get().made_at, Message.objects.count()) == (before, 1)


def test_whoever_orders_twice_gets_the_version_that_is_being_made(report: Report) -> None:
    first = order_version(report.owner, report)
    assert order_version(report.owner, report) == first


def test_counting_anew_keeps_what_people_wrote_and_names_the_figures_that_changed(
    report: Report, store
) -> None:
    save_passage(report.owner, part(report), "en", "What stood out this year.", seen=0)
    store([an_entry("a-4", title="Ports", country="SEN", year=2025, organisation="Agency", lines=("C2",))])
    order_version(report.owner, report)
    version = made(report)
    changed = {item["figure"]: item for item in version.changes}
    assert (changed["line.C2"]["before"], changed["line.C2"]["after"]) == (1, 2)
    assert (changed["line.C2"]["added"], changed["line.C2"]["removed"]) == (["a-4"], [])
    assert (changed["all.entries"]["before"], changed["all.entries"]["after"]) == (3, 4)
    assert "line.C3" not in changed
    assert "What stood out this year." in content_of(version, "en", "html").decode()
    assert version.narrative == {"matrix": {"en": "What stood out this year."}}


def test_an_entry_archived_after_the_draft_is_named_on_the_page_of_its_figure(
    report: Report, client: Client
) -> None:
    Entry.objects.filter(identifier="a-1").update(archived_at="2026-01-01T00:00Z")
    client.force_login(report.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/reports/{report.key}/1/figures/line.C2/")
    assert (page.status_code, page.context["records"]) == (200, [("a-1", None)])
    assert "no longer in the register" in page.text


def test_a_filter_that_leaves_nothing_is_told_on_the_desk(
    facilitator: User, entries: None, client: Client
) -> None:
    report = start_report(facilitator, Asked("Empty", "contribution", ["en"], {"country": "FRA"}))
    version = made(report)
    assert (version.made_at, len(version.refused)) == (None, 1)
    client.force_login(facilitator, backend="django.contrib.auth.backends.ModelBackend")
    assert "There are no entries to report on" in client.get(f"/reports/{report.key}/").text


def test_the_filter_of_a_list_holds_for_every_figure(begun) -> None:
    report = begun(country="KEN")
    figures = figures_of(newest_made(report), "en")
    assert (figures["all.entries"]["value"], figures["all.entries"]["query"]) == (2, {"country": "KEN"})
    assert figures["line.C2"]["query"]["country"] == "KEN"
    assert figures["line.C2"]["records"] == ["a-1"]


def test_a_report_in_two_languages_shows_a_text_that_is_missing_in_the_other_with_a_mark(begun) -> None:
    report = begun(languages=("fr", "en"))
    save_passage(report.owner, part(report), "fr", "Ce qui compte.", seen=0)
    order_version(report.owner, report)
    version = made(report)
    assert report.languages == ["en", "fr"]
    english, french = (content_of(version, language, "html").decode() for language in ("en", "fr"))
    assert '<p lang="fr" dir="ltr">Ce qui compte.</p>' in english
    assert "This text exists in French only and is printed as written." in english
    assert "<p>Ce qui compte.</p>" in french
    assert "n’existe qu’en" not in french


def test_two_who_write_at_once_see_each_other(report: Report) -> None:
    save_passage(report.owner, part(report), "en", "First", seen=0)
    with pytest.raises(ChangedMeanwhileError) as error:
        save_passage(report.owner, part(report), "en", "Second", seen=0)
    assert (error.value.passage.text, error.value.passage.number) == ("First", 1)
    assert save_passage(report.owner, part(report), "en", "Both", seen=1).number == 2


def test_who_writes_a_part_is_told_and_writes_that_part_alone(report: Report, visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        save_passage(visitor, part(report), "en", "Mine", seen=0)
    assign_part(report.owner, part(report), visitor.email)
    assert list(Message.objects.filter(recipient=visitor).values_list("kind", flat=True)) == ["report-part"]
    save_passage(visitor, part(report), "en", "Mine", seen=0)
    finish_part(visitor, part(report), finished=True)
    with pytest.raises(PermissionDenied):
        save_passage(visitor, part(report, "summary"), "en", "Mine", seen=0)
    comment_on(visitor, part(report, "summary"), "Too long")
    with pytest.raises(PermissionDenied):
        order_version(visitor, report)
    assert part(report).finished
    assign_part(report.owner, part(report), "")
    with pytest.raises(PermissionDenied):
        comment_on(visitor, part(report), "Still here")


def test_a_comment_is_dealt_with_once(report: Report) -> None:
    comment = comment_on(report.owner, part(report), "Is this right?")
    settle_comment(report.owner, part(report), comment.pk)
    settle_comment(report.owner, part(report), comment.pk)
    assert [item.verb for item in records_of(report)].count("settle comment") == 1


def test_a_report_is_locked_only_as_its_newest_version_has_it(report: Report) -> None:
    save_passage(report.owner, part(report), "en", "New words", seen=0)
    with pytest.raises(InputError):
        lock_report(report.owner, report)
    order_version(report.owner, report)
    made(report)
    lock_report(report.owner, report)
    with pytest.raises(InputError):
        save_passage(report.owner, part(report), "en", "Too late", seen=1)
    with pytest.raises(InputError):
        order_version(report.owner, report)


def test_only_coordinators_approve_and_publish(report: Report, coordinator: User) -> None:
    lock_report(report.owner, report)
    for act in (approve_report, publish_report):
        with pytest.raises(PermissionDenied):
            act(report.owner, report)
    with pytest.raises(InputError):
        publish_report(coordinator, report)
    approve_report(coordinator, report)
    with pytest.raises(PermissionDenied):
        open_report(report.owner, report)
    publish_report(coordinator, report)
    report.refresh_from_db()
    assert (report.state, report.approved_by) == ("published", coordinator)


def published(report: Report, coordinator: User) -> None:
    lock_report(report.owner, report)
    approve_report(coordinator, report)
    publish_report(coordinator, report)


def test_a_published_version_stays_at_its_address_when_the_report_goes_on(
    report: Report, coordinator: User, client: Client
) -> None:
    assert client.get(f"/reports/{report.key}/1/").status_code == 404
    published(report, coordinator)
    before = {
        form: client.get(f"/reports/{report.key}/1/en.{form}").content
        for form in ("docx", "pdf", "zip", "xlsx", "html")
    }
    starts = {form: data[:2] for form, data in before.items()}
    assert starts == {"docx": b"PK", "pdf": b"%P", "zip": b"PK", "xlsx": b"PK", "html": b"<!"}
    open_report(report.owner, report)
    save_passage(report.owner, part(report), "en", "The next year", seen=0)
    order_version(report.owner, report)
    made(report)
    assert client.get(f"/reports/{report.key}/2/").status_code == 404
    assert client.get(f"/reports/{report.key}/1/").status_code == 200
    for form, data in before.items():
        assert client.get(f"/reports/{report.key}/1/en.{form}").content == data
    assert report.key in client.get("/reports/").text


def test_recipients_are_told_once_it_is_published(report: Report, coordinator: User) -> None:
    assert report.recipients == ["press@example.org"]
    published(report, coordinator)
    message = Message.objects.get(kind="report-published")
    assert (message.address, message.language) == ("press@example.org", "en")
    assert f"/reports/{report.key}/1/" in message.text


def test_every_figure_of_the_page_leads_to_what_it_counts(
    report: Report, coordinator: User, client: Client, settings
) -> None:
    published(report, coordinator)
    page = client.get(f"/reports/{report.key}/1/en.html").text
    assert f'href="{settings.SITE_ADDRESS}/reports/{report.key}/1/figures/cell.C2.none/"' in page
    answer = client.get(f"/reports/{report.key}/1/figures/line.C2/")
    assert answer.context["records"] == [("a-1", "Clinics")]
    assert client.get(answer.context["today"]).context["page"].entries[0].identifier == "a-1"
    assert client.get(f"/reports/{report.key}/1/figures/line.X/").status_code == 404


def test_the_figures_of_a_version_are_listed_whole(report: Report, coordinator: User, client: Client) -> None:
    published(report, coordinator)
    listed, address = [], f"/reports/{report.key}/1/figures/?language=en"
    while address:
        answer = client.get(address)
        listed += [name for name, _ in answer.context["figures"]]
        after = answer.context["next"]
        address = f"/reports/{report.key}/1/figures/?language=en&after={after}" if after else ""
    with zipfile.ZipFile(io.BytesIO(client.get(f"/reports/{report.key}/1/en.zip").content)) as archive:
        assert listed == list(json.loads(archive.read("figures.json"))["figures"])


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        (Asked("", "contribution", ["en"]), "title"),
        (Asked("A", "novel", ["en"]), "kind"),
        (Asked("A", "contribution", []), "languages"),
        (Asked("A", "contribution", ["de"]), "languages"),
        (Asked("A", "regional", ["en"]), "region"),
        (Asked("A", "action-line", ["en"]), "line"),
        (Asked("A", "contribution", ["en"], {"goal": "99"}), "goal"),
        (Asked("A", "contribution", ["en"], {}, ["nobody"]), "recipients"),
    ],
)
def test_what_cannot_be_a_report_is_refused_with_its_field(
    facilitator: User, asked: Asked, column: str
) -> None:
    with pytest.raises(InputError) as error:
        start_report(facilitator, asked)
    assert [problem.column for problem in error.value.problems] == [column]


def test_people_without_a_role_start_no_report(visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        start_report(visitor, Asked("A", "contribution", ["en"]))


def test_a_meeting_paper_numbers_what_people_write_through_the_whole_paper(begun) -> None:
    report = begun("meeting-paper")
    save_passage(report.owner, part(report, "paper-background"), "en", "One.\n\nTwo.", seen=0)
    order_version(report.owner, report)
    page = content_of(made(report), "en", "html").decode()
    assert "1\u2003One." in page
    assert "2\u2003Two." in page
    assert "3\u2003The objectives and outcomes of the plan" in page


def test_the_day_of_a_version_is_the_day_it_was_ordered(report: Report) -> None:
    version = newest_made(report)
    assert (
        date.fromisoformat(
            json.loads(zipfile.ZipFile(bundle_path(version, "en")).read("manifest.json"))["date"]
        )
        == version.day
    )
