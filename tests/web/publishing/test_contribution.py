"""A report over the register: its figures are the lists' counts, and its page answers bad filters."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from actionlines.formats.demonstration import demonstration_entries
from actionlines_web.publishing.queries.building import bundle
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries import EntryQuery

TODAY = date(2026, 11, 25)


@pytest.fixture
def demonstration(store) -> None:
    store(demonstration_entries())


def listed(query: dict[str, object]) -> tuple[str, ...]:
    """Identifiers the entry list shows for a figure's query."""
    asked = EntryQuery.from_params(query)
    assert asked.problems == ()
    return tuple(sorted(asked.apply(Entry.objects.all()).values_list("identifier", flat=True)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "params",
    [
        {},
        {"region": "AFR"},
        {"year_from": 2013, "year_to": 2018},
        {"stakeholder": "government"},
        {"q": "school"},
    ],
)
def test_every_figure_counts_the_entries_its_list_shows(
    demonstration: None, params: dict[str, object]
) -> None:
    report = bundle("contribution", params, "en", TODAY).report()
    figures = [
        figure
        for figure in report.figures.values()
        if figure.counting in {"entries", "mentions"} and figure.query.get("basis") != ["matrix"]
    ]
    assert len(figures) > 300
    assert {figure.id: figure.records for figure in figures} == {
        figure.id: listed(dict(figure.query)) for figure in figures
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "start"), [("json", b"{"), ("html", b"<!"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_the_page_gives_the_report_in_each_format(
    demonstration: None, client: Client, form: str, start: bytes
) -> None:
    answer = client.get("/reports/contribution/", {"language": "fr", "format": form})
    assert (answer.status_code, answer.content[: len(start)].lower()) == (200, start.lower())
    assert f".{form}" in answer["Content-Disposition"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"year_from": "2020", "year_to": "2010"},
        {"organisation": "Nobody"},
        {"year_from": "soon"},
        {"format": "odt"},
    ],
)
def test_a_filter_that_leaves_nothing_is_answered_with_the_form_and_a_message(
    demonstration: None, client: Client, asked: dict[str, str]
) -> None:
    answer = client.get("/reports/contribution/", {"language": "en", "format": "json", **asked})
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_a_figure_within_another_goal_names_both_goals(demonstration: None) -> None:
    figures = bundle("contribution", {"goal": "9"}, "en", TODAY).report().figures
    assert figures["goal.4"].query["goal"] == ["9", "4"]
    both = set(listed({"goal": "9"})) & set(listed({"goal": "4"}))
    assert set(figures["goal.4"].records) == both


@pytest.mark.django_db
def test_the_command_writes_the_same_figures_as_the_page(
    demonstration: None, client: Client, tmp_path
) -> None:
    path = tmp_path / "report.json"
    call_command("report", "contribution", "--lang", "en", "--format", "json", "-o", str(path))
    page = client.get("/reports/contribution/", {"language": "en", "format": "json"})
    assert json.loads(path.read_text(encoding="utf-8"))["figures"] == json.loads(page.content)["figures"]
