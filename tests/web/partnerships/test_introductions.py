"""Introductions: contacts with consent only, stages, pledges and payments, and what is counted in public."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines.results.partnerships import Money
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import verify
from actionlines_web.outbox.models import Message
from actionlines_web.partnerships import actions, queries
from actionlines_web.partnerships.models import Introduction, Payment, Pledge, Proposal
from web.partnerships.conftest import made

DAY = date(2027, 3, 1)


@pytest.fixture
def asked(needy: User, need: Proposal, offer: Proposal) -> Introduction:
    """The ministry has asked the foundation."""
    return actions.ask_for_introduction(needy, need.pk, offer.pk, "May we talk?")


@pytest.fixture
def agreed(asked: Introduction, giver: User) -> Introduction:
    """They have agreed."""
    actions.answer_introduction(giver, asked.pk, accept=True)
    return actions.move_stage(giver, asked.pk, "agreed")


def contacts(actor: User, introduction: Introduction) -> list[str]:
    """The addresses that somebody is given."""
    found = queries.introduction_by_number(introduction.pk)
    assert found is not None
    return [email for _, email in queries.contacts_for(actor, found)]


def test_a_contact_is_given_with_the_consent_of_its_side_and_to_nobody_else(
    client: Client, needy: User, giver: User, coordinator: User, asked: Introduction
) -> None:
    def all_() -> list[list[str]]:
        return [contacts(user, asked) for user in (needy, giver, coordinator)]

    assert all_() == [[], ["contact-needy@example.org"], []]
    actions.answer_introduction(giver, asked.pk, accept=True)
    assert all_() == [["contact-giver@example.org"], ["contact-needy@example.org"], []]
    client.force_login(coordinator)
    page = client.get(f"/partnerships/introductions/{asked.pk}/").text
    assert ("contact-" in page, "May we talk?" in page) == (False, False)
    client.force_login(needy)
    assert "contact-giver@example.org" in client.get(f"/partnerships/introductions/{asked.pk}/").text


def test_who_is_declined_gets_no_contact_and_keeps_none(
    needy: User, giver: User, asked: Introduction
) -> None:
    actions.answer_introduction(giver, asked.pk, accept=False)
    assert [contacts(user, asked) for user in (needy, giver)] == [[], []]
    with pytest.raises(InputError, match="answered already"):
        actions.answer_introduction(giver, asked.pk, accept=True)


def test_only_the_side_that_was_asked_answers(
    needy: User, coordinator: User, visitor: User, asked: Introduction
) -> None:
    for user in (needy, coordinator, visitor):
        with pytest.raises(PermissionDenied):
            actions.answer_introduction(user, asked.pk, accept=True)


def test_the_other_side_is_told_by_mail_without_any_contact(
    needy: User, giver: User, asked: Introduction
) -> None:
    actions.answer_introduction(giver, asked.pk, accept=True)
    sent = {message.kind: message for message in Message.objects.filter(kind__startswith="introduction")}
    assert {kind: message.recipient for kind, message in sent.items()} == {
        "introduction-asked": giver,
        "introduction-accepted": needy,
    }
    assert "Ministry" in sent["introduction-asked"].subject
    assert "contact-" not in "".join(message.text for message in sent.values())


@pytest.mark.parametrize("change", [{"kind": "expertise"}, {"public": False}, {"side": "need"}])
def test_what_does_not_stand_on_two_open_sides_of_one_kind_is_not_introduced(
    needy: User, giver: User, need: Proposal, change: dict[str, Any]
) -> None:
    options = {"side": "offer", **change}
    other = made(giver, options.pop("side"), **options)
    with pytest.raises(InputError):
        actions.ask_for_introduction(needy, need.pk, other.pk)
    own = made(needy, "offer")
    with pytest.raises(InputError):
        actions.ask_for_introduction(needy, need.pk, own.pk)


def test_nobody_asks_in_the_name_of_others_nor_twice(
    giver: User, needy: User, need: Proposal, offer: Proposal
) -> None:
    with pytest.raises(PermissionDenied):
        actions.ask_for_introduction(giver, need.pk, offer.pk)
    actions.ask_for_introduction(giver, offer.pk, need.pk)
    with pytest.raises(InputError, match="asked for already"):
        actions.ask_for_introduction(needy, need.pk, offer.pk)


@pytest.mark.parametrize(
    ("stages", "holds"),
    [
        (["talking", "agreed", "ended"], True),
        (["agreed", "talking"], False),
        (["ended", "talking"], False),
        (["declined"], False),
        (["nonsense"], False),
    ],
)
def test_stages_follow_their_order(giver: User, asked: Introduction, stages: list[str], holds: bool) -> None:
    actions.answer_introduction(giver, asked.pk, accept=True)
    for stage in stages[:-1]:
        actions.move_stage(giver, asked.pk, stage)
    if holds:
        assert actions.move_stage(giver, asked.pk, stages[-1]).stage == stages[-1]
    else:
        with pytest.raises(InputError):
            actions.move_stage(giver, asked.pk, stages[-1])


def test_before_the_answer_no_stage_is_moved(giver: User, needy: User, asked: Introduction) -> None:
    for user in (giver, needy):
        with pytest.raises(InputError):
            actions.move_stage(user, asked.pk, "introduced")


def test_the_offering_side_pledges_and_no_more_is_paid_than_was_pledged(
    giver: User, needy: User, agreed: Introduction
) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_pledge(needy, agreed.pk, day=DAY, amount=Decimal(5), currency="USD")
    pledge = actions.add_pledge(giver, agreed.pk, day=DAY, amount=Decimal(100), currency="USD")
    actions.add_payment(needy, pledge.pk, day=DAY, amount=Decimal("60.50"))
    with pytest.raises(InputError) as raised:
        actions.add_payment(giver, pledge.pk, day=DAY, amount=Decimal("39.51"))
    assert "at most 39.50 USD" in str(raised.value.problems[0])
    actions.add_payment(giver, pledge.pk, day=DAY, amount=Decimal("39.50"))
    assert queries.money_of(agreed) == [Money("USD", Decimal(100), Decimal(100))]


@pytest.mark.parametrize(
    "change",
    [{"amount": Decimal(0)}, {"amount": Decimal("1.001")}, {"currency": "GOLD"}, {"note": "x" * 301}],
)
def test_a_pledge_without_sense_is_refused(giver: User, agreed: Introduction, change: dict[str, Any]) -> None:
    given = {"day": DAY, "amount": Decimal(1), "currency": "USD", **change}
    with pytest.raises(InputError):
        actions.add_pledge(giver, agreed.pk, **given)
    assert not Pledge.objects.exists()


def test_without_an_agreement_nothing_is_pledged(giver: User, asked: Introduction) -> None:
    with pytest.raises(InputError, match="no agreement"):
        actions.add_pledge(giver, asked.pk, day=DAY, amount=Decimal(1), currency="USD")


def test_money_is_counted_in_public_where_both_sides_let_it(
    client: Client, giver: User, needy: User, agreed: Introduction
) -> None:
    for currency, amount in (("USD", 100), ("CHF", 7)):
        pledge = actions.add_pledge(giver, agreed.pk, day=DAY, amount=Decimal(amount), currency=currency)
    actions.add_payment(giver, pledge.pk, day=DAY, amount=Decimal(2))

    def funding() -> tuple[int, list[Money]]:
        row = next(row for row in queries.figures() if row.kind == "funding")
        assert (row.needs, row.offers) == (1, 1)
        return row.agreements, list(row.money)

    assert funding() == (0, [])
    actions.let_be_counted(giver, agreed.pk, public=True)
    assert funding() == (0, [])
    actions.let_be_counted(needy, agreed.pk, public=True)
    assert funding() == (1, [Money("CHF", Decimal(7), Decimal(2)), Money("USD", Decimal(100), Decimal(0))])
    lines = client.get("/partnerships/figures.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1:3] == ["funding,1,1,1,CHF,7.00,2.00,5.00", "funding,1,1,1,USD,100.00,0,100.00"]
    assert "7" in client.get("/partnerships/figures/").text
    actions.let_be_counted(needy, agreed.pk, public=False)
    assert funding() == (0, [])


def test_all_of_it_is_done_on_the_pages(
    client: Client, giver: User, needy: User, need: Proposal, offer: Proposal
) -> None:
    client.force_login(needy)
    assert (
        client.post(f"/partnerships/{offer.pk}/introduce/", {"own": need.pk, "message": "Hello"}).status_code
        == 302
    )
    assert client.post(f"/partnerships/{offer.pk}/introduce/", {"own": need.pk}).status_code == 422
    found = Introduction.objects.get()
    page = f"/partnerships/introductions/{found.pk}/"
    assert "need of Needy" in client.get("/partnerships/introductions/").text
    client.force_login(giver)
    assert "Hello" in client.get(page).text
    client.post(page, {"do": "accept"})
    client.post(page, {"do": "stage", "stage": "agreed", "note": "Signed"})
    assert client.post(page, {"do": "dance"}).status_code == 404
    assert (
        client.post(f"{page}pledges/", {"day": "2027-03-01", "amount": "x", "currency": "USD"}).status_code
        == 422
    )
    assert (
        client.post(f"{page}pledges/", {"day": "2027-03-01", "amount": "10", "currency": "USD"}).status_code
        == 302
    )
    pledge = Pledge.objects.get()
    assert client.post(f"{page}pledges/{pledge.pk + 1}/payments/", {}).status_code == 404
    payments = f"{page}pledges/{pledge.pk}/payments/"
    assert client.post(payments, {"day": "2027-03-02", "amount": "11"}).status_code == 422
    assert client.post(payments, {"day": "2027-03-02", "amount": "4"}).status_code == 302
    assert Payment.objects.get().amount == 4
    for _ in range(1):
        client.post(page, {"do": "count"})
    found.refresh_from_db()
    assert (found.stage, found.public_by_offer, found.public_by_need) == ("agreed", True, False)
    assert verify().sound


def test_strangers_learn_nothing_of_an_introduction(
    client: Client, visitor: User, asked: Introduction
) -> None:
    client.force_login(visitor)
    assert client.get(f"/partnerships/introductions/{asked.pk}/").status_code == 404
    assert "need of Needy" not in client.get("/partnerships/introductions/").text
