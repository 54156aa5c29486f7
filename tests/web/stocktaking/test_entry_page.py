"""The page of an entry: everything it has, and no heading without anything below it."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionlines.stocktaking import LONG_TEXTS
from web.conftest import an_entry
from web.stocktaking.full_entry import FULL


def headings(content: str) -> list[str]:
    return re.findall(r'<section class="told" aria-labelledby="([\w-]+)-title">', content)


@pytest.mark.django_db
def test_every_field_of_an_entry_stands_on_its_page(store: Callable[..., None], client: Client) -> None:
    store([FULL])
    content = client.get("/entries/full-1/").content.decode()
    for name in LONG_TEXTS:
        assert getattr(FULL, name) in content, name
    for words in (*FULL.partners, "Uganda", "Rwanda", "Regional", "Completed", "1 February 2023"):
        assert words in content, words
    assert re.findall(r"<dt>(Kiosks opened|Visits)</dt><dd>(.*?)</dd>", content) == [
        ("Kiosks opened", "412 (2024)"),
        ("Visits", "1,200 a day"),
    ]
    assert headings(content) == ["results", "working", "values-and-challenges"]


@pytest.mark.django_db
def test_a_bare_entry_shows_no_empty_headings(store: Callable[..., None], client: Client) -> None:
    store([an_entry("bare")])
    content = client.get("/entries/bare/").content.decode()
    assert headings(content) == []
    for words in ("Partners<", "Further countries", "Coverage", "Stage", "First day", "version-list"):
        assert words not in content, words


@pytest.mark.django_db
def test_texts_keep_their_language_on_a_page_in_another(store: Callable[..., None], client: Client) -> None:
    store([FULL])
    content = client.get("/ar/entries/full-1/").content.decode()
    assert '<p class="told-text" lang="en" dir="auto">Dust.</p>' in content


@pytest.mark.django_db
def test_a_list_reads_no_long_text(store: Callable[..., None], client: Client) -> None:
    store([FULL])
    with CaptureQueriesContext(connection) as queries:
        assert FULL.title in client.get("/entries/").content.decode()
    assert [query["sql"] for query in queries if "replicability" in query["sql"]] == []
