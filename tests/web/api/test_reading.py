"""Reading: the same entries as the page, languages, paging, ETags, problems that name the parameter."""

from decimal import Decimal

import pytest
from django.test import Client

from actionlines.frameworks import catalogue
from actionlines.measurement import Observation
from actionlines_web.accounts.actor import System
from actionlines_web.api import limits
from actionlines_web.indicators.actions import store_observations
from web.conftest import an_entry

V1 = "/api/v1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["b", "a", "c"]),
        ({"target": "9.c"}, ["a", "c"]),
        ({"target": "9.c", "basis": "declared"}, ["a"]),
        ({"line": "C7"}, ["b"]),
        ({"country": "KEN"}, ["a"]),
        ({"region": "EUR"}, ["b"]),
        ({"q": "villages"}, ["c"]),
        ({"year": "none"}, ["c"]),
        ({"organisation": "Org A"}, ["a"]),
        ({"year_from": "2013", "year_to": "2021"}, ["b"]),
    ],
)
def test_filter_leaves_exactly(
    register: None, client: Client, params: dict[str, str], found: list[str]
) -> None:
    answer = client.get(f"{V1}/entries", params).json()
    assert [item["id"] for item in answer["items"]] == found
    assert (answer["total"], answer["capped"], answer["next"]) == (len(found), False, None)


@pytest.mark.django_db
def test_following_next_shows_each_entry_once(store, client: Client) -> None:
    store([an_entry(f"e{number}", year=2020 + number % 2) for number in range(7)])
    found, sizes, address = [], [], f"{V1}/entries?limit=3&lang=fr"
    while address:
        answer = client.get(address)
        found += [item["id"] for item in answer.json()["items"]]
        sizes.append(len(answer.json()["items"]))
        address = answer.json()["next"]
        assert answer.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
    assert sorted(found) == [f"e{number}" for number in range(7)]
    assert sizes == [3, 3, 1]


@pytest.mark.django_db
def test_an_entry_carries_its_links_with_the_passages_that_support_them(
    register: None, client: Client
) -> None:
    answer = client.get(f"{V1}/entries/c").json()
    text = f"{answer['title']}\n\n{answer['description']}"
    (link,) = [link for link in answer["links"] if link["node"] == "9.c"]
    assert (link["basis"], link["address"]) == ("cited", "http://metadata.un.org/sdg/9.c")
    assert [text[item["start"] : item["end"]] for item in link["evidence"]] == [
        item["text"] for item in link["evidence"]
    ]
    assert len(link["evidence"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "headers", "name"),
    [
        ("/areas/SEN", {}, "Senegal"),
        ("/areas/SEN?lang=fr", {}, "Sénégal"),
        ("/areas/SEN", {"Accept-Language": "fr"}, "Sénégal"),
        ("/areas/SEN?lang=zh", {"Accept-Language": "fr"}, "塞内加尔"),
        ("/areas/SEN?lang=en", {"Accept-Language": "fr"}, "Senegal"),
    ],
)
def test_names_come_in_the_language_asked_for(
    client: Client, address: str, headers: dict[str, str], name: str
) -> None:
    answer = client.get(V1 + address, headers=headers)
    assert answer.json()["name"] == name
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.django_db
def test_the_matrix_counts_what_the_list_shows(register: None, client: Client) -> None:
    matrix = client.get(f"{V1}/matrix", {"goal": "9"}).json()
    cells = {(cell["row"], cell["column"]): cell["entries"] for cell in matrix["cells"]}
    assert (cells["C2", "9.c"], matrix["total"], matrix["open_goal"]) == (1, 3, "9")
    assert matrix["columns"][0]["code"] == "9"


@pytest.mark.django_db
def test_frameworks_nodes_and_crosswalks_are_those_of_the_catalogue(client: Client) -> None:
    known = catalogue()
    frameworks = client.get(f"{V1}/frameworks").json()
    assert {item["code"]: item["nodes"] for item in frameworks} == {
        code: len(found.nodes) for code, found in known.frameworks.items()
    }
    goals = client.get(f"{V1}/frameworks/sdg/nodes", {"kind": "goal"}).json()
    assert [item["code"] for item in goals] == [str(number) for number in range(1, 18)]
    matrix = client.get(f"{V1}/crosswalks/wsis-sdg").json()
    assert {(link["source"], link["target"]) for link in matrix["links"]} == known.crosswalks[
        "wsis-sdg"
    ].pairs


@pytest.mark.django_db
def test_observations_are_filtered_and_paged(register: None, client: Client) -> None:
    first = client.get(
        f"{V1}/indicators/observations", {"series": "i271", "economy": "FRA", "limit": "1"}
    ).json()
    second = client.get(first["next"]).json()
    assert [(item["period"], item["value"]) for item in first["items"] + second["items"]] == [
        ("2020", "5.5"),
        ("2021", "6"),
    ]
    assert second["next"] is None
    later = client.get(f"{V1}/indicators/observations", {"year_from": "2021"}).json()["items"]
    assert [(item["economy"], item["value"]) for item in later] == [("FRA", "6"), ("KEN", "70")]


