"""Keeping a search, naming it anew, giving it up."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import accept_again
from actionlines_web.stocktaking.queries import EntryQuery, newest_key
from actionlines_web.ui.language import library_language

MOST_OF_ONE = 50
KIND = "new-entries"


@transaction.atomic
def save_search(actor: User, name: str, params: Mapping[str, Any], frequency: str) -> SavedSearch:
    """Keep a filter of the list of entries; what stands in the register today is not new to its owner.

    Raises:
        PermissionDenied: nobody is signed in.
        InputError: no name, a frequency or parameters that cannot be used, or MOST_OF_ONE searches already.
    """
    if not actor.is_authenticated or not actor.is_active:
        raise PermissionDenied("only people with an account keep searches")
    query = EntryQuery.from_params(params)
    problems = [*_problems(name, frequency), *query.problems]
    # One saver at a time, so that the limit holds.
    User.objects.select_for_update().get(pk=actor.pk)
    if SavedSearch.objects.filter(owner=actor).count() >= MOST_OF_ONE:
        fault = Problem(
            marked("you have %(most)d searches already."),
            {"most": MOST_OF_ONE},
            column="name",
            expected=marked("that you delete one first."),
        )
        problems.append(fault)
    if problems:
        raise InputError(problems)
    kept = SavedSearch.objects.create(
        owner=actor,
        name=name.strip(),
        params=query.params(),
        language=library_language(),
        frequency=frequency,
        seen_key=newest_key(),
        looked_on=timezone.now().date(),
    )
    _wants_mail(actor, frequency)
    write_record(actor, "create", kept, {"frequency": frequency})
    return kept


@transaction.atomic
def change_search(actor: User, number: int, name: str, frequency: str) -> SavedSearch:
    """Name a search anew, or be told more or less often. Who was never told begins with what is new from now on.

    Raises:
        SavedSearch.DoesNotExist: the actor has no such search.
        InputError: no name, or an unknown frequency.
    """
    found = _locked(actor, number)
    problems = _problems(name, frequency)
    if problems:
        raise InputError(problems)
    before = found.frequency
    if before == SavedSearch.Frequency.NEVER and frequency != before:
        found.seen_key, found.looked_on = newest_key(), timezone.now().date()
    found.name, found.frequency = name.strip(), frequency
    found.save(update_fields=["name", "frequency", "seen_key", "looked_on"])
    _wants_mail(actor, frequency)
    changes = {"frequency": [before, frequency]} if before != frequency else {}
    write_record(actor, "change", found, {"changes": changes})
    return found


@transaction.atomic
def delete_search(actor: User, number: int) -> None:
    """Give a search up; SavedSearch.DoesNotExist where the actor has no such one."""
    found = _locked(actor, number)
    write_record(actor, "delete", found)
    found.delete()


def erase_searches(user: User) -> int:
    """Delete a person's searches; part of erasing an account. Returns how many."""
    return SavedSearch.objects.filter(owner=user).delete()[0]


def _locked(actor: User, number: int) -> SavedSearch:
    return SavedSearch.objects.select_for_update(of=("self",)).get(pk=number, owner_id=actor.pk)


def _wants_mail(actor: User, frequency: str) -> None:
    """Whoever asks for mail again has thought better of having unsubscribed."""
    if frequency != SavedSearch.Frequency.NEVER:
        accept_again(actor, KIND)


def _problems(name: str, frequency: str) -> list[Problem]:
    problems = []
    if not name.strip() or len(name.strip()) > 100:
        problems.append(
            Problem(
                marked("the name is missing or too long."),
                column="name",
                expected=marked("at most 100 characters."),
            )
        )
    if frequency not in SavedSearch.Frequency.values:
        problems.append(
            Problem(
                marked("“%(value)s” is not a frequency."),
                {"value": frequency[:80], "known": ", ".join(SavedSearch.Frequency.values)},
                column="frequency",
                expected=marked("one of: %(known)s."),
            )
        )
    return problems
