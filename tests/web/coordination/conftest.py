"""People of coordination: a facilitator of C2, and a member of an organisation."""

import pytest

from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation


@pytest.fixture
def facilitator(db: None) -> User:
    """Facilitates C2 and nothing else."""
    user = User.objects.create_user("facilitator@example.org")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.FACILITATOR, scope="C2")
    return user


@pytest.fixture
def member(db: None) -> User:
    """Manages the Ministry of Health."""
    user = User.objects.create_user("member@example.org")
    create_organisation(user, name="Ministry of Health", stakeholder_type="government", country="SEN")
    return user


@pytest.fixture
def ministry(member: User) -> Organisation:
    """The organisation of the member."""
    return Organisation.objects.get(name="Ministry of Health")
