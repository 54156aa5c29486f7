"""Needs and offers."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction

from actionlines.frameworks import catalogue
from actionlines.frameworks.areas import areas
from actionlines.problems import InputError, Problem, marked
from actionlines.results.partnerships import KINDS, SIDES
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.partnerships.models import Proposal
from actionlines_web.partnerships.queries import currencies, named_as_contact

LARGEST: Final = Decimal("9999999999999.99")
_PRIVATE: Final = ("contact_name", "contact_email")


def held_proposal(actor: Actor, number: int) -> Proposal:
    """The proposal, locked, where the actor may write it; PermissionDenied where not."""
    found = Proposal.objects.select_for_update().get(pk=number)
    if not rules.has_perm("partnerships.propose", actor, found.organisation_id):
        raise PermissionDenied("only for members of the organisation")
    return found


@transaction.atomic
def save_proposal(
    actor: Actor,
    organisation: int,
    number: int | None = None,
    *,
    side: str,
    kind: str,
    title: str,
    description: str,
    language: str = "en",
    lines: Sequence[str] = (),
    targets: Sequence[str] = (),
    countries: Sequence[str] = (),
    amount: Decimal | None = None,
    currency: str = "",
    contact_name: str = "",
    contact_email: str = "",
) -> Proposal:
    """Write a need or an offer of an organisation (its number), as a draft; or change one, whose side stays.

    Args:
        number: of the one to change; None for a new one.
        lines, targets: at least one of both.
        countries: none for every country.
        amount, currency: what it is worth, both or neither.
        contact_name, contact_email: given only to whom it is introduced.

    Raises:
        PermissionDenied: it is another organisation's.
        InputError: what cannot stand there, field by field.
    """
    if not rules.has_perm("partnerships.propose", actor, organisation):
        raise PermissionDenied("only for members of the organisation")
    found = held_proposal(actor, number) if number is not None else None
    given: dict[str, Any] = {
        "side": found.side if found else side,
        "kind": kind,
        "title": title.strip(),
        "description": description.strip(),
        "language": language,
        "lines": _joined(lines),
        "targets": _joined(targets),
        "countries": _joined(countries),
        "amount": amount,
        "currency": currency,
        "contact_name": contact_name.strip(),
        "contact_email": contact_email.strip(),
    }
    problems = _faults(given, lines, targets, countries)
    if problems:
        raise InputError(problems)
    before = {name: getattr(found, name) for name in given} if found else {}
    proposal = found or Proposal(
        organisation_id=organisation, author=actor if isinstance(actor, User) else None
    )
    for name, value in given.items():
        setattr(proposal, name, value)
    # The contact is a person: the trail keeps that it changed, not what it is.
    changes = difference(
        {name: value for name, value in before.items() if name not in _PRIVATE},
        {name: value for name, value in given.items() if name not in _PRIVATE},
    )
    proposal.save()
    write_record(actor, "change" if found else "create", proposal, {"changes": changes})
    return proposal


def _joined(codes: Sequence[str]) -> str:
    return f" {' '.join(dict.fromkeys(codes))} " if codes else ""


def _faults(
    given: Mapping[str, Any], lines: Collection[str], targets: Collection[str], countries: Collection[str]
) -> list[Problem]:
    known = catalogue().frameworks
    amount = given["amount"]
    wrong = {
        "side": given["side"] not in SIDES,
        "kind": given["kind"] not in KINDS,
        "title": not 0 < len(given["title"]) <= 200,
        "description": not 0 < len(given["description"]) <= 10_000,
        "language": given["language"] not in LANGUAGES,
        "lines": not (lines or targets)
        or len(lines) > 20
        or any(code not in known["wsis"] for code in lines),
        "targets": len(targets) > 100 or any(code not in known["sdg"] for code in targets),
        "countries": len(countries) > 200 or not set(countries) <= {area.iso3 for area in areas()},
        "amount": amount is not None and not 0 < amount <= LARGEST,
        "currency": (amount is None) != (not given["currency"])
        or (bool(given["currency"]) and given["currency"] not in currencies()),
        "contact_email": not _is_address(given["contact_email"]),
    }
    expected = {
        "title": marked("a text of at most 200 characters."),
        "description": marked("a text of at most 10,000 characters."),
        "lines": marked("codes of action lines such as C2, or goals and targets below."),
        "targets": marked("codes of goals and targets, such as 9 or 9.c."),
        "amount": marked("a number above 0."),
        "currency": marked("a code such as USD beside an amount, and none without."),
        "contact_email": marked("an address to which the other side can write."),
    }
    return [
        Problem(
            marked("this cannot stand here."),
            column=name,
            expected=expected.get(name, marked("one of those offered.")),
        )
        for name, is_wrong in wrong.items()
        if is_wrong
    ]


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def set_state(actor: Actor, number: int, state: str) -> Proposal:
    """Open a proposal to everybody or close it; a coordinator may close any that is open.

    Raises:
        InputError: an unknown state, or that of a draft again.
    """
    found = Proposal.objects.select_for_update().get(pk=number)
    owns = rules.has_perm("partnerships.propose", actor, found.organisation_id)
    oversees = rules.has_perm("partnerships.oversee", actor) and found.state != Proposal.State.DRAFT
    if not owns and not (oversees and state == Proposal.State.CLOSED):
        raise PermissionDenied("only for members of the organisation")
    if state not in {Proposal.State.PUBLIC, Proposal.State.CLOSED}:
        raise InputError([Problem(marked("“%(value)s” is not known."), {"value": state}, column="state")])
    if found.state != state:
        before, found.state = found.state, state
        found.save(update_fields=["state", "changed_at"])
        write_record(actor, "change", found, {"changes": {"state": [before, state]}})
    return found


def erase_proposer(user: User, addresses: Collection[str]) -> None:
    """Forget a person: who wrote, and whose contact stands there; the proposals stay, closed where no contact is left."""
    Proposal.objects.filter(author=user).update(author=None)
    Proposal.objects.filter(named_as_contact(addresses)).update(
        contact_name="", contact_email="", state=Proposal.State.CLOSED
    )
