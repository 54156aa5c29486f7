"""A small edition played from the call to the winners, with made people and a made clock: a demonstration and a test."""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from actionlines.prizes.ballots import INVALIDATE
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.prizes.actions.closing import freeze_vote, publish_result
from actionlines_web.prizes.actions.decisions import make_decision, propose_decision
from actionlines_web.prizes.actions.editions import create_edition
from actionlines_web.prizes.actions.projects import (
    answer_late,
    ask_late,
    save_project,
    screen_project,
    start_project,
    submit_project,
)
from actionlines_web.prizes.actions.review import (
    add_reviewer,
    assign_projects,
    declare_conflict,
    make_shortlist,
    score_project,
)
from actionlines_web.prizes.actions.sealing import anchor, seal_lines
from actionlines_web.prizes.actions.voting import cast_ballot, withdraw_ballot
from actionlines_web.prizes.actions.winners import announce, choose_winner
from actionlines_web.prizes.models import Ballot, Edition, Project, Publication
from actionlines_web.prizes.queries.editions import rules_of
from actionlines_web.prizes.queries.people import reviewers_of
from actionlines_web.prizes.queries.results import champions_of
from actionlines_web.prizes.queries.review import assignments_of

# The lines that the played edition has, and what its projects are about.
LINES: Final = ("C2", "C4", "C7-HEA")
SUBJECTS: Final = (
    *("Village networks", "Island cables", "Night school for coders", "Teachers online"),
    *("Telemedicine for island clinics", "A register of vaccines", "Maps for fishers", "Radio for farmers"),
    *("Mothers' messages", "Libraries by bus"),
)
_WORDS: Final = "The project connects people who were not connected before and trains those who keep the network running. "


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the play."""

    officers: Sequence[User]
    reviewers: Sequence[User]
    submitters: Sequence[User]
    voters: Sequence[User]


def play_edition(
    slug: str = "demonstration",
    *,
    voters: int = 30,
    seed: int = 2026,
    say: Callable[[str], None] = lambda _: None,
) -> Publication:
    """Play a whole edition; returns the last result. `say` is told each act."""
    rng = random.Random(seed)  # noqa: S311 - a play, not a secret
    start = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=100)
    cast = _people(voters)
    edition = create_edition(System(), slug=slug, text=_rules(start).encode(), file="demonstration.toml")
    say("The call is open.")
    projects = _submissions(edition, cast, start, rng)
    say(f"{len(projects)} projects were sent.")
    _reviews(edition, cast, start, rng)
    say("The experts have judged; the nominees are known.")
    _votes(edition, cast, start, rng)
    say("The vote has ended.")
    first = publish_result(
        cast.officers[0], freeze_vote(cast.officers[0], edition, now=start + timedelta(days=61))
    )
    say(f"Result {first.number}: {first.result['counted']} choices counted of {first.lines} lines.")
    last = _decision(edition, cast)
    say(
        f"Two officers declared a choice invalid. Result {last.number}: {last.result['counted']} choices counted."
    )
    for project in champions_of(edition):
        if project.place == 1:
            choose_winner(
                cast.officers[0], project, "The jury was convinced by how many it reached, and how simply."
            )
    announce(cast.officers[0], edition)
    say("The winners are announced.")
    return last


def _rules(start: datetime) -> str:
    days = {
        "submission": (0, 20),
        "screening": (20, 25),
        "review": (25, 40),
        "vote": (40, 60),
        "selection": (60, 70),
        "announcement": (70, 80),
    }
    phases = "\n".join(
        f'[[phases]]\nkind = "{kind}"\nstarts = {(start + timedelta(days=first)).isoformat()}\n'
        f"ends = {(start + timedelta(days=last)).isoformat()}\n"
        for kind, (first, last) in days.items()
    )
    categories = ", ".join(f'{{ code = "{code}", line = "{code}" }}' for code in LINES)
    return f"""year = {start.year}
