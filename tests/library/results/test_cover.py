"""What a plan covers."""

import json

import pytest

from actionlines.documents import read_bytes
from actionlines.results.cover import Cover, compare, cover
from shared import SHARED, needs_shared

HEALTH = "The plan builds hospitals and health centres so that mothers and newborn children no longer die of malaria."


def plan(*paragraphs, name="plan.txt"):
    return cover(read_bytes("\n\n".join(paragraphs).encode(), name), language="en")


def test_a_plan_addresses_a_goal_with_its_passage():
    found = plan(HEALTH, "A short note on nothing that could be of interest to anybody at all.")
    health = found.of("sdg", "3")
    assert (health.passages, health.mentions[0].text) == (1, HEALTH)
    assert 0.5 < health.share < 1
    assert "3" not in found.silent["sdg"]
    assert (
        len(found.silent["sdg"])
        + len([one for one in found.addressed if one.framework == "sdg" and "." not in one.node])
        == 17
    )


def test_where_the_matrix_has_lines_for_a_goal_and_the_plan_none_is_an_opportunity():
    assert (
        "C7-HEA"
        in {
            one.node: one.lines for one in plan("This programme contributes to SDG target 3.8.").opportunities
        }["3.8"]
    )
    spoken = plan(
        "This programme contributes to SDG target 3.8 through action line C7 e-health and no other one."
    )
    assert all("C7-HEA" not in one.lines for one in spoken.opportunities)


def test_a_link_the_matrix_implies_is_never_counted():
    found = plan(
        "This programme contributes to action line C7 e-health, and that is all there is to say of it."
    )
    assert [one.node for one in found.addressed if one.framework == "sdg" and one.node != "3"] == []


def test_headings_and_numbers_address_nothing():
    assert plan("SDG 3", "12").addressed == ()


def test_plans_are_compared_by_the_share_of_their_text():
    first, second = (
        plan(HEALTH),
        plan("Nothing here speaks of what the goals are about, and it says so at length."),
    )
    assert ("sdg", "3", (1.0, 0.0)) in compare([first, second])


@needs_shared
@pytest.mark.parametrize(("node", "at_least"), [("9", 30), ("17", 25), ("3", 10)])
def test_the_source_document_addresses_what_a_reader_finds_in_it(node, at_least):
    path = SHARED / "data" / "documents" / "tdag18_contribution_smsi_odd.fr.txt"
    found = cover(read_bytes(path.read_bytes(), path.name))
    assert found.language == "fr"
    assert found.of("sdg", node).passages >= at_least
    assert found.silent["sdg"] == ()


def test_a_cover_is_kept_as_plain_data_and_read_back() -> None:
    text = "Broadband networks reach every village; target 9.c and SDG 4 guide the plan of the ministry."
    found = cover(read_bytes(text.encode(), "plan.txt"))
    assert found.addressed
    assert Cover.from_json(json.loads(json.dumps(found.as_json()))) == found