@pytest.mark.django_db
def test_an_unchanged_answer_is_not_sent_again_and_a_changed_one_is(
    register: None, store, client: Client
) -> None:
    first = client.get(f"{V1}/entries")
    again = client.get(f"{V1}/entries", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    store([an_entry("d")])
    assert client.get(f"{V1}/entries", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_head_tells_what_get_would_and_sends_no_body(register: None, client: Client) -> None:
    got, told = client.get(f"{V1}/entries"), client.head(f"{V1}/entries")
    assert (told.status_code, told.content, told["ETag"]) == (200, b"", got["ETag"])


@pytest.mark.django_db
def test_other_sites_may_read(client: Client) -> None:
    assert client.get(f"{V1}/areas/SEN")["Access-Control-Allow-Origin"] == "*"
    asked = client.options(f"{V1}/entries", headers={"Origin": "https://example.org"})
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "parameter", "expected"),
    [
        ("/entries?line=C99", "line", "'C1'"),
        ("/entries?contry=FRA", "contry", "country"),
        ("/entries?goal=", "goal", "a value, or no parameter."),
        ("/entries?goal=1&goal=2", "goal", "it once."),
        ("/entries?limit=1000", "limit", "100"),
        ("/entries?year_from=1700", "year_from", "1900"),
        ("/entries?after=x", "after", "pattern"),
        ("/entries?lang=xx", "lang", "ar, en, es, fr, ru, zh"),
        ("/areas?lang=de", "lang", "ar, en, es, fr, ru, zh"),
        ("/indicators/observations?economy=France", "economy", "pattern"),
        ("/areas/SEN?x=1", "x", "lang"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named_with_what_was_expected(
    client: Client, address: str, parameter: str, expected: str
) -> None:
    answer = client.get(V1 + address)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    (fault,) = answer.json()["errors"]
    assert fault["parameter"] == parameter
    assert expected in fault["expected"]


@pytest.mark.django_db
def test_years_in_the_wrong_order_are_refused_in_the_readers_language(client: Client) -> None:
    answer = client.get(f"{V1}/entries", {"year_from": "2020", "year_to": "2010", "lang": "fr"})
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["parameter"] == "year_from"
    assert "2020" in fault["message"]
    assert not fault["message"].startswith("The first year")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/entries/no-such", 404),
        ("get", "/frameworks/none", 404),
        ("get", "/frameworks/sdg/nodes/99", 404),
        ("get", "/crosswalks/none", 404),
        ("get", "/indicators/series/none", 404),
        ("get", "/areas/XXX", 404),
        ("get", "/nowhere", 404),
        ("get", "/", 404),
        ("delete", "/entries/a", 405),
        ("post", "/matrix", 405),
    ],
)
def test_what_is_not_there_is_a_problem_document(client: Client, method: str, path: str, status: int) -> None:
    answer = getattr(client, method)(V1 + path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


@pytest.mark.django_db
def test_a_client_that_asks_too_often_is_told_when_to_come_back(
    client: Client, settings, monkeypatch
) -> None:
    settings.API_RATE = 3
    monkeypatch.setattr(limits, "_limiter", limits.Limiter(limits.report_requests))
    monkeypatch.setattr(limits.time, "time", lambda: 600.0)
    answers = [client.get(f"{V1}/areas/SEN") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert (answers[3]["Retry-After"], answers[3]["Content-Type"]) == ("80", "application/problem+json")
    assert client.get(f"{V1}/areas/SEN", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address", "client_is"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.1, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "192.0.2.1", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "not an address", "192.0.2.1", "not an address"),
    ],
)
def test_a_client_is_known_by_the_address_a_trusted_proxy_saw(
    rf, settings, proxies: int, forwarded: str, address: str, client_is: str
) -> None:
    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=address, headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert limits.client_of(request) == client_is


def test_observations_as_known_on_a_day(register: None, client: Client) -> None:
    revised = Observation("FRA", "i271", "2021", Decimal(7), "number", "A", "a source", vintage="2090-01-01")
    store_observations(System(), [revised])
    asked = {"series": "i271", "economy": "FRA", "year_from": "2021"}
    now = client.get(f"{V1}/indicators/observations", asked).json()["items"]
    then = client.get(f"{V1}/indicators/observations", {**asked, "as_of": "2089-12-31"}).json()["items"]
    assert [[item["value"] for item in found] for found in (now, then)] == [["7"], ["6"]]
    assert now[0]["vintage"] == "2090-01-01"


def test_scores_of_an_edition_come_with_their_intervals(register: None, client: Client) -> None:
    values = {"i911": 100, "i91": 20, "EG_ACS_ELEC": 90, "i99H": 60, "i992b": 10, "SE.ADT.LITR.ZS": 80}
    store_observations(
        System(),
        [
            Observation(economy, series, "2020", Decimal(value + more), "", "A", "a source")
            for economy, more in (("FRA", 5), ("KEN", 0))
            for series, value in values.items()
        ],
    )
    names = [one["name"] for one in client.get(f"{V1}/indicators/indices").json()]
    assert names[0] == "idi-2023-2025"
    found = client.get(f"{V1}/indicators/indices/uptake-demonstration/scores").json()
    assert [(one["economy"], one["rank"]) for one in found] == [("FRA", 1), ("KEN", 2)]
    assert found[0]["low"] <= found[0]["score"] <= found[0]["high"]
    assert client.get(f"{V1}/indicators/indices/nothing/scores").status_code == 404


def test_series_tells_its_definition_and_its_other_codes(client: Client) -> None:
    found = client.get(f"{V1}/indicators/series/i99H").json()
    assert (found["sdg_indicator"], found["core_list"], found["custodian"]) == ("17.8.1", "HH7", "ITU")
    assert "IT_USE_ii99" in found["names"]
    assert found["numerator"] == "individuals_using_internet"
