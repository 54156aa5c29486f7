"""The list of organisations and entering one."""

from collections.abc import Callable

import pytest
from django.test import Client

from actionlines_web.accounts.models import User
from actionlines_web.organisations.models import Organisation
from actionlines_web.organisations.queries import PAGE_SIZE, found_organisations
from web.conftest import an_entry

pytestmark = pytest.mark.django_db


def test_the_list_is_searched_without_accents_and_filtered(
    store: Callable[..., None], client: Client
) -> None:
    store(
        [
            an_entry("a", organisation="Ministère de la Santé", country="SEN", stakeholder_type="government"),
            an_entry("b", organisation="وزارة الصحّة", country="EGY", stakeholder_type="government"),
            an_entry("c", organisation="Santé pour tous", country="SEN", stakeholder_type="civil-society"),
        ]
    )
    for asked, names in {
        "q=sante": ["Ministère de la Santé", "Santé pour tous"],
        "q=الصحة": ["وزارة الصحّة"],
        "q=sante&type=government": ["Ministère de la Santé"],
        "country=EGY": ["وزارة الصحّة"],
        "q=zzz": [],
    }.items():
        found = client.get(f"/organisations/?{asked}").context["found"]
        assert [item.name for item in found] == names, asked


def test_a_long_list_goes_on_where_it_ended() -> None:
    made = [
        Organisation(name=f"N{number:03}", folded_name=f"n{number:03}") for number in range(PAGE_SIZE + 1)
    ]
    Organisation.objects.bulk_create(made)
    first, following = found_organisations()
    rest, end = found_organisations(after=following)
    assert [item.name for item in (*first, *rest)] == [item.name for item in made]
    assert end == ""


def test_an_organisation_that_is_there_already_is_not_entered_twice(visitor: User, client: Client) -> None:
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    form = {"name": "Ministry of Health", "stakeholder_type": "government", "country": "SEN"}
    assert client.post("/organisations/new/", form).status_code == 302
    answer = client.post("/organisations/new/", {**form, "name": " MINISTRY of  health "})
    assert (answer.status_code, "already" in answer.text) == (422, True)
    assert Organisation.objects.count() == 1
