"""What stakeholders said about an edition."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from actionlines.programme.balance import Choice, Nominee, choose
from actionlines.programme.consultation import QUESTIONS, Answers, Statistics, statistics
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.forum.models import Contribution, Edition, Nomination
from actionlines_web.organisations.queries import organisations_of

PAGE_SIZE = 50
COLUMNS = (
    *("number", "organisation", "stakeholder_type", "country", "region", "language", "period", "sent_at"),
    *QUESTIONS,
    "topics",
)


def contribution_answers(row: Contribution) -> Answers:
    """The contribution as the library knows it."""
    return Answers(row.organisation_name, row.stakeholder_type, row.country, row.fields, row.topics)


def public_contributions(edition: Edition) -> QuerySet[Contribution]:
    """What was sent in and not taken back."""
    return Contribution.objects.filter(edition=edition, state=Contribution.State.SENT)


def contribution_page(
    edition: Edition, *, stakeholder_type: str = "", region: str = "", line: str = "", after: int = 0
) -> tuple[Sequence[Contribution], int]:
    """A page of what is public, by number, and where the next begins (0 on the last)."""
    rows = public_contributions(edition).filter(number__gt=after).order_by("number")
    if stakeholder_type:
        rows = rows.filter(stakeholder_type=stakeholder_type)
    if region:
        rows = rows.filter(region=region)
    if line:
        rows = rows.filter(topics__has_key=line)
    found = list(rows[: PAGE_SIZE + 1])
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else 0


def contribution_by_number(edition: Edition, number: int) -> Contribution | None:
    """The contribution of this number, or None."""
    return Contribution.objects.filter(edition=edition, number=number).select_related("edition").first()


def own_contributions(actor: Actor, edition: Edition) -> Sequence[Contribution]:
    """What the actor and the actor's organisations wrote."""
    if isinstance(actor, System) or not actor.is_authenticated:
        return []
    own = Q(author_id=actor.pk) | Q(organisation_id__in=organisations_of(actor))
    return list(Contribution.objects.filter(own, edition=edition).order_by("number"))


def consultation_statistics(edition: Edition) -> Statistics:
    """Who took part."""
    return statistics(public_contributions(edition).values_list("stakeholder_type", "region", "topics"))


def contribution_rows(edition: Edition) -> Iterator[list[str]]:
    """The public record as rows under COLUMNS: no person stands in it."""
    for row in public_contributions(edition).order_by("number").iterator(chunk_size=500):
        yield [
            str(row.number),
            row.organisation_name,
            row.stakeholder_type,
            row.country,
            row.region,
            row.language,
            row.period,
            row.sent_at.isoformat() if row.sent_at else "",
            *(row.fields.get(name, "") for name in QUESTIONS),
            "\n".join(f"{line}: {text}" for line, text in row.topics.items()),
        ]


def nominations_of(edition: Edition) -> Sequence[Nomination]:
    """Who is nominated, in the order in which they were."""
    return list(
        Nomination.objects.filter(edition=edition).exclude(state=Nomination.State.WITHDRAWN).order_by("pk")
    )


def chosen_facilitators(edition: Edition) -> Sequence[Nomination]:
    """The facilitators of the high-level track that were chosen, by name."""
    return list(
        Nomination.objects.filter(edition=edition, state=Nomination.State.CHOSEN).order_by("name", "pk")
    )


def balanced_choice(nominations: Sequence[Nomination], seats: int) -> Choice:
    """Whom the library would choose for this many seats; nothing is decided by it."""
    return choose(
        [Nominee(f"{row.pk:09d}", row.region, row.gender, row.stakeholder_type) for row in nominations], seats
    )


def held_about(user: User, addresses: Sequence[str] = ()) -> dict[str, Any]:
    """What a person wrote and whom they nominated, as plain data."""
    return {
        "contributions": list(
            Contribution.objects.filter(author=user).values(
                "edition__slug", "number", "state", "fields", "topics", "sent_at"
            )
        ),
        "nominations": list(
            Nomination.objects.filter(Q(nominator=user) | Q(email__in=addresses)).values(
                "edition__slug", "name", "organisation_name", "statement", "state", "made_at"
            )
        ),
    }
