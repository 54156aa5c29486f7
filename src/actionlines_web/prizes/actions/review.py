"""The expert review: who judges, what is theirs to judge, scores, words, the shortlist."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actionlines.frameworks import area, catalogue
from actionlines.prizes.review import Assignment as LibraryAssignment
from actionlines.prizes.review import assign, conflicts, overall, shortlist
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_with_address
from actionlines_web.audit.actions import write_record, write_records
from actionlines_web.prizes.actions.projects import ensure_paper_open, touch_paper
from actionlines_web.prizes.actions.telling import tell_of_step, tell_reviewer
from actionlines_web.prizes.models import (
    Assignment,
    Conflict,
    Edition,
    Project,
    ProjectStep,
    Remark,
    Reviewer,
)
from actionlines_web.prizes.queries.editions import rules_of
from actionlines_web.prizes.queries.people import reviewers_of
from actionlines_web.prizes.queries.review import as_library, is_decided, review_state, reviewed, under_review
from actionlines_web.prizes.rules import ensure, judges, may_run

State = Project.State


@transaction.atomic
def add_reviewer(
    actor: Actor,
    edition: Edition,
    email: str,
    *,
    lines: Collection[str] = (),
    languages: Collection[str] = ("en",),
    country: str = "",
    most: int = 100,
) -> Reviewer:
    """Ask a person with an account to judge projects; once more, what is known of them is changed.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: nobody has this address, or a code is unknown.
    """
    ensure(may_run(actor), "only coordinators choose reviewers")
    user = user_with_address(email)
    problems = _problems(lines, languages, country, most)
    if user is None or not user.is_active:
        problems.append(
            Problem(
                marked("nobody has an account with the address %(email)s."), {"email": email}, column="email"
            )
        )
    if problems or user is None:
        raise InputError(problems)
    known = {"lines": sorted(lines), "languages": sorted(languages), "country": country, "most": most}
    reviewer, _ = Reviewer.objects.update_or_create(edition=edition, user=user, defaults=known)
    write_record(actor, "add reviewer", edition, {"person": user.pk, **known})
    return reviewer


def _problems(lines: Collection[str], languages: Collection[str], country: str, most: int) -> list[Problem]:
    wsis = catalogue().frameworks["wsis"]
    found = [
        Problem(
            marked("“%(found)s” cannot stand here."),
            {"found": code},
            column="lines",
            expected=marked("an action line such as C2 or C7-HEA."),
        )
        for code in lines
        if code not in wsis
    ]
    found += [
        Problem(
            marked("“%(found)s” cannot stand here."),
            {"found": code, "known": ", ".join(LANGUAGES)},
            column="languages",
            expected=marked("one of: %(known)s."),
        )
        for code in languages
        if code not in LANGUAGES
    ]
    try:
        known = not country or bool(area(country))
    except KeyError:
        known = False
    if not known:
        found.append(
            Problem(
                marked("“%(found)s” cannot stand here."),
                {"found": country},
                column="country",
                expected=marked("a country."),
            )
        )
    if not 1 <= most <= 1000:
        found.append(
            Problem(
                marked("“%(found)s” cannot stand here."),
                {"found": most},
                column="most",
                expected=marked("a number from 1 to 1000."),
            )
        )
    return found


@transaction.atomic
def remove_reviewer(actor: Actor, reviewer: Reviewer) -> None:
    """Take a person off the review, with what they have not scored yet.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: they have scored a project: their judgement stays.
    """
    ensure(may_run(actor), "only coordinators choose reviewers")
    if reviewer.assignments.exclude(overall=None).exists():
        raise ValueError("this reviewer has scored projects")
    write_record(actor, "remove reviewer", reviewer.edition, {"person": reviewer.user_id})
    reviewer.delete()


@transaction.atomic
def declare_conflict(actor: User, assignment: Assignment) -> None:
    """Say that one cannot judge a project: it is taken away again, and so are the scores.

    Raises:
        PermissionDenied: it is another's.
        ValueError: the shortlist is made.
    """
    ensure(assignment.reviewer.user_id == actor.pk, "only one's own conflicts")
    _ensure_open(assignment.project.edition)
    Conflict.objects.get_or_create(reviewer=assignment.reviewer, project=assignment.project)
    assignment.delete()
    write_record(actor, "declare conflict", assignment.project)


@transaction.atomic
def assign_projects(actor: Actor, edition: Edition) -> LibraryAssignment:
    """Give every project under review as many reviewers as the rules ask for.

    Who has scored keeps the project; all else is dealt anew, so that it can be done again after a conflict was declared
    or a reviewer came. Each reviewer is told once how many projects wait.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: the shortlist is made.
    """
    ensure(may_run(actor), "only coordinators give projects to reviewers")
    Edition.objects.select_for_update().get(pk=edition.pk)
    _ensure_open(edition)
    rules = rules_of(edition)
    found = under_review(edition).select_related("submitter").filter(state=State.ACCEPTED)
    projects = {project.code: project for project in found}
    reviewers = {str(reviewer.pk): reviewer for reviewer in reviewers_of(edition)}
    dealt = assign(
        [reviewed(project, rules) for project in projects.values()],
        [as_library(reviewer) for reviewer in reviewers.values()],
        rules,
    )
    kept, new = _dealt_anew(edition, projects, reviewers, dealt, rules.reviewers)
    Assignment.objects.filter(project__edition=edition, overall=None).exclude(pk__in=kept).delete()
    Assignment.objects.bulk_create(new)
    for reviewer in reviewers.values():
        if any(item.reviewer_id == reviewer.pk for item in new):
            waiting = reviewer.assignments.filter(overall=None).count()
            tell_reviewer(reviewer, waiting)
    write_record(actor, "assign", edition, {"created": len(new), "short": sum(dealt.short.values())})
    return dealt


def _dealt_anew(
    edition: Edition,
    projects: Mapping[str, Project],
    reviewers: Mapping[str, Reviewer],
    dealt: LibraryAssignment,
    wanted: int,
) -> tuple[list[int], list[Assignment]]:
    """The assignments that stay, and those to make."""
    standing = {
        (item.project_id, item.reviewer_id): item
        for item in Assignment.objects.filter(project__edition=edition)
    }
    scored: dict[int, int] = {}
    for (project_id, _), item in standing.items():
        scored[project_id] = scored.get(project_id, 0) + (item.overall is not None)
    kept, new = [], []
    for code, chosen in dealt.reviewers.items():
        project = projects[code]
        left = wanted - scored.get(project.pk, 0)
        for number in chosen:
            item = standing.get((project.pk, reviewers[number].pk))
            if item is not None and item.overall is not None:
                continue
            if left <= 0:
                break
            left -= 1
            if item is not None:
                kept.append(item.pk)
            else:
                new.append(Assignment(project=project, reviewer=reviewers[number]))
    return kept, new


def detected_conflicts(reviewer: Reviewer, project: Project) -> tuple[str, ...]:
    """Why this reviewer may not judge this project, by the library's rules."""
    rules = rules_of(project.edition)
    return conflicts(as_library(reviewer), reviewed(project, rules), rules)


