"""Links under review: what reviewers decide about them, and writing links anew around those decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.alignment import Basis, Direction, Evidence, Link
from actionlines.alignment.edition import aligner_edition
from actionlines.frameworks import catalogue
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.stocktaking.aligning import (
    REVIEWER,
    NodeKey,
    link_row,
    link_rows,
    text_digest,
    tier_of,
)
from actionlines_web.stocktaking.linking import proposals_of
from actionlines_web.stocktaking.models import Entry, EntryLink, LinkDecision, ReviewedText, Tier
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.library import to_library
from actionlines_web.stocktaking.queries.links import latest_decisions
from actionlines_web.stocktaking.rules import may_review
from actionlines_web.webhooks.actions import emit_event

FRAMEWORKS: Final = ("wsis", "sdg")


class UndecidableError(ValueError):
    """There is nothing to decide: the owner declares the link, or nobody proposes it."""


def link_entries(found: Iterable[tuple[Entry, LibraryEntry, Sequence[Link]]]) -> None:
    """Write the links of entries anew, in the caller's transaction; what reviewers decided is kept."""
    given = list(found)
    decisions = latest_decisions(row.pk for row, _, _ in given)
    EntryLink.objects.filter(entry__in=[row for row, _, _ in given]).delete()
    EntryLink.objects.bulk_create(
        (
            item
            for row, entry, links in given
            for item in link_rows(row.pk, links, entry.text, decisions.get(row.pk))
        ),
        batch_size=1_000,
    )


def accept_link(
    actor: Actor, identifier: str, framework: str, node: str, direction: Direction | None = None
) -> None:
    """Agree with a proposed link: it counts as accepted, and so do the nodes above it.

    A setback counts as nothing, and the nodes above it stay where they have a link of their own.

    Args:
        direction: what the reviewer says that the text does for the node; without one, what was proposed.

    Raises:
        Entry.DoesNotExist: no such entry.
        PermissionDenied: the actor does not review this entry.
        UndecidableError: the owner declares it, or nobody proposes it (see `add_link`).
    """
    _decide(actor, identifier, (framework, node), accepted=True, direction=direction)


def refuse_link(actor: Actor, identifier: str, framework: str, node: str) -> None:
    """Disagree with a proposed, accepted or added link: it no longer counts, nor do the nodes below it.

    Raises: as `accept_link`.
    """
    _decide(actor, identifier, (framework, node), accepted=False)


def add_link(actor: Actor, identifier: str, framework: str, node: str) -> None:
    """Link an entry with a node that nobody proposes; where somebody does, this accepts the proposal.

    Raises:
        KeyError: no such node.
        the others as `accept_link`.
    """
    if framework not in FRAMEWORKS or catalogue().frameworks[framework][node].kind == "indicator":
        raise KeyError(node)
    added = Link(framework, node, Basis.DECLARED, 1.0, source=REVIEWER)
    said = Direction.ADVANCES
    _decide(actor, identifier, (framework, node), accepted=True, otherwise=added, direction=said)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A link as a reviewer sees it: with the aligner's own probability, and the edition that found it."""

    link: Link
    edition: str

    @property
    def key(self) -> NodeKey:
        return self.link.framework, self.link.node

    @classmethod
    def of(cls, row: EntryLink | LinkDecision, text: str) -> "_Seen":
        """What is kept, as it stands beside `text`; a decision about another text brings no evidence along."""
        whole = not isinstance(row, LinkDecision) or row.text.digest == text_digest(text)
        evidence = (
            tuple(Evidence(start, end, text[start:end]) for start, end in row.evidence) if whole else ()
        )
        said = Direction(row.direction)
        link = Link(row.framework, row.node, Basis(row.basis), row.probability, evidence, row.source, said)
        return cls(link, row.edition)

    def turned(self, direction: Direction) -> "_Seen":
        """The same link, said to be of this direction."""
        return replace(self, link=replace(self.link, direction=direction))


