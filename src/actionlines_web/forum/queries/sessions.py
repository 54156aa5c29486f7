"""Requests and sessions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from actionlines.programme.request import Request, Speaker
from actionlines.stocktaking.similar import Likeness, Profile, most_alike, rarity
from actionlines.text import fold
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.rules import is_coordinator, scopes
from actionlines_web.forum.models import Appearance, Edition, Organiser, Session, SessionLink, SessionStep
from actionlines_web.organisations.queries import organisations_of

PAGE_SIZE = 50
# Requests that may still become part of the programme.
LIVE = (Session.State.SUBMITTED, Session.State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class SessionQuery:
    """Which requests are asked for; '' stands for all."""

    state: str = ""
    kind: str = ""
    track: str = ""
    line: str = ""
    text: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "SessionQuery":
        """From the address of a page; what is too long is cut."""
        return cls(**{name: params.get(name, "").strip()[:80] for name in cls.__slots__})

    def apply(self, rows: QuerySet[Session]) -> QuerySet[Session]:
        """The rows that are asked for."""
        for name in ("state", "kind", "track"):
            if value := getattr(self, name):
                rows = rows.filter(**{name: value})
        if self.line:
            named = SessionLink.objects.filter(framework="wsis").exclude(state=SessionLink.State.REFUSED)
            rows = rows.filter(pk__in=named.filter(node=self.line).values("session_id"))
        if self.text:
            held = Organiser.objects.filter(name__icontains=self.text).values("session_id")
            rows = rows.filter(Q(title__icontains=self.text) | Q(pk__in=held))
        return rows


def session_by_number(edition: Edition, number: int) -> Session | None:
    """The session of this number, or None."""
    return Session.objects.filter(edition=edition, number=number).select_related("edition").first()


def visible_sessions(actor: Actor, edition: Edition) -> QuerySet[Session]:
    """What the actor sees at the desk: a coordinator all that was sent in, a facilitator those of the own lines."""
    rows = Session.objects.filter(edition=edition).exclude(state=Session.State.DRAFT)
    if is_coordinator(actor):
        return rows
    held = scopes(actor, RoleGrant.Role.FACILITATOR)
    if "" in held:
        return rows
    own = Q(pk__in=[])
    for line in held:
        own |= Q(node=line) | Q(node__startswith=f"{line}-")
    links = SessionLink.objects.filter(own, framework="wsis").exclude(state=SessionLink.State.REFUSED)
    return rows.filter(pk__in=links.values("session_id"))


def session_page(rows: QuerySet[Session], after: int = 0) -> tuple[list[Session], int]:
    """A page of sessions with organisers and links, by number, and where the next begins (0 on the last)."""
    found = list(
        rows.filter(number__gt=after)
        .order_by("number")
        .prefetch_related("organisers", "links", "placement")[: PAGE_SIZE + 1]
    )
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else 0


def own_sessions(actor: Actor, edition: Edition) -> Sequence[Session]:
    """The sessions the actor asked for, and those of the actor's organisations."""
    if isinstance(actor, System) or not actor.is_authenticated:
        return []
    held = Organiser.objects.filter(organisation_id__in=organisations_of(actor)).values("session_id")
    rows = Session.objects.filter(edition=edition).filter(Q(submitter_id=actor.pk) | Q(pk__in=held))
    return list(rows.order_by("number").prefetch_related("organisers")[:500])


def steps_of(session: Session) -> Sequence[SessionStep]:
    """What happened to a session, in order."""
    return list(session.steps.order_by("pk"))


def links_of(session: Session) -> Sequence[SessionLink]:
    """The lines, goals and targets of a session, what was declared first."""
    order = list(SessionLink.State.values)
    return sorted(
        session.links.all(), key=lambda link: (order.index(link.state), link.framework != "wsis", link.pk)
    )


def appearances_of(session: Session) -> Sequence[Appearance]:
    """Who speaks in a session, in order."""
    return list(session.appearances.select_related("person").order_by("position", "pk"))


def as_request(session: Session) -> Request:
    """The session as the library's request."""
    declared = [link for link in session.links.all() if link.state == SessionLink.State.DECLARED]
    return Request(
        session.title,
        session.description,
        session.language,
        session.kind,
        session.track,
        session.series,
        session.format,
        session.length,
        session.attendance,
        tuple(session.needs),
        tuple(session.wishes),
        tuple(session.barred),
        session.constraints,
        tuple(item.name for item in session.organisers.all()),
        tuple(link.node for link in declared if link.framework == "wsis"),
        tuple(link.node for link in declared if link.framework == "sdg"),
        tuple(_speaker(item) for item in appearances_of(session)),
    )


def _speaker(item: Appearance) -> Speaker:
    person = item.person
    return Speaker(
        person.name,
        person.email,
        item.role,
        person.organisation,
        person.title,
        person.country,
        remote=item.remote,
    )


def counts_by_state(edition: Edition) -> dict[str, int]:
    """How many requests stand where."""
    return Counter(Session.objects.filter(edition=edition).values_list("state", flat=True))


def similar_sessions(session: Session, most: int = 5) -> list[tuple[Session, Likeness]]:
    """The other live requests of the edition that are most like this one, and what they share."""
    rows = list(
        Session.objects.filter(Q(state__in=LIVE) | Q(pk=session.pk), edition_id=session.edition_id)
        .only("number", "title", "description", "state", "edition")
        .prefetch_related(Prefetch("links", SessionLink.objects.exclude(state=SessionLink.State.REFUSED)))
    )
    words = {row.pk: _words(row) for row in rows}
    holders = Counter(word for held in words.values() for word in held)
    own = words.get(session.pk, frozenset())
    rarities = {word: rarity(holders[word], len(rows)) for word in own}
    profiles = {row.pk: Profile(_nodes(row, "wsis"), _nodes(row, "sdg"), "", words[row.pk]) for row in rows}
    wanted = profiles.pop(session.pk, Profile())
    by_key = {row.pk: row for row in rows}
    return [(by_key[key], like) for key, like in most_alike(wanted, profiles, rarities, most)]


def _words(row: Session) -> frozenset[str]:
    return frozenset(word for word in fold(f"{row.title} {row.description}").split() if len(word) > 3)


def _nodes(row: Session, framework: str) -> frozenset[str]:
    return frozenset(link.node for link in row.links.all() if link.framework == framework)


def held_about(user: User) -> list[dict[str, Any]]:
    """The sessions a person asked for, as plain data."""
    return list(
        Session.objects.filter(submitter=user).values(
            "edition__slug", "number", "state", "title", "description", "constraints", "submitted_at"
        )
    )
