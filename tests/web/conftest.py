"""What the site's tests share: people with roles, and entries in the register."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils.translation import override

from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.guards import lower_guards, raise_guards
from actionlines_web.indicators.queries.coverage import forget_values
from actionlines_web.stocktaking.actions import store_entries


@pytest.fixture
def visitor(db: None) -> User:
    """A signed-in person without any role."""
    return User.objects.create_user("visitor@example.org")


@pytest.fixture
def coordinator(db: None) -> User:
    """A signed-in coordinator."""
    user = User.objects.create_user("coordinator@example.org")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.COORDINATOR)
    return user


def an_entry(identifier: str = "a-1", **fields: object) -> Entry:
    """A library entry whose text says nothing the aligner would find."""
    values: dict[str, object] = {
        "title": f"Entry {identifier}",
        "description": "Nothing of note.",
        "language": "en",
    }
    return Entry(**{"id": identifier, **values, **fields})  # type: ignore[arg-type]


@pytest.fixture
def store(db: None) -> Callable[[Sequence[Entry]], None]:
    """Stores entries as the command line does."""

    def stored(entries: Sequence[Entry]) -> None:
        store_entries(System(), entries)

    return stored


@pytest.fixture(autouse=True)
def reads_english() -> Iterator[None]:
    """A page read in another language leaves that language behind for whichever test comes next."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def knows_no_values_of_other_tests() -> None:
    """Values are kept until an observation is added; tests take theirs back."""
    forget_values()


@pytest.fixture(scope="session", autouse=True)
def trail_yields_to_the_clearing_of_tests() -> Iterator[None]:
    """Tests with transactions of their own end by emptying every table, which the audit trail's triggers refuse."""
    patch = pytest.MonkeyPatch()
    clear = TransactionTestCase._fixture_teardown

    def clear_unguarded(case: TransactionTestCase) -> None:
        lower_guards(connection)
        clear(case)
        raise_guards(connection)

    patch.setattr(TransactionTestCase, "_fixture_teardown", clear_unguarded)
    yield
    patch.undo()
