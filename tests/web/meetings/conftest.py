"""A meeting in a month, and people of two organisations."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actionlines_web.accounts.models import User
from actionlines_web.meetings import actions
from actionlines_web.meetings.models import Contribution, Meeting
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation

WORDS = {
    "title": "Connecting islands",
    "summary": "Telemedicine reaches twelve islands.",
    "action": "The meeting is invited to note this.",
    "references": "A/RES/70/125\nRes. 140",
}


@pytest.fixture
def member(db: None) -> User:
    """Acts for the Ministry of Health."""
    user = User.objects.create_user("member@example.org")
    create_organisation(user, name="Ministry of Health", stakeholder_type="government", country="SEN")
    return user


@pytest.fixture
def ministry(member: User) -> Organisation:
    """The organisation of the member."""
    return Organisation.objects.get(name="Ministry of Health")


@pytest.fixture
def other(db: None) -> User:
    """Acts for another organisation."""
    user = User.objects.create_user("other@example.org")
    create_organisation(user, name="Elsewhere", stakeholder_type="academia", country="FRA")
    return user


@pytest.fixture
def meeting(coordinator: User) -> Meeting:
    """A public meeting with two agenda items."""
    first = timezone.localdate() + timedelta(days=30)
    made = actions.save_meeting(
        coordinator,
        "tdag-27",
        titles={"en": "Advisory group 2027", "fr": "Groupe consultatif 2027"},
        kind="advisory",
        series="TDAG-27",
        first_day=first,
        last_day=first + timedelta(days=3),
        deadline=timezone.now() + timedelta(days=14),
        place="Geneva",
        new=True,
    )
    actions.set_agenda(coordinator, made, "en", [("1", "Opening"), ("2.1", "Road maps")])
    actions.publish_meeting(coordinator, made)
    made.refresh_from_db()
    return made


@pytest.fixture
def draft(member: User, ministry: Organisation, meeting: Meeting) -> Contribution:
    """A draft of the ministry with its texts in English."""
    made = actions.start_contribution(member, meeting, ministry.pk)
    return actions.save_words(member, made.pk, "en", WORDS, item="2.1")
