"""A ministry that needs and a foundation that offers."""

import pytest

from actionlines_web.accounts.models import User
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation
from actionlines_web.partnerships import actions
from actionlines_web.partnerships.models import Proposal


def someone(name: str, organisation: str, country: str) -> User:
    """A person who manages a new organisation."""
    user = User.objects.create_user(f"{name}@example.org", name=name.title())
    create_organisation(user, name=organisation, stakeholder_type="government", country=country)
    return user


def organisation_of(user: User) -> int:
    """The organisation of the person."""
    found = Organisation.objects.filter(memberships__user=user).first()
    assert found is not None
    return found.pk


def made(user: User, side: str, *, public: bool = True, **options: object) -> Proposal:
    """A proposal of the person's organisation."""
    given = {
        "kind": "funding",
        "title": f"{side} of {user.name}",
        "description": "Clinics on islands.",
        "lines": ["C2"],
        "targets": ["9.c"],
        "countries": ["KEN"],
        "contact_name": f"Contact of {user.name}",
        "contact_email": f"contact-{user.name.lower()}@example.org",
        **options,
    }
    found = actions.save_proposal(user, organisation_of(user), side=side, **given)  # type: ignore[arg-type]
    return actions.set_state(user, found.pk, "public") if public else found


@pytest.fixture
def needy(db: None) -> User:
    """Acts for the ministry."""
    return someone("needy", "Ministry", "KEN")


@pytest.fixture
def giver(db: None) -> User:
    """Acts for the foundation."""
    return someone("giver", "Foundation", "FRA")


@pytest.fixture
def need(needy: User) -> Proposal:
    """An open need of funding."""
    return made(needy, "need")


@pytest.fixture
def offer(giver: User) -> Proposal:
    """An open offer of funding."""
    return made(giver, "offer")
