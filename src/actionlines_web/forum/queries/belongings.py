"""What the Forum holds about a person."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from actionlines_web.accounts.models import User
from actionlines_web.forum.models import Favourite, Person
from actionlines_web.forum.queries import consultation, sessions


def held_about(user: User, addresses: Collection[str]) -> dict[str, Any]:
    """Sessions they asked for, what they are as a speaker, contributions, nominations, their agenda: plain data."""
    wanted = {address.lower() for address in addresses}
    speakers = Person.objects.filter(Q(user=user) | Q(email__in=wanted))
    return {
        "sessions": sessions.held_about(user),
        "speaker": [
            {
                "edition": person.edition.slug,
                "name": person.name,
                "title": person.title,
                "organisation": person.organisation,
                "country": person.country,
                "gender": person.gender,
                "away": person.away,
                "sessions": list(
                    person.appearances.values("session__number", "role", "state", "answered_at")
                ),
            }
            for person in speakers.select_related("edition").order_by("pk")
        ],
        **consultation.held_about(user, sorted(wanted)),
        "agenda": list(
            Favourite.objects.filter(user=user).values("session__edition__slug", "session__number")
        ),
    }
