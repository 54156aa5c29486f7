"""Did you mean: a misspelt word is put right in each of the six languages, on both databases."""

from collections.abc import Iterable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionlines_web.search.actions import index_entries, remove_entries
from actionlines_web.search.queries import meant, words_near
from web.conftest import an_entry

TITLES = {
    1: "Télésanté rurale pour les villages",
    2: "Broadband for schools and telemedicine",
    3: "الصحة الإلكترونية في البُلدان",
    4: "国家数字健康平台项目",
    5: "Проекты сельской связи",
    6: "Educación digital para niñas",
}


def titles(keys: list[int]) -> Iterable[str]:
    return [TITLES[key] for key in sorted(keys)]


@pytest.fixture
def indexed(db: None) -> None:
    index_entries((key, title, title) for key, title in TITLES.items())


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("telemedecine", ["telemedicine"]),
        ("brodband shcools", ["broadband schools"]),
        ("télésnaté", ["télésanté"]),
        ("telesnate rurale", ["télésanté rurale"]),
        ("الالكترونيه", []),  # folded it is the word itself
        ("الالكترنية", ["الإلكترونية"]),
        ("数字建康平台", ["数字健康平台"]),
        ("сельсокй связи", ["сельской связи"]),
        ("educacoin digital", ["educación digital"]),
        ("schools", []),
        ("telemedicine scho", []),
        ("xyzzyqwv", []),
        ("abc", []),
        ("???", []),
        ("数字", []),
    ],
)
def test_the_word_that_was_meant_is_offered(indexed: None, searched: str, found: list[str]) -> None:
    assert meant(searched, titles) == found


def test_a_word_no_entry_holds_any_more_is_not_offered(indexed: None) -> None:
    remove_entries([2])
    assert words_near("telemedecine") == ["telemedicine"]
    assert meant("telemedecine", titles) == []


def test_words_are_kept_once_however_often_they_are_indexed(indexed: None) -> None:
    index_entries([(7, "TELEMEDICINE again", ""), (8, "telemedicine again", "")])
    index_entries([(7, "telemedicine once more", "")])
    assert words_near("telemedecine") == ["telemedicine"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_no_text_a_reader_types_breaks_it(indexed: None, words: str) -> None:
    assert isinstance(meant(words, titles), list)


@pytest.mark.django_db
def test_the_list_offers_what_was_meant_with_what_it_finds(store, client: Client) -> None:
    store(
        [
            an_entry("a", title="Telemedicine for islands", country="KEN"),
            an_entry("b", title="Broadband", country="FRA"),
        ]
    )
    page = client.get("/entries/", {"q": "telemedecine", "country": "KEN"})
    assert 'href="?q=telemedicine&amp;country=KEN"' in page.text
    assert 'href="/entries/a/"' in page.text
    assert page.context["page"].total == 0
    elsewhere = client.get("/entries/", {"q": "telemedecine", "country": "FRA"})
    assert "telemedicine&amp;" not in elsewhere.text
    assert [item.query.q for item in client.get("/entries/", {"q": "telemedicine"}).context["meant"]] == []