@transaction.atomic
def score_project(
    actor: User,
    assignment: Assignment,
    scores: Mapping[str, int],
    comment: str,
    *,
    now: datetime | None = None,
) -> Assignment:
    """Score a project by every criterion, or change one's scores, until the shortlist is made.

    Raises:
        PermissionDenied: it was given to somebody else.
        ValueError: the shortlist is made.
        InputError: a criterion has no score, or one outside its scale.
    """
    ensure(assignment.reviewer.user_id == actor.pk, "only the reviewer scores")
    project = assignment.project
    _ensure_open(project.edition)
    rules = rules_of(project.edition)
    problems = [
        Problem(
            marked("there is no score, or one outside the scale."),
            {"most": criterion.most},
            column=criterion.code,
            expected=marked("a number from 0 to %(most)d."),
        )
        for criterion in rules.criteria
        if not 0 <= scores.get(criterion.code, -1) <= criterion.most
    ]
    if detected_conflicts(assignment.reviewer, project):
        problems.append(Problem(marked("there is a conflict of interest between you and this project."), {}))
    if problems:
        raise InputError(problems)
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    locked.scores = {criterion.code: scores[criterion.code] for criterion in rules.criteria}
    locked.overall = overall(locked.scores, rules.criteria)
    locked.comment = comment.strip()
    locked.scored_at = now or timezone.now()
    locked.save()
    write_record(actor, "score", project)
    return locked


