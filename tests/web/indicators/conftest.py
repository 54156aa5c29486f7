"""What the tests of indicators share: people who report, and files."""

import pytest
from django.test import Client

from actionlines_web.accounts.models import RoleGrant, User


@pytest.fixture
def statistician(db: None) -> User:
    """Somebody who reports for Senegal."""
    user = User.objects.create_user("statistics@example.org", name="Aminata")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.STATISTICIAN, scope="SEN")
    return user


@pytest.fixture
def office(client: Client, statistician: User) -> Client:
    """Her browser."""
    client.force_login(statistician, backend="django.contrib.auth.backends.ModelBackend")
    return client


def table(*rows: str) -> bytes:
    """A long csv file."""
    return "\n".join(["economy,year,series,value", *rows, ""]).encode()
