"""What reviewers decided, as figures about the aligner and as examples it can learn from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from django.utils.crypto import salted_hmac

from actionlines.agreement import cohen_kappa, krippendorff_alpha
from actionlines.alignment.agreement import (
    Band,
    Share,
    bands,
    calibration_error,
)
from actionlines.frameworks import catalogue
from actionlines_web.stocktaking.aligning import REVIEWER
from actionlines_web.stocktaking.models import LinkDecision
from actionlines_web.stocktaking.queries.links import last_words

CHUNK: Final = 500
# An account's number means nothing outside; its name under the site's key cannot be guessed back.
_PSEUDONYM: Final = "actionlines.stocktaking.reviewer"


@dataclass(frozen=True, slots=True)
class Proposer:
    """How proposals of one basis by one edition of the aligner fared.

    Attributes:
        edition: of the aligner; '' where it was not kept.
        share: of the proposals decided, how many were accepted.
        bands: the same by probability; `error` is their calibration error.
    """

    edition: str
    basis: str
    share: Share
    bands: tuple[Band, ...]
    error: float | None


@dataclass(frozen=True, slots=True)
class Between:
    """How far reviewers agree among themselves.

    Attributes:
        links: how many links more than one reviewer decided, on the same text.
        split: on how many of these their last words differ.
        alpha: Krippendorff's alpha, None where it is not defined.
        kappa: the mean of Cohen's kappa over pairs of reviewers, weighted by the links both decided, or None.
    """

    links: int
    split: int
    alpha: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of all decisions: by proposer, by node (framework, code) in reading order, among reviewers."""

    proposers: tuple[Proposer, ...]
    nodes: tuple[tuple[str, str, Share], ...]
    between: Between

    @property
    def decided(self) -> int:
        """How many proposals were decided."""
        return sum(item.share.decided for item in self.proposers)


def agreement() -> Agreement:
    """Counted anew from every reviewer's last word; what a reviewer added is no proposal and does not count."""
    fields = ("entry", "framework", "node", "reviewer", "text", "accepted", "probability", "basis", "edition")
    decisions = LinkDecision.objects.filter(copy_of=None).exclude(source=REVIEWER).only(*fields)
    said = last_words(decisions.iterator(chunk_size=2_000))
    return Agreement(_proposers(said), _nodes(said), _between(said))


def _proposers(said: Iterable[LinkDecision]) -> tuple[Proposer, ...]:
    by: dict[tuple[str, str], list[tuple[float, bool]]] = {}
    for item in said:
        by.setdefault((item.edition, item.basis), []).append((item.probability, item.accepted))
    found = []
    for (edition, basis), decided in sorted(by.items(), reverse=True):
        banded = tuple(bands(decided))
        share = Share(sum(accepted for _, accepted in decided), len(decided))
        found.append(Proposer(edition, basis, share, banded, calibration_error(banded)))
    return tuple(found)


def _nodes(said: Iterable[LinkDecision]) -> tuple[tuple[str, str, Share], ...]:
    by: dict[tuple[str, str], list[bool]] = {}
    for item in said:
        by.setdefault((item.framework, item.node), []).append(item.accepted)
    frameworks = catalogue().frameworks
    order = sorted(by, key=lambda key: (key[0] != "wsis", frameworks[key[0]][key[1]].order))
    return tuple((*key, Share(sum(by[key]), len(by[key]))) for key in order)


def _between(said: Iterable[LinkDecision]) -> Between:
    units: dict[tuple[int, str, str, int], dict[int, bool]] = {}
    for item in said:
        if item.reviewer_id is not None:
            key = item.entry_id, item.framework, item.node, item.text_id
            units.setdefault(key, {})[item.reviewer_id] = item.accepted
    shared = [votes for votes in units.values() if len(votes) > 1]
    pairs: dict[tuple[int, int], list[tuple[bool, bool]]] = {}
    for votes in shared:
        for one, other in combinations(sorted(votes), 2):
            pairs.setdefault((one, other), []).append((votes[one], votes[other]))
    kappas = [(kappa, len(both)) for both in pairs.values() if (kappa := cohen_kappa(both)) is not None]
    weight = sum(number for _, number in kappas)
    return Between(
        len(shared),
        sum(len(set(votes.values())) > 1 for votes in shared),
        krippendorff_alpha([list(votes.values()) for votes in shared]),
        sum(kappa * number for kappa, number in kappas) / weight if weight else None,
    )


def training_examples() -> Iterator[dict[str, Any]]:
    """Every decision as a line `actionlines align learn` reads, oldest first; people stand under pseudonyms."""
    last = 0
    while chunk := list(
        LinkDecision.objects.filter(pk__gt=last, copy_of=None)
        .select_related("text", "entry")
        .order_by("pk")[:CHUNK]
    ):
        yield from map(_example, chunk)
        last = chunk[-1].pk


def _example(decision: LinkDecision) -> dict[str, Any]:
    return {
        "text": decision.text.text,
        "language": decision.text.language,
        "framework": decision.framework,
        "node": decision.node,
        "accepted": decision.accepted,
        "direction": decision.direction,
        "probability": decision.probability,
        "basis": REVIEWER if decision.source == REVIEWER else decision.basis,
        "model": decision.edition,
        "entry": decision.entry.identifier,
        "reviewer": pseudonym(decision.reviewer_id),
        "at": decision.at.isoformat(),
    }


def pseudonym(reviewer: int | None) -> str:
    """The same twelve letters for the same person on this site, '' for nobody."""
    return salted_hmac(_PSEUDONYM, str(reviewer), algorithm="sha256").hexdigest()[:12] if reviewer else ""
