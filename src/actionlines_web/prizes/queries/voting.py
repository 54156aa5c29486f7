"""The vote as a voter sees it: the ballot paper in an order of one's own, one's choices, one's receipts."""

import hashlib
import hmac
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import Q, QuerySet

from actionlines.prizes import Rules
from actionlines.prizes.log import receipt_digest, voter_tag
from actionlines.prizes.rules import ALL_CATEGORIES
from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.prizes.models import Anchor, Ballot, BallotDecision, BallotLine, Edition, Project, Voter
from actionlines_web.prizes.queries.editions import paper_of, rules_of

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
Item = TypeVar("Item")


def keyed(edition: Edition, *said: object) -> bytes:
    """A digest that only this edition's key can make."""
    text = "\n".join(map(str, said))
    return hmac.new(edition.key.encode(), text.encode(), hashlib.sha256).digest()


def tag_of(edition: Edition, user: User, category: str, rules: Rules) -> str:
    """What stands for the person in the log of a category."""
    return voter_tag(edition.key.encode(), str(user.pk), category, rules)


def receipt_for(edition: Edition, tag: str, attempt: str) -> str:
    """The receipt of a choice: the same for the same form sent twice, and nobody's to guess."""
    code = "".join(_LETTERS[byte % 32] for byte in keyed(edition, "receipt", tag, attempt)[:20])
    return "-".join(code[start : start + 5] for start in range(0, 20, 5))


def in_own_order(edition: Edition, user: User | None, category: str, items: Sequence[Item]) -> list[Item]:
    """The nominees in an order that differs from voter to voter and stays the same for one."""
    seed = keyed(edition, "order", user.pk, category) if user is not None else None
    shuffled = list(items)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    return shuffled


def own_nominees(edition: Edition, user: User) -> set[str]:
    """The nominees of organisations the person belongs to, and those the person submitted."""
    own = Q(organisation_id__in=organisations_of(user)) | Q(submitter_id=user.pk)
    found = Project.objects.filter(own, edition=edition, state=Project.State.NOMINATED)
    return set(found.values_list("code", flat=True))


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a voter that stands: the nominee, the receipt, the number of its line once the chain has it."""

    category: str
    nominee: str
    receipt: str
    number: int | None
    valid: bool


def choices_of(edition: Edition, user: User) -> list[Choice]:
    """A person's choices that stand, by category."""
    rules = rules_of(edition)
    tags = {tag_of(edition, user, category.code, rules) for category in rules.categories}
    found = Ballot.objects.filter(edition=edition, tag__in=tags).select_related("line").order_by("pk")
    order = {category.code: place for place, category in enumerate(rules.categories)}
    choices = [
        Choice(
            item.category,
            item.nominee,
            receipt_for(edition, item.tag, item.attempt),
            item.line.number,
            item.valid,
        )
        for item in found
    ]
    return sorted(choices, key=lambda choice: order[choice.category])


@dataclass(frozen=True, slots=True)
class CategoryPaper:
    """A category on the ballot paper: its code, how many nominees, the voter's choices in it."""

    code: str
    nominees: int
    chosen: Sequence[Choice]


def paper_for(edition: Edition, user: User | None) -> list[CategoryPaper]:
    """The categories that have nominees, with what the voter has chosen."""
    nominees = paper_of(edition)
    chosen: Mapping[str, list[Choice]] = _by_category(choices_of(edition, user) if user else [])
    counts: dict[str, int] = {}
    for nominee in nominees.values():
        counts[nominee.category] = counts.get(nominee.category, 0) + 1
    return [
        CategoryPaper(category.code, counts[category.code], chosen.get(category.code, []))
        for category in rules_of(edition).categories
        if category.code in counts
    ]


def _by_category(choices: Iterable[Choice]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {}
    for choice in choices:
        found.setdefault(choice.category, []).append(choice)
    return found


def missing_categories(edition: Edition, papers: Sequence[CategoryPaper]) -> list[str]:
    """In the mode of all categories: those without a choice, for which all others are void; else none."""
    if rules_of(edition).ballot != ALL_CATEGORIES:
        return []
    return [paper.code for paper in papers if not any(choice.valid for choice in paper.chosen)]


@dataclass(frozen=True, slots=True)
class Found:
    """The line of a receipt: what it says, whether it still stands and counts."""

    line: BallotLine
    stands: bool
    valid: bool


def line_of_receipt(edition: Edition, receipt: str) -> Found | None:
    """The line of the log with this receipt, or None."""
    if not receipt.strip() or len(receipt) > 80:
        return None
    line = BallotLine.objects.filter(edition=edition, receipt=receipt_digest(receipt)).first()
    if line is None:
        return None
    ballot = Ballot.objects.filter(line=line).first()
    return Found(line, ballot is not None, ballot is not None and ballot.valid)


def anchors_of(edition: Edition) -> QuerySet[Anchor]:
    """The ends of the chain published so far, the last first."""
    return Anchor.objects.filter(edition=edition).order_by("-number")


def voters_of(edition: Edition, tags: Iterable[str]) -> list[Voter]:
    """The voters whose ballots carry one of these tags; erased accounts have none."""
    found = Voter.objects.filter(edition=edition, ballots__tag__in=set(tags)).select_related("user")
    return list(found.distinct().order_by("pk"))


def invalid_decisions(edition: Edition, user: User) -> list[tuple[BallotDecision, bool]]:
    """The decisions by which choices of the person do not count, and whether the person has appealed."""
    numbers = set(
        Ballot.objects.filter(edition=edition, voter__user=user, valid=False).values_list(
            "line__number", flat=True
        )
    )
    if not numbers:
        return []
    kinds, states = BallotDecision.Kind, BallotDecision.State
    made = edition.decisions.filter(kind=kinds.INVALIDATE, state=states.MADE).order_by("-pk")
    return [
        (decision, decision.appeals.filter(voter__user=user).exists())
        for decision in made
        if not numbers.isdisjoint(decision.lines)
    ]


def held_about(user: User) -> list[dict[str, Any]]:
    """A person's votes, as plain data."""
    return [
        {
            "edition": edition.slug,
            "choices": [
                {"category": item.category, "nominee": item.nominee, "receipt": item.receipt}
                for item in choices_of(edition, user)
            ],
            "appeals": list(
                Voter.objects.filter(edition=edition, user=user).values_list("appeals__text", flat=True)
            ),
        }
        for edition in Edition.objects.filter(voters__user=user).order_by("pk")
    ]
