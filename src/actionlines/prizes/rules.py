"""The rules of an edition: data, because they change from year to year."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Final

from actionlines.frameworks import catalogue
from actionlines.prizes.phases import Phase, problems_of_phases
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES

EACH_CATEGORY: Final = "each-category"
ALL_CATEGORIES: Final = "all-categories"
BALLOT_MODES: Final = (EACH_CATEGORY, ALL_CATEGORIES)

# How nominees with equal votes at the last place of the champions are told apart; 'share': they are not.
SHARE: Final = "share"
REVIEW_SCORE: Final = "review-score"
EARLIER_SUBMISSION: Final = "earlier-submission"
TIE_BREAKS: Final = (SHARE, REVIEW_SCORE, EARLIER_SUBMISSION)

# What the rules may demand of a project: the columns of an entry, and the boxes of the prizes' form.
FIELDS: Final = (
    *("title", "organisation", "stakeholder_type", "country", "description", "website", "start", "end"),
    *("lines", "targets", "rationale", "impact", "results", "partners", "challenges", "replicability"),
    *("sustainability", "values", "gdc"),
)


@dataclass(frozen=True, slots=True)
class Category:
    """What nominees compete in: a line of the WSIS, or a special recognition (`line` '')."""

    code: str
    line: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What reviewers score, from 0 to `most`; `weight` is its share of the whole."""

    code: str
    weight: float = 1.0
    most: int = 10


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one edition.

    Attributes:
        year, name: of the edition.
        categories: in the order of the ballot paper.
        phases: may be empty while the dates are not known.
        words: fewest and most words of the description.
        languages: a submission is written in one of them.
        required: names of FIELDS that may not be empty.
        one_category: a project stands in one category only.
        one_per_organisation: an organisation has one project in a category.
        winners_barred: a project that won before may not come again.
        finished_work: the work is over, or at the end of a major phase.
        criteria: of the expert review.
        reviewers: how many look at each project.
        blind: reviewers do not learn who submitted.
        same_country_conflicts: a reviewer does not judge projects of the own country.
        ballot: EACH_CATEGORY, or ALL_CATEGORIES (a voter's choices are void until every category has one).
        votes: how many nominees a voter may choose in a category.
        change: a voter may change a choice until the vote closes.
        own_project: a voter may choose a project of the own organisation.
        champions: how many nominees of a category become champions (0 before 2016).
        tie_break: one of TIE_BREAKS.
        status: 'verified' or 'partly': whether a source was found for every rule.
        sources: addresses of the facts.
    """

    year: int
    name: str
    categories: tuple[Category, ...]
    phases: tuple[Phase, ...] = ()
    words: tuple[int, int] = (150, 200)
    languages: tuple[str, ...] = ("en",)
    required: tuple[str, ...] = ("title", "description")
    one_category: bool = True
    one_per_organisation: bool = False
    winners_barred: bool = True
    finished_work: bool = False
    criteria: tuple[Criterion, ...] = ()
    reviewers: int = 2
    blind: bool = False
    same_country_conflicts: bool = False
    ballot: str = EACH_CATEGORY
    votes: int = 1
    change: bool = True
    own_project: bool = True
    champions: int = 5
    tie_break: str = SHARE
    status: str = "partly"
    sources: tuple[str, ...] = field(default=())

    def category(self, code: str) -> Category | None:
        """The category with this code, or None."""
        return next((category for category in self.categories if category.code == code), None)


def shipped_editions() -> tuple[str, ...]:
    """Names of the editions whose rules come with the library, oldest first: '2013', '2017' …"""
    folder = resources.files("actionlines.prizes") / "editions"
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    )


@cache
def load_rules(edition: str) -> Rules:
    """The rules of a shipped edition.

    Raises:
        InputError: there is no such edition, or its file breaks a rule.
    """
    if edition not in shipped_editions():
        raise InputError(
            [
                Problem(
                    marked("there is no edition “%(edition)s”."),
                    {"edition": edition, "known": ", ".join(shipped_editions())},
                    expected=marked("one of: %(known)s."),
                )
            ]
        )
    file = resources.files("actionlines.prizes") / "editions" / f"{edition}.toml"
    return read_rules(file.read_text("utf-8"), file.name)


def read_rules(text: str, file: str = "") -> Rules:
    """The rules written as TOML; keys are the attributes of `Rules`.

    `categories` may be the word "lines" (one category for each of the 18 lines, named by its code), with
    `special` (code to title) behind them. Phases are tables `[[phases]]` with kind, starts, ends.

    Raises:
        InputError: not TOML, or one or more values are not what a rule can be; every fault is named.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            [Problem(marked("is not TOML: %(error)s"), {"error": str(error)}, file=file)]
        ) from error
    return rules_from_data(said, file)


def rules_from_data(said: Mapping[str, Any], file: str = "") -> Rules:
    """The rules of a mapping as `read_rules` finds it in TOML, or as `rules_as_data` makes it.

    Raises:
        InputError: one or more values are not what a rule can be; every fault is named.
    """
    reader = _Reader(said, file)
    rules = reader.rules()
    if reader.problems or rules is None:
        raise InputError(reader.problems)
    return rules


def rules_as_data(rules: Rules) -> dict[str, Any]:
    """The rules as a mapping that JSON can hold; `rules_from_data` gives them back."""
    data = asdict(rules)
    for phase in data["phases"]:
        phase["starts"], phase["ends"] = phase["starts"].isoformat(), phase["ends"].isoformat()
    return {key: list(value) if isinstance(value, tuple) else value for key, value in data.items()}


