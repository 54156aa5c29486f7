"""Every action of every app writes into the audit trail, or stands here with the reason why it need not."""

import ast
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

import actionlines_web
from actionlines_web.audit import labels
from actionlines_web.audit.actions import write_record, write_records
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from web.api.conftest import register, writer_key
from web.api.test_operations import ACCESS as OPERATIONS
from web.api.test_operations import asked
from web.ui.private_world import World, private_world
from web.ui.test_objects import OBJECTS

__all__ = ["register", "writer_key"]  # fixtures

WRITERS = {write_record, write_records}


def modules() -> Iterator[ModuleType]:
    """The modules of actions of every app, but of the trail itself."""
    for found in pkgutil.walk_packages(actionlines_web.__path__, "actionlines_web."):
        _, app, *rest = found.name.split(".")
        if rest[:1] == ["actions"] and app != "audit":
            yield import_module(found.name)


def plain(value: Any) -> FunctionType | None:
    """The function itself, out of its decorators or of the task that it became."""
    value = inspect.unwrap(getattr(value, "func", value))
    return value if isinstance(value, FunctionType) else None


def name_of(function: FunctionType) -> str:
    """'stocktaking.take_step'."""
    return f"{function.__module__.split('.')[1]}.{function.__name__}"


def actions() -> dict[str, FunctionType]:
    """Every public function of the modules of actions, by app and name."""
    found = {}
    for module in modules():
        for name, value in vars(module).items():
            function = plain(value)
            if function and function.__module__ == module.__name__ and not name.startswith("_"):
                found[name_of(function)] = function
    return found


def used_by(function: FunctionType) -> Iterator[FunctionType]:
    """The functions of the site that a function names, whether it calls them or hands them on."""
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        value: Any = None
        if isinstance(node, ast.Name):
            value = function.__globals__.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = function.__globals__.get(node.value.id)
            value = getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
        used = plain(value)
        if used and used.__module__.startswith("actionlines_web."):
            yield used


def leads_to_a_record(function: FunctionType, seen: set[Callable[..., Any]]) -> bool:
    """Whether a record is written by the function or by one that it uses."""
    if function in {inspect.unwrap(writer) for writer in WRITERS}:
        return True
    seen.add(function)
    return any(leads_to_a_record(used, seen) for used in used_by(function) if used not in seen)


# What takes an actor and writes no record, and why.
REASONS = {
    "accounts.blank_account": "part of privacy.erase_account, which writes the record",
    "indicators.store_observations": "figures of published files, loaded with the demonstration, each with its source",
    "indicators.may_store": "asks",
    "forum.import_request": "part of forum.apply_requests, which writes the record",
    "jobs.enqueue": "part of an action, which writes the record of what it orders",
    "organisations.plan_merge": "reads",
    "prizes.cast_ballot": "the ballot log is its record: the trail would make all votes wait for one another",
    "prizes.withdraw_ballot": "the ballot log is its record",
    "prizes.save_project": "a draft is its owner’s; sending it in writes the record",
    "results.may_report": "asks",
    "stocktaking.plan_merge": "reads",
    "meetings.held_contribution": "reads and locks",
    "partnerships.held_proposal": "reads and locks",
    "stocktaking.locked_entry": "reads and locks",
    "stocktaking.may_import": "asks",
}


def test_every_action_leads_to_a_record_or_has_a_reason() -> None:
    silent = {
        name
        for name, function in actions().items()
        if "actor" in inspect.signature(function).parameters and not leads_to_a_record(function, set())
    }
    assert silent <= set(REASONS)
    assert set(REASONS) <= set(actions())


# The state of a reader or of the machine itself, not of the register.
UNWATCHED = {
    *("sessions.session", "audit.record", "audit.head", "contenttypes.contenttype", "auth.permission"),
    *("api.ratewindow", "api.keptanswer", "forum.favourite"),
}


def kept() -> dict[str, list[Any]]:
    """Every row of every table that matters."""
    return {
        model._meta.label_lower: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and model._meta.label_lower not in UNWATCHED
    }


@pytest.fixture
def world(db: None) -> World:
    """Something private of every kind."""
    return private_world()


def changed_without_a_record(act: Callable[[], Any]) -> set[str]:
    """The tables that changed though no record was written; what was done is undone."""
    point = transaction.savepoint()
    before, records = kept(), Record.objects.count()
    act()
    after, written = kept(), Record.objects.count() - records
    transaction.savepoint_rollback(point)
    return set() if written else {name for name, rows in after.items() if rows != before[name]}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, row in OBJECTS.items() if row[1] == "post"])
def test_whatever_a_post_changes_stands_in_the_trail(world: World, name: str) -> None:
    path, method, sent, answers = OBJECTS[name]
    # One of each kind that is answered alike suffices: it is the same action.
    for reader in {status: reader for reader, status in answers.items()}.values():
        client = world.client(reader)
        client.get("/about/")
        filled = {key: value.format(**world.places) for key, value in sent.items()}
        act = partial(getattr(client, method), path.format(**world.places), filled)
        assert changed_without_a_record(act) == set(), reader


@pytest.mark.django_db
def test_the_watch_sees_a_change_without_a_record(world: World) -> None:
    outside = world.people["outside"]
    assert changed_without_a_record(outside.delete) == {
        *("accounts.user", "account.emailaddress", "accounts.rolegrant")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("operation", [name for name, row in OPERATIONS.items() if row[1] != "get"])
def test_whatever_the_api_changes_stands_in_the_trail(
    register: None, writer_key: str, operation: str
) -> None:
    before = Record.objects.count()
    assert changed_without_a_record(partial(asked, operation, writer_key)) <= {"api.apitoken"}
    asked(operation, writer_key)
    assert Record.objects.count() > before


@pytest.mark.django_db
def test_the_trail_of_a_world_holds_and_names_nobody(world: World) -> None:
    assert verify().sound
    said = "".join(map(str, Record.objects.values_list("detail", flat=True)))
    for private in ("nurse@example.org", *(user.email for user in world.people.values())):
        assert private not in said
    types = set(Record.objects.values_list("object_type", flat=True))
    assert {"organisations.organisation", "api.apitoken", "webhooks.subscription"} <= types
    assert types <= set(labels.TYPES)
    assert set(Record.objects.values_list("verb", flat=True)) <= set(labels.VERBS)


@pytest.mark.django_db
def test_every_object_with_records_has_a_page_for_those_allowed(world: World) -> None:
    client = world.client("coordinator")
    for object_type, object_id in set(Record.objects.values_list("object_type", "object_id")):
        answer = client.get(f"/audit/{object_type}/{object_id}/")
        assert answer.status_code == 200, object_type
        assert (
            len(answer.context["lines"])
            == Record.objects.filter(object_type=object_type, object_id=object_id).count()
        ), object_type
