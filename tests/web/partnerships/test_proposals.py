"""Needs and offers: their organisation's, open when it says so, with a contact that nobody else reads."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.partnerships import actions, queries
from actionlines_web.partnerships.models import Proposal
from actionlines_web.partnerships.queries import ProposalQuery
from web.partnerships.conftest import made, organisation_of

ADDRESSES = ("/partnerships/", "/partnerships/proposals.csv", "/partnerships/figures.csv")


def titles(actor: Any, **params: str) -> list[str]:
    """What a list shows somebody."""
    page, _ = queries.page_of_proposals(actor, ProposalQuery.from_params(params))
    return [item.title for item in page]


def test_a_draft_is_for_its_organisation_on_every_way(
    client: Client, needy: User, giver: User, coordinator: User
) -> None:
    draft = made(needy, "need", public=False)

    def seen(user: User | None) -> tuple[bool, bool]:
        client.logout()
        if user:
            client.force_login(user)
        return client.get(f"/partnerships/{draft.pk}/").status_code == 200, draft.title in client.get(
            "/partnerships/"
        ).text

    assert [seen(user) for user in (None, giver, coordinator, needy)] == [(False, False)] * 3 + [(True, True)]
    assert draft.title not in client.get("/partnerships/proposals.csv").text
    actions.set_state(needy, draft.pk, "public")
    assert seen(None) == (True, True)
    assert draft.title in client.get("/partnerships/proposals.csv").text


def test_no_page_gives_a_contact_to_who_was_not_introduced(
    client: Client, need: Proposal, offer: Proposal, giver: User, coordinator: User
) -> None:
    for user in (None, giver, coordinator):
        client.logout()
        if user:
            client.force_login(user)
        for address in (*ADDRESSES, f"/partnerships/{need.pk}/"):
            assert "contact-needy" not in client.get(address).text
    detail = str(list(Record.objects.values_list("detail", flat=True)))
    assert "contact-needy" not in detail
    assert "Contact of" not in detail


def test_lists_filter_by_kind_line_goal_and_country(needy: User, giver: User, need: Proposal) -> None:
    made(giver, "offer", title="Health anywhere", lines=["C7-HEA"], targets=["3"], countries=[])
    made(giver, "offer", title="Kit", kind="equipment", lines=["C10"], targets=[], countries=["FRA"])
    assert titles(needy) == ["Kit", "Health anywhere", "need of Needy"]
    assert titles(needy, side="need") == ["need of Needy"]
    assert titles(needy, kind="equipment") == ["Kit"]
    assert titles(needy, line="C7") == ["Health anywhere"]
    assert titles(needy, line="C1") == []
    assert titles(needy, target="9") == ["need of Needy"]
    assert titles(needy, country="fra") == ["Kit", "Health anywhere"]


def test_a_proposal_is_written_and_changed_on_the_pages(client: Client, needy: User) -> None:
    client.force_login(needy)
    sent = {
        "organisation": organisation_of(needy),
        "side": "need",
        "kind": "incubation",
        "language": "fr",
        "title": "Jeunes pousses",
        "description": "Un incubateur.",
        "lines": "C2, C5, C2",
        "targets": "9.c 8",
        "countries": ["SEN"],
        "amount": "1000.50",
        "currency": "XOF",
        "contact_email": "a@example.org",
    }
    assert client.post("/partnerships/new/", sent).status_code == 302
    found = Proposal.objects.get()
    assert (found.line_codes, found.target_codes, found.amount) == (
        ["C2", "C5"],
        ["9.c", "8"],
        Decimal("1000.50"),
    )
    client.post(f"/partnerships/{found.pk}/change/", {**sent, "title": "Pépinière", "side": "offer"})
    found.refresh_from_db()
    assert (found.title, found.side) == ("Pépinière", "need")
    assert client.post("/partnerships/new/", {**sent, "organisation": 999}).status_code == 422


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"kind": "gold"}, "kind"),
        ({"title": ""}, "title"),
        ({"lines": [], "targets": []}, "lines"),
        ({"lines": ["C99"]}, "lines"),
        ({"targets": ["18"]}, "targets"),
        ({"countries": ["XXX"]}, "countries"),
        ({"amount": Decimal(-1), "currency": "USD"}, "amount"),
        ({"amount": Decimal(5)}, "currency"),
        ({"currency": "USD"}, "currency"),
        ({"amount": Decimal(5), "currency": "GOLD"}, "currency"),
        ({"contact_email": "nobody"}, "contact_email"),
    ],
)
def test_a_proposal_without_sense_is_refused(needy: User, change: dict[str, Any], column: str) -> None:
    with pytest.raises(InputError) as raised:
        made(needy, "need", **change)
    assert [problem.column for problem in raised.value.problems] == [column]
    assert not Proposal.objects.exists()


def test_nobody_writes_for_another_organisation_and_a_coordinator_may_only_close(
    needy: User, giver: User, coordinator: User, need: Proposal
) -> None:
    with pytest.raises(PermissionDenied):
        actions.save_proposal(
            giver,
            organisation_of(needy),
            side="need",
            kind="funding",
            title="x",
            description="x",
            lines=["C2"],
        )
    with pytest.raises(PermissionDenied):
        actions.save_proposal(
            giver, organisation_of(giver), need.pk, side="need", kind="funding", title="x", description="x"
        )
    with pytest.raises(PermissionDenied):
        actions.set_state(giver, need.pk, "closed")
    draft = made(needy, "need", public=False)
    with pytest.raises(PermissionDenied):
        actions.set_state(coordinator, draft.pk, "closed")
    assert actions.set_state(coordinator, need.pk, "closed").state == "closed"
    with pytest.raises(PermissionDenied):
        actions.set_state(coordinator, need.pk, "public")


def test_what_fits_stands_on_the_page_with_its_reasons(
    client: Client, need: Proposal, offer: Proposal, giver: User
) -> None:
    made(giver, "offer", title="Other lines", lines=["C10"], targets=["16"])
    made(giver, "offer", title="Hidden offer", public=False)
    text = client.get(f"/partnerships/{need.pk}/").text.translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert "Action lines in common: C2 (40)" in text
    assert "offer of Giver" in text
    assert ("Other lines" in text, "Hidden offer" in text) == (False, False)


def test_the_list_and_the_matches_ask_as_often_for_many_as_for_few(
    client: Client, need: Proposal, giver: User
) -> None:
    def asked() -> list[int]:
        found = []
        for address in ("/partnerships/", f"/partnerships/{need.pk}/"):
            with CaptureQueriesContext(connection) as context:
                assert client.get(address).status_code == 200
            found.append(len(context))
        return found

    made(giver, "offer")
    few = asked()
    for _ in range(20):
        made(giver, "offer")
    assert asked() == few


def test_pages_follow_one_another(needy: User) -> None:
    for number in range(53):
        made(needy, "need", title=str(number))
    page, following = queries.page_of_proposals(needy, ProposalQuery())
    rest, end = queries.page_of_proposals(needy, ProposalQuery(before=following))
    assert [item.title for item in (*page, *rest)] == [str(number) for number in range(52, -1, -1)]
    assert end == 0


def test_a_person_who_is_erased_is_no_contact_any_more(needy: User) -> None:
    found = made(needy, "need", contact_email="Needy@example.org")
    assert [held["title"] for held in queries.held_about(needy, [needy.email])] == ["need of Needy"]
    actions.erase_proposer(needy, [needy.email])
    found.refresh_from_db()
    assert (found.author, found.contact_email, found.contact_name, found.state) == (None, "", "", "closed")
