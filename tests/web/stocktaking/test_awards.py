"""The status an entry has from the prizes."""

import pytest
from django.core.exceptions import PermissionDenied

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.actions import award_entry
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries.filters import EntryQuery
from web.conftest import an_entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "status", "after"),
    [
        ("entry", "nominee", "nominee"),
        ("other", "champion", "champion"),
        ("nominee", "winner", "winner"),
        ("winner", "nominee", "winner"),
        ("champion", "champion", "champion"),
    ],
)
def test_a_prize_raises_the_status_and_never_lowers_it(store, before: str, status: str, after: str) -> None:
    store([an_entry("a-1", status=before)])
    assert award_entry(System(), "a-1", status, "Prizes") is (before != after)
    assert Entry.objects.get().status == after


def test_the_list_of_winners_and_its_count_hold_it_at_once(store) -> None:
    store([an_entry("a-1"), an_entry("a-2")])
    award_entry(System(), "a-2", "winner", "Prizes")
    found = EntryQuery.from_params({"status": "winner"}).apply(Entry.objects.all())
    assert [entry.identifier for entry in found] == ["a-2"]


def test_an_entry_that_is_gone_is_passed_over() -> None:
    assert award_entry(System(), "a-9", "winner", "Prizes") is False


def test_nobody_else_gives_prizes(store, visitor: User) -> None:
    store([an_entry("a-1")])
    with pytest.raises(PermissionDenied):
        award_entry(visitor, "a-1", "winner", "Prizes")
    with pytest.raises(ValueError, match="not in tuple"):
        award_entry(System(), "a-1", "entry", "Prizes")
