"""Whether a project may take part, with the reason for each rule."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from actionlines.prizes.phases import SUBMISSION, phase_of
from actionlines.prizes.rules import Rules
from actionlines.problems import Problem, marked
from actionlines.text import fold


@dataclass(frozen=True, slots=True)
class Project:
    """A project as its owner submits it.

    Attributes:
        id: its number in the edition.
        title, organisation: as written; spellings that fold to one text are the same.
        categories: codes of the categories it stands for: one where the rules say so.
        fields: name of `rules.FIELDS` to text.
        language: of the description.
        words: how many words the description has, counted as its language counts them.
        ends_year: the year its work ends or a major phase of it ended, or None when not said.
        entry: identifier of its entry in the register, or ''.
        submitted_at: when it was sent, or None for a draft.
        late: an officer has let it in after the end.
    """

    id: str
    title: str
    organisation: str = ""
    categories: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    words: int = 0
    ends_year: int | None = None
    entry: str = ""
    submitted_at: datetime | None = None
    late: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What two submissions of one project share."""
        return same(self.title), same(self.organisation)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of a project.

    Attributes:
        rule: name of the attribute of `Rules`, or 'deadline', 'same-project'.
        passed: whether the project keeps it.
        reason: why not, or None.
    """

    rule: str
    passed: bool
    reason: Problem | None = None


def same(text: str) -> str:
    """The form under which two spellings of a title or an organisation meet."""
    return " ".join(fold(text).split())


def eligibility(
    project: Project,
    rules: Rules,
    *,
    others: Iterable[Project] = (),
    winners: Collection[str] = (),
    now: datetime | None = None,
) -> tuple[Verdict, ...]:
    """What every rule of the edition says of the project, in one order; it is eligible when all have passed.

    Args:
        project: as it stands now.
        rules: of the edition.
        others: the other projects of the edition that were sent and not withdrawn.
        winners: identifiers of entries, and titles, that won in earlier years.
        now: the moment of sending, for the deadline; None leaves the deadline out.
    """
    judged = [
        *_category_verdicts(project, rules),
        *_text_verdicts(project, rules),
        *_others_verdicts(project, rules, list(others)),
        _winner_verdict(project, rules, winners),
        _work_verdict(project, rules),
        _deadline_verdict(project, rules, now),
    ]
    return tuple(verdict for verdict in judged if verdict is not None)


def _verdict(rule: str, broken: bool, template: str, expected: str = "", **values: object) -> Verdict:
    return Verdict(
        rule, not broken, Problem(template, values, column=rule, expected=expected) if broken else None
    )


def _category_verdicts(project: Project, rules: Rules) -> Iterable[Verdict]:
    unknown = [code for code in project.categories if rules.category(code) is None]
    yield _verdict(
        "categories",
        bool(unknown) or not project.categories,
        marked("“%(found)s” is not a category of this edition.")
        if unknown
        else marked("no category is chosen."),
        marked("one of: %(known)s."),
        found=", ".join(unknown),
        known=", ".join(category.code for category in rules.categories),
    )
    if rules.one_category:
        yield _verdict(
            "one_category",
            len(project.categories) > 1,
            marked("the project stands in %(count)d categories: %(found)s."),
            marked("one category."),
            count=len(project.categories),
            found=", ".join(project.categories),
        )


def _text_verdicts(project: Project, rules: Rules) -> Iterable[Verdict]:
    missing = [name for name in rules.required if not project.fields.get(name, "").strip()]
    yield _verdict(
        "required", bool(missing), marked("these fields are empty: %(missing)s."), missing=", ".join(missing)
    )
    fewest, most = rules.words
    yield _verdict(
        "words",
        not fewest <= project.words <= most,
        marked("the description has %(found)d words."),
        marked("from %(fewest)d to %(most)d words."),
        found=project.words,
        fewest=fewest,
        most=most,
    )
    yield _verdict(
        "languages",
        project.language not in rules.languages,
        marked("the description is written in “%(found)s”."),
        marked("one of: %(known)s."),
        found=project.language,
        known=", ".join(rules.languages),
    )


def _others_verdicts(project: Project, rules: Rules, others: list[Project]) -> Iterable[Verdict]:
    others = [other for other in others if other.id != project.id]
    twin = next(
        (
            other
            for other in others
            if other.key == project.key or (project.entry and other.entry == project.entry)
        ),
        None,
    )
    yield _verdict(
        "same-project",
        twin is not None,
        marked("the project was sent before, as %(twin)s."),
        marked("each project once."),
        twin=twin.id if twin else "",
    )
    if rules.one_per_organisation and project.organisation:
        rival = next(
            (
                other
                for other in others
                if same(other.organisation) == same(project.organisation)
                and set(other.categories) & set(project.categories)
            ),
            None,
        )
        yield _verdict(
            "one_per_organisation",
            rival is not None,
            marked("%(organisation)s has another project in this category: %(rival)s."),
            marked("one project for each category and organisation."),
            organisation=project.organisation,
            rival=rival.id if rival else "",
        )


def _winner_verdict(project: Project, rules: Rules, winners: Collection[str]) -> Verdict | None:
    if not rules.winners_barred:
        return None
    known = {same(name) for name in winners}
    won = same(project.title) in known or (bool(project.entry) and same(project.entry) in known)
    return _verdict(
        "winners_barred",
        won,
        marked("the project won a prize before."),
        marked("a project that has not won."),
    )


def _work_verdict(project: Project, rules: Rules) -> Verdict | None:
    if not rules.finished_work or project.ends_year is None:
        return None
    return _verdict(
        "finished_work",
        project.ends_year > rules.year,
        marked("its work, or the phase that is sent, ends in %(found)d."),
        marked("work that is over by %(year)d, or at the end of a major phase."),
        found=project.ends_year,
        year=rules.year,
    )


def _deadline_verdict(project: Project, rules: Rules, now: datetime | None) -> Verdict | None:
    phase = phase_of(rules.phases, SUBMISSION)
    moment = project.submitted_at or now
    if phase is None or moment is None:
        return None
    return _verdict(
        "deadline",
        not phase.holds(moment) and not project.late,
        marked("it was sent at %(moment)s."),
        marked("from %(starts)s until before %(ends)s."),
        moment=moment.isoformat(sep=" ", timespec="seconds"),
        starts=phase.starts.isoformat(sep=" ", timespec="minutes"),
        ends=phase.ends.isoformat(sep=" ", timespec="minutes"),
    )