@transaction.atomic
def _decide(
    actor: Actor,
    identifier: str,
    key: NodeKey,
    *,
    accepted: bool,
    otherwise: Link | None = None,
    direction: Direction | None = None,
) -> None:
    entry = Entry.objects.select_for_update(of=("self",)).get(identifier=identifier)
    if not may_review(actor, entry):
        raise PermissionDenied("this entry is not the actor's to review")
    read = to_library(entry, ())
    stands = {(row.framework, row.node): row for row in entry.links.all()}
    if key in stands and stands[key].tier == Tier.DECLARED:
        raise UndecidableError(f"{key} is declared by the owner")
    seen = _proposed(entry, read, stands, key) or (otherwise and _Seen(otherwise, ""))
    if seen is None:
        raise UndecidableError(f"{key} is not proposed")
    seen = seen.turned(direction or seen.link.direction)
    decided = [seen, *(_above if accepted else _below)(seen, stands, read.text)]
    _record(actor, entry, read, decided, accepted=accepted)
    touched = [item.link.node for item in decided]
    EntryLink.objects.filter(entry=entry, framework=key[0], node__in=touched).delete()
    if accepted:
        EntryLink.objects.bulk_create(
            link_row(entry.pk, item.link, Tier.ACCEPTED, item.edition) for item in decided
        )
    write_postings([entry.pk])
    emit_event("link.accepted" if accepted else "link.refused", [entry.identifier])
    verb = "refuse link" if not accepted else "add link" if seen.link.source == REVIEWER else "accept link"
    said = {"direction": seen.link.direction.value} if accepted else {}
    write_record(actor, verb, entry, {"link": ":".join(key), "also": touched[1:], **said})


def _proposed(
    entry: Entry, read: LibraryEntry, stands: Mapping[NodeKey, EntryLink], key: NodeKey
) -> _Seen | None:
    """The link as it is proposed: in the register, by the aligner below the threshold, or in an earlier decision."""
    if key in stands:
        return _Seen.of(stands[key], read.text)
    for link in proposals_of(read):
        if (link.framework, link.node) == key:
            return _Seen(link, aligner_edition())
    earlier = latest_decisions([entry.pk]).get(entry.pk, {}).get(key)
    return _Seen.of(earlier, read.text) if earlier is not None else None


def _above(seen: _Seen, stands: Mapping[NodeKey, EntryLink], text: str) -> Iterator[_Seen]:
    """Whoever accepts a target accepts its goal, and with a part the line: lists by either must not contradict.

    A setback speaks for the node above it only where nothing else does.
    """
    framework = seen.link.framework
    for node in catalogue().frameworks[framework].ancestors(seen.link.node):
        row = stands.get((framework, node.code))
        if row is None:
            yield _Seen(replace(seen.link, node=node.code), seen.edition)
        elif row.tier > tier_of(Tier.ACCEPTED, seen.link.direction):
            yield _Seen.of(row, text).turned(seen.link.direction)


def _below(seen: _Seen, stands: Mapping[NodeKey, EntryLink], text: str) -> Iterator[_Seen]:
    """Whoever refuses a goal refuses its targets, and with a line its parts."""
    framework = seen.link.framework
    for node in catalogue().frameworks[framework].walk(seen.link.node):
        if node.code != seen.link.node and (framework, node.code) in stands:
            yield _Seen.of(stands[framework, node.code], text)


def _record(
    actor: Actor, entry: Entry, read: LibraryEntry, decided: Iterable[_Seen], *, accepted: bool
) -> None:
    text, _ = ReviewedText.objects.get_or_create(
        digest=text_digest(read.text), defaults={"text": read.text, "language": read.language}
    )
    LinkDecision.objects.bulk_create(
        LinkDecision(
            entry=entry,
            framework=item.link.framework,
            node=item.link.node,
            accepted=accepted,
            reviewer=actor if isinstance(actor, User) else None,
            text=text,
            basis=item.link.basis.value,
            source=item.link.source,
            probability=item.link.probability,
            evidence=[[span.start, span.end] for span in item.link.evidence],
            edition=item.edition,
            direction=item.link.direction.value,
        )
        for item in decided
    )
