"""Links under review: the queue, one entry's links with everything said about them, the latest decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from actionlines.alignment.review import Proposal, group_order
from actionlines.frameworks import catalogue
from actionlines.problems import Problem
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import is_coordinator, scopes
from actionlines_web.stocktaking.aligning import NodeKey, text_digest
from actionlines_web.stocktaking.linking import proposals_of
from actionlines_web.stocktaking.models import Direction, Entry, EntryLink, LinkDecision, Submission, Tier
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.library import to_library

# The queue is ordered among so many links, the most doubtful of all that wait: nobody reads further in a day.
CONSIDERED = 1_000
DISPUTES_CONSIDERED = 100
FEW = 5_000
# Counting stops here, as in the list of entries.
COUNT_LIMIT = 10_000
FOUND = ("cited", "lexicon", "model")

LinkKey = tuple[int, str, str]  # entry, framework, node


def latest_decisions(entries: Iterable[int]) -> dict[int, dict[NodeKey, LinkDecision]]:
    """Of each entry (by its primary key) that has any, the decision that counts for each node."""
    latest: dict[int, dict[NodeKey, LinkDecision]] = {}
    for decision in LinkDecision.objects.filter(entry__in=list(entries)).select_related("text"):
        latest.setdefault(decision.entry_id, {})[decision.framework, decision.node] = decision
    return latest


def refused_by_owners(entries: Iterable[int]) -> dict[int, set[NodeKey]]:
    """Of each entry the nodes its owner refused when it was last published."""
    published = Submission.objects.filter(entry__in=list(entries), state=Submission.State.PUBLISHED)
    refused: dict[int, set[NodeKey]] = {}
    for entry, decisions in published.order_by("decided_at", "pk").values_list("entry_id", "decisions"):
        if entry is not None:
            keys = (key.partition(":") for key, accepted in decisions.items() if accepted is False)
            refused[entry] = {(framework, node) for framework, _, node in keys}
    return refused


def last_words(decisions: Iterable[LinkDecision]) -> list[LinkDecision]:
    """The last decision of each reviewer about each link; without a reviewer each stands for itself."""
    said = {
        (item.entry_id, item.framework, item.node, item.reviewer_id or -item.pk): item for item in decisions
    }
    return list(said.values())


@dataclass(frozen=True, slots=True)
class ReviewQuery:
    """Which proposals wait. Attribute names are the parameters of addresses.

    Attributes:
        line, goal: of the proposed link; a goal stands for its targets too, a line for its parts. With both, links
            to either wait.
        region, language: of the entry.
        found: the basis, 'cited', 'lexicon' or 'model'.
        problems: parameters that could not be used.
    """

    line: str = ""
    goal: str = ""
    region: str = ""
    language: str = ""
    found: str = ""
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "ReviewQuery":
        """Read the parameters of an address; what cannot be used is left out and named in `problems`."""
        known = {name: params.get(name, "") for name in ("line", "goal", "region", "language")}
        entries = EntryQuery.from_params(
            {name: "" if said == "none" else said for name, said in known.items()}
        )
        found = params.get("found", "")
        return cls(
            entries.line,
            entries.goal,
            entries.region,
            entries.language,
            found if found in FOUND else "",
            entries.problems,
        )

    def params(self) -> dict[str, str]:
        """The parameters in force."""
        names = ("line", "goal", "region", "language", "found")
        return {name: value for name in names if (value := getattr(self, name))}

    def apply(self, links: QuerySet[EntryLink]) -> QuerySet[EntryLink]:
        """The links that pass."""
        nodes = Q()
        for framework, code in (("wsis", self.line), ("sdg", self.goal)):
            if code:
                below = [node.code for node in catalogue().frameworks[framework].walk(code)]
                nodes |= Q(framework=framework, node__in=below)
        if self.found:
            nodes &= Q(basis=self.found)
        return links.filter(nodes, self._of_entries())

    def _of_entries(self) -> Q:
        """The condition on the entry. Few entries are named one by one: going through all doubtful links for them is slow."""
        names = {"region": self.region, "language": self.language}
        wanted = {name: value for name, value in names.items() if value}
        if not wanted:
            return Q()
        keys = list(Entry.objects.filter(**wanted).values_list("pk", flat=True)[: FEW + 1])
        if len(keys) <= FEW:
            return Q(entry_id__in=keys)
        return Q(**{f"entry__{name}": value for name, value in wanted.items()})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry in the queue with the links that wait for a decision, the most doubtful first."""

    entry: Entry
    proposals: Sequence[Proposal[LinkKey]]


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of one reviewer under one filter.

    Attributes:
        order: primary keys of entries, the most useful first, each with its open proposals.
        total: how many links wait in all, at most COUNT_LIMIT; `capped` says there are more.
    """

    order: Sequence[tuple[int, Sequence[Proposal[LinkKey]]]]
    total: int
    capped: bool

    def page(self, start: int, size: int) -> list[Waiting]:
        """Some entries of the queue."""
        wanted = self.order[start : start + size]
        rows = Entry.objects.select_related("organisation").in_bulk([key for key, _ in wanted])
        return [Waiting(rows[key], proposals) for key, proposals in wanted if key in rows]

    def after(self, entry: int) -> str:
        """The identifier of the entry to look at next, when done with this one; '' at the end."""
        key = next((key for key, _ in self.order if key != entry), None)
        found = Entry.objects.filter(pk=key).values_list("identifier", flat=True).first()
        return found or ""


def review_queue(actor: Actor, query: ReviewQuery) -> Queue:
    """What waits for this reviewer: undecided proposals that count today, and links reviewers disagree about."""
    waiting = _in_scope(actor, query.apply(EntryLink.objects.filter(entry__archived_at=None)))
    undecided = waiting.filter(tier=Tier.EVIDENCE)
    total = undecided.order_by()[: COUNT_LIMIT + 1].count()
    rows = undecided.order_by("probability", "entry").values_list(
        "entry_id", "framework", "node", "probability"
    )[:CONSIDERED]
    proposals = [
        Proposal((entry, framework, node), entry, probability) for entry, framework, node, probability in rows
    ]
    disputed = _disputed(actor, query)
    asked = {item.key for item in disputed}
    order = group_order([*disputed, *(item for item in proposals if item.key not in asked)])
    found = [(int(str(entry)), items) for entry, items in order]
    return Queue(found, min(total, COUNT_LIMIT) + len(disputed), total > COUNT_LIMIT)


def _in_scope(actor: Actor, links: QuerySet[EntryLink]) -> QuerySet[EntryLink]:
    """The links of entries the actor reviews (see `rules.may_review`)."""
    if is_coordinator(actor):
        return links
    own = scopes(actor, RoleGrant.Role.MODERATOR)
    if "" in own:
        return links
    lines = EntryLink.objects.filter(entry=OuterRef("entry"), framework="wsis", node__in=own)
    return links.filter(Q(entry__region__in=own) | Exists(lines))


def _disputed(actor: Actor, query: ReviewQuery) -> list[Proposal[LinkKey]]:
    """Links whose reviewers' last words differ. A refused one has no row to filter by, so the entry's decide."""
    both = (
        LinkDecision.objects.filter(entry__archived_at=None)
        .order_by()
        .values_list("entry_id", "framework", "node")
        .annotate(said=Count("accepted", distinct=True))
        .filter(said=2)[:DISPUTES_CONSIDERED]
    )
    found = []
    for entry, framework, node, _ in both:
        said = last_words(LinkDecision.objects.filter(entry=entry, framework=framework, node=node))
        opinions = tuple(item.accepted for item in said)
        proposal = Proposal((entry, framework, node), entry, said[-1].probability, opinions)
        if proposal.is_disputed and _passes(actor, query, proposal, said[-1].basis):
            found.append(proposal)
    return found


def _passes(actor: Actor, query: ReviewQuery, proposal: Proposal[LinkKey], basis: str) -> bool:
    entry, framework, node = proposal.key
    nodes = catalogue().frameworks[framework]
    chain = {node, *(above.code for above in nodes.ancestors(node))}
    asked = {("wsis", query.line), ("sdg", query.goal)} - {("wsis", ""), ("sdg", "")}
    if asked and not any((framework, code) in asked for code in chain):
        return False
    if query.found and query.found != basis:
        return False
    rows = Entry.objects.filter(pk=entry)
    for name, value in (("region", query.region), ("language", query.language)):
        rows = rows.filter(**{name: value}) if value else rows
    row = rows.first()
    if row is None or is_coordinator(actor):
        return row is not None
    own = scopes(actor, RoleGrant.Role.MODERATOR)
    lines = EntryLink.objects.filter(entry=row, framework="wsis").values_list("node", flat=True)
    return not own.isdisjoint({"", row.region, *lines})


@dataclass(frozen=True, slots=True)
class Said:
    """One reviewer's last word about a link; `before` says that it was about an earlier text."""

    accepted: bool
    by: str
    at: datetime
    before: bool


