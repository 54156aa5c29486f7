"""Accounts made from the command line."""

import pytest

from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.queries import records_of


@pytest.mark.django_db
def test_a_second_grant_changes_nothing_and_is_not_recorded_again() -> None:
    for _ in range(2):
        user = ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
    assert list(RoleGrant.objects.values_list("user_id", "role")) == [(user.pk, "coordinator")]
    assert [(record.verb, record.actor_label) for record in records_of(user)] == [
        ("grant", "command line"),
        ("create", "command line"),
    ]


@pytest.mark.django_db
def test_a_user_made_without_a_password_cannot_sign_in_with_an_empty_one(client: object) -> None:
    user = ensure_user(System(), email="a@example.org", name="A", roles=())
    assert not user.has_usable_password()
    assert not User.objects.get(pk=user.pk).check_password("")


@pytest.mark.django_db
def test_permission_to_import_needs_the_coordinator_role(visitor: User, coordinator: User) -> None:
    assert not visitor.has_perm("stocktaking.import_entries")
    assert coordinator.has_perm("stocktaking.import_entries")
