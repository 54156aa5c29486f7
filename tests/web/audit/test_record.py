"""Audit records are only ever added, and a chain tells when they were not."""

from collections.abc import Callable, Sequence
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.guards import lower_guards, raise_guards
from actionlines_web.audit.models import Head, Record
from actionlines_web.audit.queries import records_of, verify
from actionlines_web.stocktaking.models import Entry
from web.conftest import an_entry


@pytest.mark.django_db
def test_a_record_cannot_be_changed_or_deleted(visitor: User) -> None:
    record = write_record(visitor, "look", visitor)
    assert (record.actor, record.actor_label, record.object_type) == (visitor, "", "accounts.user")
    with pytest.raises(TypeError, match="never changed"):
        record.save()
    with pytest.raises(TypeError, match="never deleted"):
        record.delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_record SET verb = 'x'", "DELETE FROM audit_record"], ids=["change", "delete"]
)
def test_the_database_refuses_to_touch_a_record(visitor: User, statement: str) -> None:
    write_record(visitor, "look", visitor)
    with (
        pytest.raises(DatabaseError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Record.objects.get().verb == "look"


@pytest.mark.django_db
def test_records_follow_one_another(visitor: User) -> None:
    for number in range(3):
        write_record(visitor, "look", visitor, {"number": number, "share": 0.1, "who": {"b", "a"}})
    first, second, third = Record.objects.order_by("sequence")
    assert (first.sequence, first.previous_hash) == (1, "0" * 64)
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert third.detail == {"number": 2, "share": "0.1", "who": ["a", "b"]}
    assert (str(Head.objects.get()), verify().sound, verify().records) == (f"3:{third.hash}", True, 3)


TAMPERINGS = {
    "a changed verb": ("UPDATE audit_record SET verb = 'x' WHERE sequence = 2", "^2: .*content"),
    "a changed detail": ("UPDATE audit_record SET detail = '{\"n\": 9}' WHERE sequence = 2", "^2: .*content"),
    "another actor": ("UPDATE audit_record SET actor_id = NULL WHERE sequence = 2", "^2: .*content"),
    "a removed record": ("DELETE FROM audit_record WHERE sequence = 2", "^3: .*record 2 is missing"),
    "a removed end": (
        "DELETE FROM audit_record WHERE sequence = 3",
        "^record 3: .*ends at 2, its head says 3",
    ),
    "a record with its hash made anew": (
        "UPDATE audit_record SET hash = repeat('a', 64) WHERE sequence = 2",
        "^2: .*content",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", TAMPERINGS)
def test_verify_names_the_first_broken_record(visitor: User, how: str) -> None:
    for number in range(3):
        write_record(visitor, "look", visitor, {"n": number})
    statement, message = TAMPERINGS[how]
    if connection.vendor == "sqlite":
        statement = statement.replace("repeat('a', 64)", f"'{'a' * 64}'")
    lower_guards(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    raise_guards(connection)
    with pytest.raises(CommandError, match=message) as error:
        call_command("audit", "verify")
    assert error.value.returncode == 1


@pytest.mark.django_db
def test_verify_says_that_the_triggers_are_gone(visitor: User) -> None:
    write_record(visitor, "look", visitor)
    lower_guards(connection)
    with pytest.raises(CommandError, match="1 records hold, but the database lacks the triggers"):
        call_command("audit", "verify")


@pytest.mark.django_db
def test_a_noted_end_of_the_chain_betrays_a_chain_made_anew(visitor: User) -> None:
    write_record(visitor, "look", visitor)
    noted = verify().head
    write_record(visitor, "look", visitor)
    assert verify(noted).sound
    assert verify("1:" + "0" * 64).broken == "anchor 1:" + "0" * 64


@pytest.mark.django_db(transaction=True)
def test_records_written_at_the_same_time_stay_one_chain(visitor: User) -> None:
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    write_record(System(name), "look", visitor)
        except BaseException as error:  # noqa: BLE001 - a thread's failure must fail the test
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(f"thread {number}",)) for number in range(4)]
    if connection.vendor == "sqlite":  # the test's database in memory has one connection: one after another
        for thread in threads:
            thread.start()
            thread.join()
    else:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert list(Record.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 41))
    assert verify().sound


@pytest.mark.django_db
def test_a_changed_entry_keeps_what_it_was(store: Callable[[Sequence[LibraryEntry]], None]) -> None:
    store([an_entry(title="Old title", year=2020)])
    store([an_entry(title="New title", year=2020, country="KEN")])
    entry = Entry.objects.get()
    assert [(record.verb, record.detail) for record in records_of(entry)] == [
        ("change", {"changes": {"title": ["Old title", "New title"], "country": ["", "KEN"]}}),
        ("create", {"title": "Old title"}),
    ]
