"""A setback is kept with its evidence and shown, and counts nowhere as a contribution."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from django.test import Client
from lxml import etree

from actionlines.alignment import Basis, Direction, Link
from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.stocktaking import aligning
from actionlines_web.stocktaking.actions import (
    accept_link,
    add_link,
    archive_entry,
    drift,
    realign_entries,
    refuse_link,
    restore_entry,
)
from actionlines_web.stocktaking.models import Entry as Row
from actionlines_web.stocktaking.models import EntryLink, LinkDecision
from actionlines_web.stocktaking.queries import (
    EntryQuery,
    entry_page,
    facets,
    library_entries,
    link_counts,
    links_to_node,
    matrix,
)
from actionlines_web.stocktaking.queries.decisions import training_examples
from actionlines_web.stocktaking.queries.links import reviewed_links
from web.conftest import an_entry
from web.stocktaking.test_links import found, lexicon  # noqa: F401 - `found` is a fixture

pytestmark = pytest.mark.django_db
Store = Callable[[Sequence[Entry]], None]
Found = dict[str, list[Link]]
AGAINST, ADVANCES, MENTIONS = Direction.AGAINST, Direction.ADVANCES, Direction.MENTIONS
ASKED = EntryQuery(direction="works-against")


def against(node: str, framework: str = "sdg") -> Link:
    """A setback the aligner finds."""
    return replace(lexicon(framework, node), direction=AGAINST)


@pytest.fixture
def setback(store: Store, found: Found) -> Found:  # noqa: F811
    """One entry that advances 3 and works against 7 and its target 7.2; one that advances 7."""
    found["doctors"] = [lexicon("sdg", "3")]
    found["subsidies"] = [against("7"), against("7.2")]
    found["panels"] = [lexicon("sdg", "7")]
    store(
        [
            an_entry("a-1", description="We sent doctors. They cut subsidies.", country="KEN"),
            an_entry("a-2", description="We gave panels.", lines=("C2",), country="KEN"),
        ]
    )
    return found


def standing(identifier: str = "a-1") -> dict[str, tuple[int, str]]:
    """The links of the entry: node to tier and direction."""
    rows = EntryLink.objects.filter(entry__identifier=identifier)
    return {row.node: (row.tier, row.direction) for row in rows}


def listed(query: EntryQuery) -> list[str]:
    """The identifiers that pass."""
    return sorted(entry.identifier for entry in entry_page(query).entries)


def test_the_real_aligner_s_setback_is_kept_apart(store: Store) -> None:
    text = "The government cut subsidies for renewable energy by half."
    store([an_entry("e-1", title="Budget", description=text)])
    kept = {row.node: row for row in EntryLink.objects.all()}
    assert (kept["7"].direction, kept["7"].tier, kept["7"].is_setback) == ("works-against", 13, True)
    assert kept["7"].evidence
    assert matrix(EntryQuery()).counts.get(("*", "7"), 0) == 0


def test_it_is_stored_above_every_tier_that_counts(setback: Found) -> None:
    assert standing() == {"3": (3, "advances"), "7": (13, "works-against"), "7.2": (13, "works-against")}


def test_matrix_facets_lists_and_pages_of_nodes_leave_it_out(setback: Found) -> None:
    counts = matrix(EntryQuery()).counts
    assert (counts.get(("*", "3")), counts.get(("*", "7"))) == (1, 1)
    goals = next(facet for facet in facets(EntryQuery()) if facet.name == "goal")
    assert goals.counts == {"3": 1, "7": 1}
    assert listed(EntryQuery(goal="7")) == ["a-2"]
    assert listed(EntryQuery(target="7.2")) == []
    assert link_counts("sdg", ["7", "7.2"], EntryQuery()) == {"7": 1}
    assert [row.identifier for row in links_to_node("sdg", "7", EntryQuery())] == ["a-2"]
    assert drift() == []


def test_an_entry_with_nothing_but_setbacks_is_one_without_a_goal(store: Store, found: Found) -> None:  # noqa: F811
    found["subsidies"] = [against("7")]
    store([an_entry("a-1", description="They cut subsidies.")])
    assert listed(EntryQuery(goal="none")) == ["a-1"]
    assert matrix(EntryQuery()).total == 1


def test_asked_for_it_is_found_by_goal_and_by_target(setback: Found) -> None:
    assert EntryQuery.from_params({"direction": "works-against"}) == ASKED
    assert listed(ASKED) == ["a-1"]
    assert listed(replace(ASKED, goal="7")) == ["a-1"]
    assert listed(replace(ASKED, target="7.2")) == ["a-1"]
    assert listed(replace(ASKED, goal="3")) == []
    goals = next(facet for facet in facets(ASKED) if facet.name == "goal")
    assert goals.counts == {"7": 1}
    assert link_counts("sdg", ["3", "7"], ASKED) == {"7": 1}
    assert [row.identifier for row in links_to_node("sdg", "7", ASKED)] == ["a-1"]
    assert listed(replace(ASKED, basis="accepted")) == []


def test_an_unknown_direction_is_refused(client: Client) -> None:
    (problem,) = EntryQuery.from_params({"direction": "sideways"}).problems
    assert problem.column == "direction"
    assert client.get("/api/v1/entries?direction=sideways").status_code == 422


def test_reports_do_not_see_it(setback: Found) -> None:
    _, links = library_entries(EntryQuery())
    assert [link.node for link in links["a-1"]] == ["3"]


def test_each_file_states_directions_and_keeps_setbacks_apart(setback: Found, client: Client) -> None:
    def sent(form: str) -> bytes:
        return b"".join(client.get(f"/entries/export.{form}").streaming_content)

    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(sent("csv").decode("utf-8-sig")))}
    assert (rows["a-1"]["goals"], rows["a-1"]["directions"]) == ("3", "3=advances")
    assert rows["a-1"]["setbacks"] == "7; 7.2"
    (line,) = [item for item in map(json.loads, sent("jsonl").splitlines()) if item["id"] == "a-1"]
    assert [(item["node"], item["direction"]) for item in line["links"]] == [("3", "advances")]
    assert [item["node"] for item in line["setbacks"]] == ["7", "7.2"]
    graph = {item["identifier"]: item for item in json.loads(sent("jsonld"))["@graph"]}
    assert [item["notation"] for item in graph["a-1"]["subjects"]] == ["3"]
    reasons = {
        item["name"]: item["valueReference"]
        for item in graph["a-1"]["additionalProperty"]
        if "valueReference" in item
    }
    assert reasons == {"3": "advances", "7": "works-against", "7.2": "works-against"}
    activities = etree.fromstring(sent("iati")).findall("iati-activity")
    tags = [[tag.get("code") for tag in activity.findall("tag")] for activity in activities]
    assert sorted(tags) == [["3"], ["C2", "7"]] or sorted(tags) == [["3"], ["7", "C2"]]


def test_the_interface_states_the_direction_with_the_evidence(setback: Found, client: Client) -> None:
    entry = client.get("/api/v1/entries/a-1").json()
    assert [(item["node"], item["direction"]) for item in entry["links"]] == [("3", "advances")]
    (goal, _) = entry["setbacks"]
    assert (goal["node"], goal["direction"]) == ("7", "works-against")
    assert [item["text"] for item in goal["evidence"]] == ["subsidies"]
    found_ = client.get("/api/v1/entries?direction=works-against&goal=7").json()
    assert [item["id"] for item in found_["items"]] == ["a-1"]


def test_the_pages_say_it_in_words(setback: Found, client: Client) -> None:
    page = client.get("/entries/a-1/").content.decode()
    assert "What the text works against" in page
    assert "works against it" in page
    node = client.get("/frameworks/sdg/7/").content.decode()
    assert "entry speaks of a setback; it is not counted above." in node
    assert 'href="/entries/?goal=7&amp;direction=works-against"' in node
    listed_ = client.get("/entries/?direction=works-against").content.decode()
    assert "codes-against" in listed_
    assert "codes-against" not in client.get("/entries/").content.decode()


def test_the_matrix_of_setbacks_counts_them_and_leads_to_them(setback: Found, client: Client) -> None:
    assert matrix(ASKED).counts["*", "7"] == 1
    page = client.get("/?direction=works-against")
    cells = {cell["column"]: cell["address"] for cell in page.context["margin"]["cells"]}
    assert cells["7"] == "/entries/?goal=7&direction=works-against"
    assert "direction=" not in client.get("/").content.decode().split("<main")[1]


def test_a_reviewer_who_is_of_another_mind_makes_it_count(setback: Found, coordinator: User) -> None:
    accept_link(coordinator, "a-1", "sdg", "7.2", ADVANCES)
    assert standing() == {"3": (3, "advances"), "7": (2, "advances"), "7.2": (2, "advances")}
    assert matrix(EntryQuery()).counts["*", "7"] == 2
    assert drift() == []
    assert [(item.node, item.direction) for item in LinkDecision.objects.order_by("node")] == [
        ("7", "advances"),
        ("7.2", "advances"),
    ]
    assert Record.objects.order_by("sequence").last().detail["direction"] == "advances"
    realign_entries(System())
    assert standing()["7"] == (2, "advances")


def test_a_reviewer_may_call_a_contribution_a_setback(setback: Found, coordinator: User) -> None:
    accept_link(coordinator, "a-1", "sdg", "3", AGAINST)
    assert standing()["3"] == (12, "works-against")
    assert ("*", "3") not in matrix(EntryQuery()).counts
    assert listed(replace(ASKED, goal="3", basis="accepted")) == ["a-1"]
    realign_entries(System())
    assert standing()["3"] == (12, "works-against")
    accept_link(coordinator, "a-1", "sdg", "3", MENTIONS)
    assert standing()["3"] == (2, "mentions")
    assert matrix(EntryQuery()).counts["*", "3"] == 1
    assert drift() == []


def test_an_accepted_setback_stays_one_and_lifts_no_contribution(
    store: Store,
    found: Found,  # noqa: F811
    coordinator: User,
) -> None:
    found["subsidies"] = [against("7.2")]
    found["panels"] = [lexicon("sdg", "7")]
    store([an_entry("a-1", description="We gave panels. They cut subsidies.")])
    accept_link(coordinator, "a-1", "sdg", "7.2")
    assert standing() == {"7": (3, "advances"), "7.2": (12, "works-against")}
    realign_entries(System())
    assert standing() == {"7": (3, "advances"), "7.2": (12, "works-against")}
    assert drift() == []


def test_a_refused_setback_is_gone(setback: Found, coordinator: User) -> None:
    refuse_link(coordinator, "a-1", "sdg", "7")
    assert standing() == {"3": (3, "advances")}
    realign_entries(System())
    assert standing() == {"3": (3, "advances")}


def test_adding_says_that_it_is_advanced(setback: Found, coordinator: User) -> None:
    add_link(coordinator, "a-1", "sdg", "7")
    assert standing()["7"] == (2, "advances")


def test_the_review_page_shows_the_direction_and_changes_it(
    setback: Found, coordinator: User, client: Client
) -> None:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    states = {
        link.node: (link.state, link.direction) for link in reviewed_links(Row.objects.get(identifier="a-1"))
    }
    assert states == {
        "3": ("open", "advances"),
        "7": ("setback", "works-against"),
        "7.2": ("setback", "works-against"),
    }
    page = client.get("/entries/a-1/links/").content.decode()
    assert '<option value="works-against" selected>works against it</option>' in page
    sent = {"link": "sdg:7", "decision": "accept", "direction": "mentions"}
    assert client.post("/entries/a-1/links/decide/", sent).status_code == 302
    assert standing()["7"] == (2, "mentions")
    assert client.post("/entries/a-1/links/decide/", {**sent, "direction": "up"}).status_code == 404


def test_decisions_are_exported_with_the_direction(setback: Found, coordinator: User) -> None:
    accept_link(coordinator, "a-1", "sdg", "7.2")
    (goal, target) = sorted(training_examples(), key=lambda item: item["node"])
    assert [(item["node"], item["accepted"], item["direction"]) for item in (goal, target)] == [
        ("7", True, "works-against"),
        ("7.2", True, "works-against"),
    ]


def test_an_archived_setback_is_found_by_nobody_and_comes_back(setback: Found, coordinator: User) -> None:
    entry = Row.objects.get(identifier="a-1")
    archive_entry(coordinator, entry, "twice")
    assert listed(ASKED) == []
    assert link_counts("sdg", ["7"], ASKED) == {}
    restore_entry(coordinator, entry)
    assert standing()["7"] == (13, "works-against")
    assert drift() == []


def test_what_the_owner_declares_is_never_a_setback() -> None:
    (row,) = aligning.link_rows(1, [Link("sdg", "7", Basis.DECLARED, 1.0)])
    assert (row.tier, row.direction) == (1, "advances")