@dataclass(frozen=True, slots=True)
class ReviewedLink:
    """A link of an entry as its reviewers see it.

    Attributes:
        pk: 'sdg-9.c', its place on the page.
        state: 'declared' by the owner; 'open', to be decided; 'weak', proposed below the threshold; 'setback', found to
            work against the node and not decided; 'accepted'; 'refused'.
        direction: what the text does for the node.
        said: the last word of each reviewer, the latest last.
    """

    pk: str
    framework: str
    node: str
    state: str
    basis: str
    source: str
    probability: float
    evidence: Sequence[Sequence[int]]
    edition: str
    direction: str
    said: Sequence[Said] = ()

    @property
    def is_setback(self) -> bool:
        """Whether it works against its node."""
        return self.direction == Direction.AGAINST

    @property
    def is_disputed(self) -> bool:
        """Whether reviewers disagree."""
        return len({item.accepted for item in self.said}) > 1

    @property
    def needs_another_look(self) -> bool:
        """Whether all that was said is about an earlier text."""
        return bool(self.said) and all(item.before for item in self.said)


def reviewed_links(entry: Entry) -> list[ReviewedLink]:
    """Every link of the entry: declared, proposed (also below the threshold), accepted, refused; in reading order."""
    read = to_library(entry, ())
    said = _said(entry, text_digest(read.text))
    found: dict[NodeKey, ReviewedLink] = {}
    for link in proposals_of(read):
        spans = [[item.start, item.end] for item in link.evidence]
        key = link.framework, link.node
        values = (link.basis.value, link.source, link.probability, spans, "", link.direction.value)
        found[key] = _reviewed(key, "weak", *values, said)
    for key, decision in latest_decisions([entry.pk]).get(entry.pk, {}).items():
        spans = decision.evidence if decision.text.digest == text_digest(read.text) else []
        values = (
            decision.basis,
            decision.source,
            decision.probability,
            spans,
            decision.edition,
            decision.direction,
        )
        found[key] = _reviewed(key, "refused", *values, said)
    for row in entry.links.all():
        key = row.framework, row.node
        undecided = "setback" if row.is_setback else "open"
        state = {Tier.DECLARED: "declared", Tier.ACCEPTED: "accepted"}.get(row.firmness, undecided)
        values = (row.basis, row.source, row.probability, row.evidence, row.edition, row.direction)
        found[key] = _reviewed(key, state, *values, said)
    return sorted(found.values(), key=_reading_order)


def _reviewed(
    key: NodeKey,
    state: str,
    basis: str,
    source: str,
    probability: float,
    evidence: Sequence[Sequence[int]],
    edition: str,
    direction: str,
    said: Mapping[NodeKey, Sequence[Said]],
) -> ReviewedLink:
    name = "-".join(key)
    words = said.get(key, ())
    return ReviewedLink(name, *key, state, basis, source, probability, evidence, edition, direction, words)


def _said(entry: Entry, digest: str) -> dict[NodeKey, list[Said]]:
    decisions = LinkDecision.objects.filter(entry=entry).select_related("text", "reviewer")
    found: dict[NodeKey, list[Said]] = {}
    for item in sorted(last_words(decisions), key=lambda decision: decision.pk):
        by = str(item.reviewer) if item.reviewer else ""
        said = Said(item.accepted, by, item.at, item.text.digest != digest)
        found.setdefault((item.framework, item.node), []).append(said)
    return found


def _reading_order(link: ReviewedLink) -> tuple[int, int]:
    return ("wsis", "sdg").index(link.framework), catalogue().frameworks[link.framework][link.node].order
