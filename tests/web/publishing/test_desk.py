"""The pages of the desk: forms without scripts, what a conflict shows, how many queries a list costs, privacy."""

import pytest
from django.test import Client

from actionlines_web.accounts.models import User
from actionlines_web.privacy.actions import erase_account
from actionlines_web.privacy.queries import data_of
from actionlines_web.publishing.actions import Asked, comment_on, save_passage, start_report
from actionlines_web.publishing.models import Report
from actionlines_web.publishing.queries.reports import part_of
from web.publishing.conftest import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(report: Report, client: Client) -> Client:
    """The browser of whoever keeps the report."""
    client.force_login(report.owner, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_report_is_started_from_a_filtered_list(entries: None, facilitator: User, client: Client) -> None:
    client.force_login(facilitator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/reports/drafts/new/?country=KEN")
    assert page.context["form"].initial["filter"] == "country=KEN"
    sent = {
        "title": "Kenya",
        "kind": "global",
        "languages": ["fr", "ar"],
        "filter": "https://x.example/entries/?country=KEN&page=2",
        "year_to": "2024",
    }
    answer = client.post("/reports/drafts/new/", sent)
    report = Report.objects.get()
    assert answer["Location"] == f"/reports/{report.key}/"
    assert (report.languages, report.params) == (["ar", "fr"], {"country": "KEN", "year_to": "2024"})
    assert made(report).entries == 1


def test_a_report_that_cannot_be_is_told_beside_the_form(
    entries: None, facilitator: User, client: Client
) -> None:
    client.force_login(facilitator, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/reports/drafts/new/", {"title": "R", "kind": "regional", "languages": ["en"]})
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert [problem["column"] for problem in answer.context["problems"]] == ["region"]


def test_the_desk_shows_parts_versions_and_the_next_steps(report: Report, keeper: Client) -> None:
    page = keeper.get(f"/reports/{report.key}/")
    assert [item["title"] for item in page.context["parts"]][:3] == [
        "Foreword",
        "1 Summary",
        "2 Action lines and goals",
    ]
    assert 'value="lock"' in page.text
    assert 'value="approve"' not in page.text
    keeper.post(f"/reports/{report.key}/step/", {"do": "lock"})
    assert "Nobody can write now." in keeper.get(f"/reports/{report.key}/").text
    answer = keeper.post(f"/reports/{report.key}/step/", {"do": "version"})
    assert (answer.status_code, "stands as “Locked for approval”" in answer.text) == (422, True)
    assert keeper.post(f"/reports/{report.key}/step/", {"do": "dance"}).status_code == 404


def test_writing_beside_what_is_counted(report: Report, keeper: Client) -> None:
    address = f"/reports/{report.key}/parts/matrix/"
    page = keeper.get(address)
    assert f'/reports/{report.key}/1/figures/line.C2/"' in page.context["generated"]
    assert " style=" not in page.context["generated"]
    assert keeper.post(address, {"do": "write", "text": "<b>Ours</b>", "seen": "0"}).status_code == 302
    assert "&lt;b&gt;Ours" in keeper.get(address).text
    conflict = keeper.post(address, {"do": "write", "text": "Theirs", "seen": "0"})
    assert conflict.status_code == 409
    assert "<b>Ours</b>" not in conflict.text
    assert ("Theirs" in conflict.text, 'name="seen" value="1"' in conflict.text) == (True, True)
    assert keeper.post(address, {"do": "comment", "text": ""}).status_code == 422
    assert keeper.post(address, {"do": "comment", "text": "Well said"}).status_code == 302
    comment = keeper.get(address).context["comments"][0]
    assert keeper.post(address, {"do": "settle", "comment": comment.pk}).status_code == 302
    assert keeper.post(address, {"do": "settle", "comment": "99"}).status_code == 404
    assert keeper.post(address, {"do": "assign", "assignee": "nobody@example.org"}).status_code == 422
    assert keeper.post(address, {"do": "finished"}).status_code == 302
    assert keeper.get(address).context["part"].finished


def test_a_list_of_reports_costs_the_same_for_two_as_for_twenty(
    report: Report, keeper: Client, django_assert_max_num_queries
) -> None:
    for number in range(20):
        start_report(report.owner, Asked(f"R{number}", "contribution", ["en"]))
    with django_assert_max_num_queries(15):
        assert len(keeper.get("/reports/drafts/").context["reports"]) == 21
    with django_assert_max_num_queries(25):
        keeper.get(f"/reports/{report.key}/")


def test_progress_is_shown_until_the_version_is_made(report: Report, keeper: Client) -> None:
    assert keeper.get(f"/reports/{report.key}/progress/")["HX-Refresh"] == "true"
    keeper.post(f"/reports/{report.key}/step/", {"do": "version"})
    assert "Waiting for the worker" in keeper.get(f"/reports/{report.key}/progress/").text
    assert 'http-equiv="refresh"' in keeper.get(f"/reports/{report.key}/").text


def test_a_person_takes_along_and_leaves_what_they_wrote(report: Report) -> None:
    owner = report.owner
    save_passage(owner, part_of(report, "matrix"), "en", "Mine", seen=0)
    comment_on(owner, part_of(report, "matrix"), "Remark")
    Report.objects.update(recipients=[owner.email, "press@example.org"])
    held = data_of(owner)["reports"]
    assert [item["text"] for item in held["written"]] == ["Mine"]
    assert (held["told_of"], len(held["comments"]), len(held["reports"])) == ([report.key], 1, 1)
    erase_account(owner)
    report.refresh_from_db()
    assert (report.owner, report.recipients) == (None, ["press@example.org"])
    passage = part_of(report, "matrix").passages.get()
    assert (passage.text, passage.author) == ("Mine", None)