class _Reader:
    """Reads the values one by one and collects what is wrong with them."""

    def __init__(self, said: Mapping[str, Any], file: str) -> None:
        self.said = dict(said)
        self.file = file
        self.problems: list[Problem] = []

    def note(self, key: str, found: object, expected: str, **values: object) -> None:
        self.problems.append(
            Problem(
                marked("“%(found)s” cannot stand here."),
                {"found": found, **values},
                self.file,
                column=key,
                expected=expected,
            )
        )

    def take(self, key: str, kind: type, default: Any) -> Any:
        """The value of a key if it is of the kind; `default` where it is absent."""
        value = self.said.pop(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.note(key, value, marked("a value of type %(kind)s."), kind=kind.__name__)
        return default

    def number(self, key: str, default: int, least: int) -> int:
        value = int(self.take(key, int, default))
        if value < least:
            self.note(key, value, marked("a number from %(least)d on."), least=least)
        return value

    def choice(self, key: str, default: str, known: Sequence[str]) -> str:
        value = str(self.take(key, str, default))
        if value not in known:
            self.note(key, value, marked("one of: %(known)s."), known=", ".join(known))
        return value

    def choices(self, key: str, default: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...]:
        values = tuple(str(item) for item in self.take(key, list, list(default)))
        for value in values:
            if value not in known:
                self.note(key, value, marked("one of: %(known)s."), known=", ".join(known))
        return values

    def rules(self) -> Rules | None:
        before = len(self.problems)
        values: dict[str, Any] = {
            "year": self.number("year", 0, 2012),
            "name": self.take("name", str, ""),
            "categories": self.categories(),
            "phases": self.phases(),
            "words": self.words(),
            "languages": self.choices("languages", ("en",), LANGUAGES),
            "required": self.choices("required", ("title", "description"), FIELDS),
            "criteria": self.criteria(),
            "reviewers": self.number("reviewers", 2, 1),
            "ballot": self.choice("ballot", EACH_CATEGORY, BALLOT_MODES),
            "votes": self.number("votes", 1, 1),
            "champions": self.number("champions", 5, 0),
            "tie_break": self.choice("tie_break", SHARE, TIE_BREAKS),
            "status": self.choice("status", "partly", ("verified", "partly")),
            "sources": tuple(self.take("sources", list, [])),
        }
        for key, default in _SWITCHES.items():
            values[key] = self.take(key, bool, default)
        for key in self.said:
            self.note(key, key, marked("a rule: %(known)s."), known=", ".join((*values, "special")))
        return None if len(self.problems) > before else Rules(**values)

    def categories(self) -> tuple[Category, ...]:
        said, special = self.said.pop("categories", "lines"), self.take("special", dict, {})
        lines = catalogue().frameworks["wsis"]
        if said == "lines":
            # C7 itself is no category: its eight sub-lines are.
            found = [Category(node.code, node.code) for node in lines.nodes if not lines.children(node.code)]
        elif isinstance(said, list):
            found = [self.category(item) for item in said]
        else:
            self.note("categories", said, marked("“lines”, or a list of tables with code, line and title."))
            found = []
        found += [Category(code, "", str(title)) for code, title in special.items()]
        codes = [category.code for category in found]
        for code in dict.fromkeys(codes):
            if codes.count(code) > 1:
                self.note("categories", code, marked("each code once."))
        if not found:
            self.note("categories", "", marked("at least one category."))
        return tuple(found)

    def category(self, said: Any) -> Category:
        values = said if isinstance(said, dict) else {"code": said}
        code, line = str(values.get("code", "")), str(values.get("line", ""))
        if not code:
            self.note("categories", said, marked("a category with a code."))
        if line and line not in catalogue().frameworks["wsis"]:
            self.note("categories", line, marked("an action line such as C2 or C7-HEA."))
        return Category(code, line, str(values.get("title", "")))

    def words(self) -> tuple[int, int]:
        said = self.take("words", list, [150, 200])
        if len(said) == 2 and all(isinstance(item, int) for item in said) and 0 <= said[0] <= said[1]:
            return said[0], said[1]
        self.note("words", said, marked("the fewest and the most words, such as [150, 200]."))
        return 0, 0

    def criteria(self) -> tuple[Criterion, ...]:
        found: list[Criterion] = []
        for said in self.take("criteria", list, []):
            values = said if isinstance(said, dict) else {}
            code, weight, most = values.get("code", ""), values.get("weight", 1), values.get("most", 10)
            if (
                not code
                or not isinstance(weight, int | float)
                or weight <= 0
                or not isinstance(most, int)
                or most < 1
            ):
                self.note(
                    "criteria", said, marked("a table with code, weight (over 0) and most (from 1 on).")
                )
                continue
            found.append(Criterion(str(code), float(weight), most))
        return tuple(found)

    def phases(self) -> tuple[Phase, ...]:
        found: list[Phase] = []
        for said in self.take("phases", list, []):
            values = said if isinstance(said, dict) else {}
            starts, ends = _moment(values.get("starts")), _moment(values.get("ends"))
            if starts is None or ends is None:
                self.note(
                    "phases", said, marked("a table with kind, starts and ends, moments with a time zone.")
                )
                continue
            try:
                found.append(Phase(str(values.get("kind", "")), starts, ends))
            except ValueError as error:
                self.note(
                    "phases", error, marked("a known phase that ends after it starts, with time zones.")
                )
        self.problems += problems_of_phases(found)
        return tuple(found)


def _moment(said: object) -> datetime | None:
    """A moment, as TOML gives it or as JSON holds it."""
    if isinstance(said, str):
        try:
            return datetime.fromisoformat(said)
        except ValueError:
            return None
    return said if isinstance(said, datetime) else None


_SWITCHES: Final[Mapping[str, bool]] = {
    "one_category": True,
    "one_per_organisation": False,
    "winners_barred": True,
    "finished_work": False,
    "blind": False,
    "same_country_conflicts": False,
    "change": True,
    "own_project": True,
}
