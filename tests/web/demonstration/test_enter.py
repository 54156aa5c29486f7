"""The way in without a password: only on a demonstration site, only from the machine itself."""

import pytest
from django.test import Client, override_settings

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.demonstration.actions import load_demonstration
from actionlines_web.demonstration.queries import COORDINATOR
from actionlines_web.indicators.models import Observation
from actionlines_web.stocktaking.models import Entry


@pytest.fixture
def loaded(db: None) -> None:
    load_demonstration(System())


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = (Entry.objects.count(), Observation.objects.count(), User.objects.count())
    assert before[0] == 70
    load_demonstration(System())
    assert (Entry.objects.count(), Observation.objects.count(), User.objects.count()) == before


def test_entering_from_this_machine_signs_in_as_the_coordinator(loaded: None, client: Client) -> None:
    answer = client.post("/demonstration/enter/", {"next": "/imports/"})
    assert (answer.status_code, answer["Location"]) == (302, "/imports/")
    assert client.get("/imports/").status_code == 200


@pytest.mark.parametrize("following", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_entering_never_leads_to_another_site(loaded: None, client: Client, following: str) -> None:
    assert client.post("/demonstration/enter/", {"next": following})["Location"] == "/"


def test_entering_from_another_machine_is_refused(loaded: None, client: Client) -> None:
    assert client.post("/demonstration/enter/", REMOTE_ADDR="192.0.2.7").status_code == 404


@override_settings(DEMONSTRATION=False)
def test_entering_a_site_that_is_no_demonstration_is_refused(loaded: None, client: Client) -> None:
    assert client.post("/demonstration/enter/").status_code == 404
    assert b"demonstration/enter" not in client.get("/sign-in/").content


def test_entering_needs_a_posted_form_with_its_token(loaded: None) -> None:
    assert Client(enforce_csrf_checks=True).post("/demonstration/enter/").status_code == 403
    assert Client().get("/demonstration/enter/").status_code == 405


def test_the_coordinators_account_has_no_password(loaded: None, client: Client) -> None:
    assert not User.objects.get(email=COORDINATOR).has_usable_password()
