"""Similar entries on the page of an entry, with what they share."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import archive_entry
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.queries.alike import alike
from web.conftest import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(store) -> None:
    store(
        [
            an_entry(
                "it",
                title="Télésanté for islands",
                lines=("C7-HEA",),
                targets=("3.8",),
                country="FJI",
                year=2020,
            ),
            an_entry("both", title="TELESANTE elsewhere", lines=("C7-HEA",), targets=("3.8",), country="KEN"),
            an_entry("words", title="Telesante islands", country="WSM", year=2020),
            an_entry("line", title="Something quite different", lines=("C7-HEA",)),
            an_entry("other", title="Roads", lines=("C2",), country="FJI", year=2020),
            *(an_entry(f"x{number}", title=f"Filler {number}") for number in range(30)),
        ]
    )


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """How rare a word is hangs on how many entries there are, which the site estimates; here it knows."""
    monkeypatch.setattr("actionlines_web.stocktaking.queries.alike.about_how_many", lambda: 35)


def found(identifier: str) -> list[str]:
    entry = entry_by_identifier(identifier)
    assert entry is not None
    return [item.entry.identifier for item in alike(entry)]


def test_what_shares_most_comes_first_and_itself_never(register: None) -> None:
    assert found("it") == ["words", "both"]


def test_what_they_share_is_told_as_the_entry_writes_it(register: None) -> None:
    entry = entry_by_identifier("it")
    assert entry is not None
    words, both = alike(entry)
    assert (both.likeness.lines, both.likeness.targets, both.words) == (("C7-HEA",), ("3.8",), ("télésanté",))
    assert (set(words.words), words.likeness.same_region) == ({"télésanté", "islands"}, True)


def test_an_archived_entry_is_not_similar(register: None) -> None:
    archive_entry(System(), Entry.objects.get(identifier="both"), "twice")
    assert found("it") == ["words"]


def test_no_query_grows_with_the_register(register: None, store) -> None:
    with CaptureQueriesContext(
        connection,
    ) as before:
        found("it")
    store([an_entry(f"y{number}", title="Télésanté", lines=("C7-HEA",)) for number in range(60)])
    with CaptureQueriesContext(connection) as after:
        found("it")
    assert len(after) == len(before)


def test_the_page_and_its_part_tell_the_same(register: None, client: Client) -> None:
    whole = client.get("/entries/it/similar/").text
    part = client.get("/entries/it/similar/", headers={"HX-Request": "true"}).text
    assert "<!doctype html>" in whole
    assert "<!doctype html>" not in part
    assert part.strip() in whole
    assert 'href="/entries/both/"' in part
    assert client.get("/entries/no-such/similar/").status_code == 404
    assert 'href="/entries/it/similar/"' in client.get("/entries/it/").text
