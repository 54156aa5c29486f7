"""Audit records are only ever added."""

import pytest

from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record


@pytest.mark.django_db
def test_a_record_cannot_be_changed_or_deleted(visitor: User) -> None:
    record = write_record(visitor, "look", visitor)
    assert (record.actor, record.actor_label, record.object_type) == (
        visitor,
        "visitor@example.org",
        "accounts.user",
    )
    with pytest.raises(TypeError, match="never changed"):
        record.save()
    with pytest.raises(TypeError, match="never deleted"):
        record.delete()
