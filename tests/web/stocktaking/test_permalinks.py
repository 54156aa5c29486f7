"""Short addresses: one for each filter, and it stays."""

from urllib.parse import unquote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from actionlines_web.stocktaking.queries import EntryQuery
from actionlines_web.stocktaking.queries.permalinks import params_of, short
from web.stocktaking.test_same_everywhere import FILTERS, VALUES

WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)

# Addresses that were given out: they must go on to mean what they meant.
GIVEN_OUT = {
    "C4": {"line": "C4"},
    "C7-HEA/3.8": {"line": "C7-HEA", "target": "3.8"},
    "9/AFR": {"goal": "9", "region": "AFR"},
    "KEN/2015-2020": {"country": "KEN", "year_from": "2015", "year_to": "2020"},
    "2015-": {"year_from": "2015"},
    "-2020": {"year_to": "2020"},
    "2020": {"year_from": "2020", "year_to": "2020"},
    "line.none/country.none": {"line": "none", "country": "none"},
    "year.none": {"year": "none"},
    "status.winner/language.fr/freshness.due": {"status": "winner", "language": "fr", "freshness": "due"},
    "story.yes/basis.declared/framework.itu-d-2020": {
        "story": "yes",
        "basis": "declared",
        "framework": "itu-d-2020",
    },
    "outcome.D.2-2": {"outcome": "D.2-2"},
    "7/direction.works-against": {"goal": "7", "direction": "works-against"},
    "stakeholder.civil-society/organisation.A~sB": {"stakeholder": "civil-society", "organisation": "A/B"},
    "q.school%20meals": {"q": "school meals"},
    "q.2020": {"q": "2020"},
}


@pytest.mark.parametrize(("address", "params"), GIVEN_OUT.items())
def test_an_address_that_was_given_out_keeps_its_meaning(address: str, params: dict[str, str]) -> None:
    assert params_of(unquote(address)) == params
    assert short(EntryQuery.from_params(params)) == address


@given(params=FILTERS, words=st.dictionaries(st.sampled_from(["q", "organisation"]), WORDS))
def test_any_filter_reads_back_from_its_address(params: dict[str, str], words: dict[str, str]) -> None:
    query = EntryQuery.from_params({**params, **words})
    read = params_of(unquote(short(query)))
    assert read is not None
    assert EntryQuery.from_params(read) == query


@given(params=FILTERS, words=st.dictionaries(st.sampled_from(["q", "organisation"]), WORDS))
def test_no_part_of_an_address_is_divided_or_lost_on_its_way(
    params: dict[str, str], words: dict[str, str]
) -> None:
    address = unquote(short(EntryQuery.from_params({**params, **words})))
    assert all(part and part not in {".", ".."} for part in address.split("/")) or not address
    assert "\n" not in address


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["list", "matrix", "feed"])
def test_it_leads_to_the_view_in_the_readers_language(client: Client, view: str) -> None:
    pages = {"list": "/fr/entries/", "matrix": "/fr/", "feed": "/fr/entries/feed.atom"}
    answer = client.get(f"/fr/go/{view}/C4/KEN/q.école%20à%20vélo")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{pages[view]}?q=%C3%A9cole+%C3%A0+v%C3%A9lo&line=C4&country=KEN",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/go/nothing/C4", "/go/list/C4/C5", "/go/list/X9", "/go/list/q.", "/go/list/2020-2010", "/go/list/-"],
)
def test_an_address_that_means_nothing_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_list_and_the_matrix_show_theirs(client: Client) -> None:
    assert 'href="http://testserver/go/matrix/KEN"' in client.get("/?country=KEN").text
    page = client.get("/fr/entries/?country=KEN&q=a/b")
    assert page.context["short_address"] == "http://testserver/fr/go/list/KEN/q.a~sb"
    followed = client.get(page.context["short_address"], follow=True)
    assert followed.redirect_chain == [("/fr/entries/?q=a%2Fb&country=KEN", 302)]


def test_every_parameter_is_walked() -> None:
    assert {name for params in GIVEN_OUT.values() for name in params} | {"sub_line"} == set(VALUES)
