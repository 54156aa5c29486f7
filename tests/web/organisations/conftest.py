"""What tests of organisations share: people, and an organisation with a manager."""

import pytest
from allauth.account.models import EmailAddress

from actionlines_web.accounts.models import User
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation


def a_person(name: str) -> User:
    """Somebody with a confirmed address."""
    user = User.objects.create_user(f"{name}@example.org", name=name.title())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def manager(db: None) -> User:
    """The manager of `ministry`."""
    return a_person("mona")


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody who belongs nowhere."""
    return a_person("otto")


@pytest.fixture
def ministry(manager: User) -> Organisation:
    """An organisation."""
    return create_organisation(
        manager, name="Ministry of Health", stakeholder_type="government", country="SEN"
    )
