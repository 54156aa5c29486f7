"""What came of the vote: the count in the database, what was published, statistics, the funnel of an edition."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from actionlines.prizes import Tally
from actionlines.prizes.rules import ALL_CATEGORIES
from actionlines.prizes.suspicion import Sign, Vote, signs
from actionlines.prizes.tally import results
from actionlines_web.prizes.models import (
    Appeal,
    Ballot,
    BallotDecision,
    Chain,
    Edition,
    Project,
    Publication,
)
from actionlines_web.prizes.queries.editions import paper_of, rules_of


def counted(edition: Edition) -> Tally:
    """The tally of the ballots that stand, counted by the database; the file's, counted by the library, must equal it."""
    rules, paper = rules_of(edition), paper_of(edition)
    standing = Ballot.objects.filter(edition=edition)
    valid = standing.filter(valid=True)
    counting = valid
    if rules.ballot == ALL_CATEGORIES:
        with_nominees = {nominee.category for nominee in paper.values()}
        asked = sum(category.code in with_nominees for category in rules.categories)
        complete = valid.values("tag").annotate(filled=Count("category", distinct=True)).filter(filled=asked)
        counting = valid.filter(tag__in=complete.values("tag"))
    votes = dict(counting.order_by().values_list("nominee").annotate(Count("pk")))
    total, good = standing.count(), valid.count()
    return Tally(
        categories=results(rules, paper.values(), votes),
        lines=Chain.objects.get(edition=edition).number,
        voters=standing.values("tag").distinct().count(),
        counted=sum(votes.values()),
        void=good - sum(votes.values()),
        invalid=total - good,
        outside=0,
    )


def publications_of(edition: Edition) -> Sequence[Publication]:
    """What was published, the last first."""
    return list(edition.publications.order_by("-number"))


def is_announced(edition: Edition, now: datetime) -> bool:
    """Whether the embargo on the winners is over."""
    return edition.announced_at is not None and edition.announced_at <= now


def has_result(edition: Edition) -> bool:
    """Whether a result is published: only then does anybody learn a number of votes."""
    return edition.publications.exists()


def standings_of(edition: Edition) -> Mapping[str, Sequence[Project]]:
    """Category to its nominees by the published result, the first place first; none before there is one."""
    if not has_result(edition):
        return {}
    rows = Project.objects.filter(edition=edition, state=Project.State.NOMINATED)
    found: dict[str, list[Project]] = {}
    for project in rows.order_by("place", "code"):
        found.setdefault(project.category, []).append(project)
    order = [category.code for category in rules_of(edition).categories]
    return {code: found[code] for code in order if code in found}


def entries_of(edition: Edition) -> dict[int, str]:
    """The entries of the register behind the nominees: key to identifier, archived ones left out."""
    rows = Project.objects.filter(edition=edition, state=Project.State.NOMINATED, entry__archived_at=None)
    return dict(rows.exclude(entry=None).values_list("entry_id", "entry__identifier"))


def champions_of(edition: Edition) -> Sequence[Project]:
    """The champions of the published result."""
    return list(Project.objects.filter(edition=edition, champion=True).order_by("category", "place", "code"))


def odd_signs(edition: Edition) -> list[Sign]:
    """Signs that votes were not given freely, each beside how common it is; only for a vote that is over."""
    rows = Ballot.objects.filter(edition=edition, valid=True).order_by("pk")
    votes = [
        Vote(number, str(voter or tag), nominee, at, domain or "", device)
        for number, voter, tag, nominee, at, domain, device in rows.values_list(
            "line__number", "voter_id", "tag", "nominee", "line__at", "voter__domain", "device"
        )
    ]
    return signs(votes)


def decisions_of(edition: Edition) -> Sequence[BallotDecision]:
    """The decisions about ballots with their appeals, the last first."""
    found = edition.decisions.select_related("proposed_by", "decided_by")
    return list(found.prefetch_related("appeals").order_by("-pk"))


def appeals_of(edition: Edition) -> Sequence[Appeal]:
    """What voters said against decisions, the last first."""
    return list(Appeal.objects.filter(decision__edition=edition).select_related("decision").order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Success:
    """What an edition knows of a champion or winner that is told as a success story."""

    edition: str
    year: int
    summary: str
    language: str


def success_of(identifier: str, now: datetime) -> Success | None:
    """Of an entry whose project became a champion or winner, the last time; None while an embargo keeps it."""
    told = Project.objects.filter(entry__identifier=identifier, edition__announced_at__lte=now)
    won = told.filter(Q(champion=True) | Q(winner=True)).select_related("edition")
    project = won.order_by("-edition__year", "-winner", "-pk").first()
    if project is None:
        return None
    said = str(project.fields.get("description", ""))
    return Success(project.edition.name, project.edition.year, said, project.language)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many projects came how far, for one category or region."""

    name: str
    sent: int
    accepted: int
    nominated: int
    champions: int
    winners: int


_ACCEPTED = (Project.State.ACCEPTED, Project.State.NOMINATED, Project.State.PASSED_OVER)


def funnel(edition: Edition, by: str) -> list[Funnel]:
    """The funnel by 'category', 'region' or 'stakeholder_type', from the projects that were sent."""
    sent = Project.objects.filter(edition=edition).exclude(submitted_at=None)
    rows = sent.values_list(by, "state", "champion", "winner")
    counts: dict[str, Counter[str]] = {}
    for name, state, champion, winner in rows:
        counter = counts.setdefault(name, Counter())
        counter["sent"] += 1
        counter["accepted"] += state in _ACCEPTED
        counter["nominated"] += state == Project.State.NOMINATED
        counter["champions"] += champion
        counter["winners"] += winner
    order = {category.code: place for place, category in enumerate(rules_of(edition).categories)}
    names = sorted(counts, key=lambda name: (order.get(name, len(order)), name))
    keys = ("sent", "accepted", "nominated", "champions", "winners")
    return [Funnel(name, *(counts[name][key] for key in keys)) for name in names]


def open_data(edition: Edition, now: datetime) -> list[dict[str, Any]]:
    """The nominees as open data; votes, places and champions once published, winners once announced."""
    published, announced = has_result(edition), is_announced(edition, now)
    rows = Project.objects.filter(edition=edition, state=Project.State.NOMINATED).select_related("entry")
    return [
        {
            "edition": edition.slug,
            "code": project.code,
            "category": project.category,
            "title": project.title,
            "organisation": project.fields.get("organisation", ""),
            "stakeholder_type": project.stakeholder_type,
            "country": project.country,
            "region": project.region,
            "entry": project.entry.identifier if project.entry else "",
            "description": project.fields.get("description", ""),
            "language": project.language,
            "votes": project.votes if published else None,
            "place": project.place if published else None,
            "champion": project.champion if published else None,
            "winner": project.winner if announced else None,
        }
        for project in rows.order_by("category", "code")
    ]
