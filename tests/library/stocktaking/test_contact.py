"""The person to ask."""

from dataclasses import fields

import pytest

from actionlines.stocktaking import COLUMNS, CONTACT_COLUMNS, Contact, Entry, contact_from_row


def test_contact_is_no_part_of_an_entry():
    assert set(CONTACT_COLUMNS).isdisjoint({*COLUMNS, *(item.name for item in fields(Entry))})


def test_contact_is_read_from_its_columns():
    row = {"contact_name": " Ama  Mensah ", "contact_email": "ama@example.org"}
    assert contact_from_row(row) == (Contact("Ama Mensah", "ama@example.org"), [])
    assert contact_from_row({}) == (Contact(), [])
    assert not Contact()


@pytest.mark.parametrize(
    "said", ["ama", "ama@", "@example.org", "a b@example.org", "ama@example", "a@b..org"]
)
def test_address_that_is_none_is_refused(said):
    contact, problems = contact_from_row({"contact_email": said})
    assert contact is None
    assert [(problem.column, problem.message) for problem in problems] == [
        ("contact_email", f"“{said}” is not an e-mail address.")
    ]