@transaction.atomic
def add_remark(actor: User, project: Project, text: str) -> Remark:
    """Say something to the others who judge the project.

    Raises:
        PermissionDenied: the actor neither judges it nor runs the edition.
        InputError: nothing is said.
    """
    ensure(may_run(actor) or judges(actor, project), "only those who judge a project discuss it")
    if not text.strip():
        raise InputError([Problem(marked("nothing is written."), {}, column="text")])
    remark = Remark.objects.create(project=project, author=actor, text=text.strip())
    write_record(actor, "remark", project)
    return remark


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """What making the shortlist does: projects that become nominees, and those that do not."""

    nominated: Sequence[Project]
    passed_over: Sequence[Project]


def plan_shortlist(edition: Edition, most: int) -> Shortlisted:
    """The `most` best of each category by the adjusted score (equal scores come in together); changes nothing."""
    state = review_state(edition)
    open_ = [item for item in state.projects if item.project.state == State.ACCEPTED]
    scores = {item.project.code: item.adjusted for item in open_ if item.adjusted is not None}
    chosen = shortlist(scores, {item.project.code: item.project.category for item in open_}, most)
    return Shortlisted(
        [item.project for item in open_ if item.project.code in chosen],
        [item.project for item in open_ if item.project.code not in chosen],
    )


@transaction.atomic
def make_shortlist(
    actor: Actor, edition: Edition, most: int, reason: str, *, now: datetime | None = None
) -> Shortlisted:
    """Nominate the best of each category and tell the others why not.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: the vote has begun.
        InputError: no reason is given for those passed over.
    """
    ensure(may_run(actor), "only coordinators nominate")
    Edition.objects.select_for_update().get(pk=edition.pk)
    ensure_paper_open(edition, now or timezone.now())
    plan = plan_shortlist(edition, most)
    if plan.passed_over and not reason.strip():
        raise InputError(
            [
                Problem(
                    marked("no reason is given."),
                    {},
                    column="reason",
                    expected=marked("a sentence for those who are not nominated."),
                )
            ]
        )
    scores = review_state(edition).normalised.projects
    for project in (*plan.nominated, *plan.passed_over):
        project.state = State.NOMINATED if project in plan.nominated else State.PASSED_OVER
        project.score = scores.get(project.code)
        project.save(update_fields=["state", "score", "changed_at"])
        _step(actor, project, reason.strip())
    touch_paper(edition)
    records = [(project, {"state": project.state}) for project in (*plan.nominated, *plan.passed_over)]
    write_records(actor, "shortlist", records)
    return plan


@transaction.atomic
def nominate(
    actor: Actor, project: Project, *, wanted: bool, reason: str, now: datetime | None = None
) -> Project:
    """Put one project on the ballot paper, or take it off, against the order of the scores, with the reason.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: the vote has begun, or the project did not come so far.
        InputError: no reason is given.
    """
    ensure(may_run(actor), "only coordinators nominate")
    locked = (
        Project.objects.select_for_update(of=("self",))
        .select_related("edition", "submitter")
        .get(pk=project.pk)
    )
    ensure_paper_open(locked.edition, now or timezone.now())
    if not reason.strip():
        raise InputError(
            [
                Problem(
                    marked("no reason is given."),
                    {},
                    column="reason",
                    expected=marked("a sentence for its owner."),
                )
            ]
        )
    if locked.state not in {State.ACCEPTED, State.PASSED_OVER, State.NOMINATED}:
        raise ValueError(f"project {locked.code} is {locked.state}")
    locked.state = State.NOMINATED if wanted else State.PASSED_OVER
    locked.score = review_state(locked.edition).normalised.projects.get(locked.code)
    locked.save()
    _step(actor, locked, reason.strip())
    touch_paper(locked.edition)
    write_record(actor, "shortlist", locked, {"state": locked.state})
    return locked


def _step(actor: Actor, project: Project, reason: str) -> None:
    nominated = project.state == State.NOMINATED
    step = ProjectStep.objects.create(
        project=project,
        action="nominate" if nominated else "pass over",
        reason=reason if not nominated else "",
        actor=actor if isinstance(actor, User) else None,
    )
    tell_of_step(project, step)


def _ensure_open(edition: Edition) -> None:
    if is_decided(edition):
        raise ValueError("the shortlist is made")