name = "Demonstration prizes {start.year}"
categories = [{categories}]
words = [10, 200]
languages = ["en"]
required = ["title", "organisation", "country", "description"]
criteria = [{{ code = "relevance", weight = 2 }}, {{ code = "results" }}, {{ code = "replicability" }}]
reviewers = 2
blind = true
champions = 2
own_project = false
{phases}"""


def _people(voters: int) -> Cast:
    def several(word: str, number: int, role: str = "") -> list[User]:
        return [
            ensure_user(
                System(),
                email=f"{word}{place}@{('a', 'b', 'c')[place % 3]}.example.org",
                name=f"{word.capitalize()} {place}",
                roles=(role,) if role else (),
            )
            for place in range(1, number + 1)
        ]

    return Cast(
        several("officer", 2, "coordinator"),
        several("reviewer", 3, "reviewer"),
        several("submitter", len(SUBJECTS)),
        several("voter", voters),
    )


def _submissions(edition: Edition, cast: Cast, start: datetime, rng: random.Random) -> list[Project]:
    sent = []
    for place, (title, submitter) in enumerate(zip(SUBJECTS, cast.submitters, strict=True)):
        project = start_project(submitter, edition)
        fields = {
            "title": title,
            "organisation": f"Organisation {place + 1}",
            "stakeholder_type": ("government", "civil-society", "academia")[place % 3],
            "country": ("SEN", "FJI", "KAZ", "JAM")[place % 4],
            "description": f"{title}. " + _WORDS * rng.randint(2, 4),
        }
        save_project(submitter, project, fields, category=LINES[place % len(LINES)], language="en")
        late = place == len(SUBJECTS) - 1
        if late:
            ask_late(submitter, project, "The network was down on the last day.")
            answer_late(cast.officers[0], project, accept=True)
        sent.append(submit_project(submitter, project, now=start + timedelta(days=21 if late else 1)))
    for project in sent[:-1]:
        screen_project(cast.officers[0], project, accept=True)
    screen_project(cast.officers[0], sent[-1], accept=False, reason="The work has not begun yet.")
    return sent


def _reviews(edition: Edition, cast: Cast, start: datetime, rng: random.Random) -> None:
    for user in cast.reviewers:
        add_reviewer(cast.officers[0], edition, user.email)
    assign_projects(cast.officers[0], edition)
    first = reviewers_of(edition)[0]
    declare_conflict(first.user, assignments_of(first)[0])
    assign_projects(cast.officers[0], edition)
    criteria = rules_of(edition).criteria
    for reviewer in reviewers_of(edition):
        for assignment in assignments_of(reviewer):
            scores = {item.code: rng.randint(4, item.most) for item in criteria}
            score_project(reviewer.user, assignment, scores, "Well told.", now=start + timedelta(days=30))
    make_shortlist(cast.officers[0], edition, 3, "Others had better scores.", now=start + timedelta(days=39))


def _votes(edition: Edition, cast: Cast, start: datetime, rng: random.Random) -> None:
    """Most choose in every category; some change their mind, one takes a choice back."""
    by_category: dict[str, list[str]] = {}
    for project in Project.objects.filter(edition=edition, state=Project.State.NOMINATED).order_by("pk"):
        by_category.setdefault(project.category, []).append(project.code)
    opens = start + timedelta(days=40)
    for place, voter in enumerate(cast.voters):
        moment = opens + timedelta(hours=place * 12)

        def choose(category: str, nominee: str, voter: User = voter, moment: datetime = moment) -> None:
            attempt, device = secrets.token_hex(16), f"device{rng.randint(1, 20)}"
            cast_ballot(
                voter, edition, category, nominee, attempt=attempt, device=device, clock=lambda: moment
            )

        for category, nominees in by_category.items():
            if rng.random() < 0.9:
                choose(category, rng.choice(nominees))
            if rng.random() < 0.1:
                choose(category, rng.choice(nominees))
        if place == 3:
            category, nominees = next(iter(by_category.items()))
            choose(category, nominees[0])
            withdraw_ballot(voter, edition, category, nominees[0], clock=lambda moment=moment: moment)  # type: ignore[misc]
        if place == len(cast.voters) // 2:
            seal_lines(edition)
            anchor(edition, moment)


def _decision(edition: Edition, cast: Cast) -> Publication:
    ballot = Ballot.objects.filter(edition=edition).select_related("line").order_by("pk")[0]
    number = ballot.line.number
    assert number is not None  # noqa: S101 - the log is sealed
    proposed = propose_decision(cast.officers[0], edition, INVALIDATE, [number], "A test of the procedure.")
    make_decision(cast.officers[1], proposed, agree=True)
    return publish_result(cast.officers[0], edition)
