"""The tree: few questions to the database whatever its size, counts that agree, pages that go on."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionlines_web.accounts.models import User
from actionlines_web.results.figures import store_figures
from actionlines_web.results.models import Figure, Framework, Indicator

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"
PAGES = (
    "/results/large/",
    "/results/large/results/P1/",
    "/results/large/results/P1.0.0/",
    "/results/large/indicators/I3/",
)
MOST = 12


@pytest.fixture
def large(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Framework]:
    """The benchmark's tree, smaller: 3 programmes, 240 indicators, 3 years, 2 parts."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from results_tree import make_tree

    made = make_tree(3, 2, 2, 240, ("2023", "2024", "2025"), ("sex=F", "sex=M"))
    store_figures(made)
    yield made
    sys.modules.pop("results_tree", None)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_the_database_at_most_twelve_times(client: Client, large: Framework, path: str) -> None:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= MOST


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_questions_does_not_grow_with_the_tree(
    client: Client, large: Framework, path: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            client.get(path)
        return len(questions)

    client.get(path)
    before = asked()
    row = Indicator.objects.get(code="I3")
    for number in range(20):
        row.pk, row.code = None, f"more{number}"
        row.save()
    assert asked() == before


def test_a_branch_counts_every_indicator_below_it_once(client: Client, large: Framework) -> None:
    branches = client.get("/results/large/?period=2024").context["branches"]
    counted = {branch.result.code: branch.indicators for branch in branches}
    expected = {f"P{p}": Indicator.objects.filter(result__code__startswith=f"P{p}").count() for p in range(3)}
    assert counted == expected
    assert sum(counted.values()) == 240
    ratings = sum((branch.ratings for branch in branches), start=type(branches[0].ratings)())
    for rating in ("achieved", "on-track", "behind", "off-track"):
        assert ratings[rating] == Figure.objects.filter(period="2024", rating=rating).count()


def test_indicators_come_page_by_page_each_once(client: Client, large: Framework) -> None:
    result = Indicator.objects.get(code="I0").result
    Indicator.objects.filter(result__code__startswith="P0").update(result=result)
    seen: list[str] = []
    address = f"/results/large/results/{result.code}/"
    after = ""
    while True:
        page = client.get(address, {"after": after, "period": "2024"})
        seen += [row.indicator.code for row in page.context["rows"]]
        after = page.context["following"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == Indicator.objects.filter(result=result).count()


def test_a_coordinator_asks_little_more(client: Client, large: Framework, coordinator: User) -> None:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    for path in PAGES:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= 30


@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
@pytest.mark.parametrize("path", [*PAGES, "/results/", "/results/plans/", "/results/plans/countries/SEN/"])
def test_pages_are_read_in_other_languages(client: Client, large: Framework, prefix: str, path: str) -> None:
    assert client.get(prefix + path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/results/x/",
        "/results/large/results/x/",
        "/results/large/indicators/x/",
        "/results/plans/countries/XXX/",
    ],
)
def test_what_there_is_not_is_not_found(client: Client, large: Framework, path: str) -> None:
    assert client.get(path).status_code == 404
