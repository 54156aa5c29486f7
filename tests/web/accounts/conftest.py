"""What tests of accounts share: counts of attempts begun anew, people with a password, the messages they are sent."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.outbox.models import Message

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    """Each test begins with no attempts counted."""
    cache.clear()


@pytest.fixture
def person(db: None) -> User:
    """Somebody with a confirmed address and a password."""
    return a_person("ada@example.org")


@pytest.fixture
def administrator(db: None) -> User:
    """An administrator."""
    user = a_person("admin@example.org")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.ADMINISTRATOR)
    return user


def a_person(email: str, **fields: str) -> User:
    """Somebody with a confirmed address and PASSWORD."""
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@pytest.fixture
def sign_in(client: Client) -> Callable[..., int]:
    """Signs in by the form; gives the status of the answer (302 on success)."""

    def signed(email: str, password: str = PASSWORD) -> int:
        return client.post("/sign-in/", {"login": email, "password": password}).status_code

    return signed


def last_message(address: str) -> Message:
    """The newest message to an address."""
    return Message.objects.filter(address=address).latest("pk")


def code_in(message: Message) -> str:
    """The code in a message that confirms an address."""
    found = re.search(r"^([A-Z0-9-]{6,})$", message.text, re.MULTILINE)
    assert found is not None
    return found[1]
