"""From the library's links, and what reviewers decided about them, to rows of EntryLink."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

from actionlines.alignment import Basis, Direction, Link
from actionlines.alignment.edition import aligner_edition
from actionlines.frameworks import catalogue
from actionlines_web.stocktaking.models import SETBACK_TIER, EntryLink, LinkDecision, Tier

# The source of a declared link that no owner declared: a reviewer added it.
REVIEWER = "reviewer"

NodeKey = tuple[str, str]  # framework and code
Decisions = Mapping[NodeKey, LinkDecision]


def text_digest(text: str) -> str:
    """The name of a text among those reviewed."""
    return hashlib.sha256(text.encode()).hexdigest()


def link_rows(
    entry_id: int, links: Sequence[Link], text: str = "", decisions: Decisions | None = None
) -> list[EntryLink]:
    """The rows that keep `links` beside the entry, after the latest `decisions` about it.

    What the owner declares stays. An accepted link stands whatever the aligner says today; a refused one is left out
    with everything below its node, until new words of a new text speak for it (see `lapsed`).
    """
    decided = decisions or {}
    digest = text_digest(text) if decided else ""
    found = {(link.framework, link.node): link for link in links}
    refused = {
        key
        for key, decision in decided.items()
        if not decision.accepted and not (key in found and lapsed(decision, found[key], digest))
    }
    rows = list(_found_rows(entry_id, links, decided, refused))
    rows += (
        _accepted_row(entry_id, decision, digest)
        for key, decision in decided.items()
        if decision.accepted and key not in found
    )
    return _lifted(rows) if decided else rows


def _found_rows(
    entry_id: int, links: Iterable[Link], decided: Decisions, refused: set[NodeKey]
) -> Iterator[EntryLink]:
    for link in links:
        decision = decided.get((link.framework, link.node))
        if link.basis is Basis.DECLARED:
            yield link_row(entry_id, link, Tier.DECLARED)
        elif decision is not None and decision.accepted:
            said = replace(link, direction=Direction(decision.direction))
            yield link_row(entry_id, said, Tier.ACCEPTED, aligner_edition())
        elif not refused or refused.isdisjoint(_with_those_above(link)):
            yield link_row(entry_id, link, Tier.EVIDENCE, aligner_edition())


def _lifted(rows: list[EntryLink]) -> list[EntryLink]:
    """The rows with every node above an accepted one accepted too: its owner may have declared it before, and no longer.

    A setback lifts no contribution: where the node above has one, that stays as it is.
    """
    standing = {(row.framework, row.node): row for row in rows}
    for row in rows:
        if row.firmness != Tier.ACCEPTED:
            continue
        for above in catalogue().frameworks[row.framework].ancestors(row.node):
            stands = standing.get((row.framework, above.code))
            if stands is None:
                stands = copy(row)
                stands.node = above.code
                standing[row.framework, above.code] = stands
            elif stands.tier > row.tier:
                stands.tier, stands.direction = row.tier, row.direction
    return list(standing.values())


def _with_those_above(link: Link) -> set[NodeKey]:
    above = catalogue().frameworks[link.framework].ancestors(link.node)
    return {(link.framework, code) for code in (link.node, *(node.code for node in above))}


def lapsed(decision: LinkDecision, link: Link, digest: str) -> bool:
    """Whether a refusal no longer holds: the text is another one, and words speak for the link that were not refused.

    A new edition of the aligner alone changes nothing: whoever refused has read the text.
    """
    if decision.text.digest == digest:
        return False
    read = decision.text.text
    refused = {_word(read[start:end]) for start, end in decision.evidence}
    return not {_word(item.text) for item in link.evidence} <= refused


def _word(said: str) -> str:
    return " ".join(said.split()).casefold()


def _accepted_row(entry_id: int, decision: LinkDecision, digest: str) -> EntryLink:
    """The row of an accepted link the aligner does not find; its evidence only where the text is the one reviewed."""
    return EntryLink(
        entry_id=entry_id,
        framework=decision.framework,
        node=decision.node,
        basis=decision.basis,
        tier=tier_of(Tier.ACCEPTED, decision.direction),
        probability=decision.probability,
        source=decision.source,
        evidence=decision.evidence if decision.text.digest == digest else [],
        edition=decision.edition,
        direction=decision.direction,
    )


def link_row(entry_id: int, link: Link, tier: Tier, edition: str = "") -> EntryLink:
    """The row that keeps one link at `tier`, as that edition of the aligner found it."""
    return EntryLink(
        entry_id=entry_id,
        framework=link.framework,
        node=link.node,
        basis=link.basis.value,
        tier=tier_of(tier, link.direction),
        probability=link.probability,
        source=link.source,
        evidence=[[item.start, item.end] for item in link.evidence],
        edition=edition,
        direction=link.direction.value,
    )


def tier_of(firmness: Tier, direction: str) -> int:
    """The tier a link of this firmness is kept at: a setback stands above all that count."""
    return firmness + (SETBACK_TIER if direction == Direction.AGAINST else 0)
