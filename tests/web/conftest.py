"""What the site's tests share: people with roles, and entries in the register."""

from collections.abc import Callable, Sequence

import pytest

from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
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
