"""The one query object of entries: it serves the list, the facets, the matrix and the reports alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from actionlines.frameworks import catalogue
from actionlines.problems import Problem, marked
from actionlines.stocktaking.freshness import (
    DUE_AFTER_YEARS,
    FRESHNESS,
    OVERDUE_AFTER_YEARS,
    latest_confirmed,
)
from actionlines_web.search import queries as search
from actionlines_web.stocktaking.models import SETBACK_TIER, Direction, Entry, EntryLink, Status, Tier

NONE = "none"
BASES = {"declared": Tier.DECLARED, "accepted": Tier.ACCEPTED, "evidence": Tier.EVIDENCE}
ROWS = ("wsis", "itu-d-2020")


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """A filter of entries. Attribute names are the parameters of addresses, reports and exports.

    Attributes:
        q: words to search.
        sub_line: 'none': entries on the line C7 and none of its parts.
        line: action line, such as 'C2' or 'C7-HEA'. goal: '9'. target: '9.c'. outcome: 'D.2-1' (through its lines
            and goals).
        region: 'AFR' … country: ISO3. year_from, year_to: years included.
            year: 'none' for entries without a year.
        stakeholder: stakeholder type. organisation: its name. status, language: of the entry.
            'none' as line, goal, region or country asks for the entries without one.
        basis: links that count: 'declared'; 'accepted': declared, or accepted by a reviewer; 'evidence' (default):
            these or found in the text.
        direction: 'works-against': setbacks in place of the links that count; entries that have one.
        freshness: 'current', 'due' or 'overdue', by the day an entry was last confirmed.
        story: 'yes' for entries told as a success story.
        framework: rows of the matrix, 'wsis' or 'itu-d-2020'.
        problems: parameters that could not be used.
    """

    q: str = ""
    line: str = ""
    goal: str = ""
    target: str = ""
    sub_line: str = ""
    outcome: str = ""
    region: str = ""
    country: str = ""
    year_from: int | None = None
    year_to: int | None = None
    year: str = ""
    stakeholder: str = ""
    organisation: str = ""
    status: str = ""
    language: str = ""
    freshness: str = ""
    story: str = ""
    direction: str = ""
    basis: str = "evidence"
    framework: str = "wsis"
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "EntryQuery":
        """Read parameters of an address or of a report's figure; what cannot be used is left out and named in `problems`."""
        values: dict[str, object] = {}
        problems: list[Problem] = []
        for item in fields(cls):
            given = _given(params, item.name)
            if not given or item.name == "problems":
                continue
            value, problem = _read(item.name, given)
            if problem:
                problems.append(problem)
            elif value is not None:
                values[item.name] = value
        query = cls(**values, problems=tuple(problems))  # type: ignore[arg-type]
        if query.year_from and query.year_to and query.year_from > query.year_to:
            problem = Problem(
                marked("The first year %(first)s is after the last year %(last)s."),
                {"first": query.year_from, "last": query.year_to},
                column="year_from",
            )
            return replace(query, year_from=None, year_to=None, problems=(*problems, problem))
        return query

    @property
    def tier(self) -> int:
        """The weakest tier of links that counts."""
        return BASES[self.basis]

    @property
    def link_tier(self) -> int:
        """The same, as links are kept: setbacks, where they are asked for, stand above all that count."""
        return self.tier + (SETBACK_TIER if self.direction else 0)

    def of_links(self, through: str = "") -> Q:
        """The condition on links (`through` their relation, such as 'links__'): those that count, or the setbacks asked for."""
        if self.direction:
            above = {f"{through}tier__gt": SETBACK_TIER, f"{through}tier__lte": SETBACK_TIER + self.tier}
            return Q(**above)
        return Q(**{f"{through}tier__lte": self.tier})

    @property
    def narrows(self) -> bool:
        """Whether it leaves out any entry of the register, archived ones apart."""
        return bool(set(self.params()) - {"basis", "framework"})

    def params(self, **changes: object) -> dict[str, str]:
        """The parameters that differ from the defaults, after `changes` (None or '' removes one)."""
        # A page of the matrix asks this hundreds of times.
        found = {}
        for name, default in _DEFAULTS.items():
            value = changes[name] if name in changes else getattr(self, name)
            if value and value != default:
                found[name] = str(value)
        return found

    def address(self, **changes: object) -> str:
        """'?line=C2&goal=9', or '' without parameters."""
        params = self.params(**changes)
        return f"?{urlencode(params)}" if params else ""

    def addresses(self, name: str, **changes: object) -> Callable[[str], str]:
        """The address with another value of one filter, for many values of it (never its default), after `changes`."""
        place, params = _PLACES[name], self.params(**{**changes, name: ""})
        before = urlencode({other: value for other, value in params.items() if _PLACES[other] < place})
        after = urlencode({other: value for other, value in params.items() if _PLACES[other] > place})
        head = f"?{before}&{name}=" if before else f"?{name}="
        tail = f"&{after}" if after else ""
        return lambda value: f"{head}{quote_plus(value)}{tail}"

    def apply(self, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that pass; archived ones never do."""
        queryset = self._by_links(queryset.filter(self._conditions()))
        if self.q:
            expression = search.expression(self.q)
            queryset = queryset.filter(pk__in=search.matching_ids(self.q)) if expression else queryset.none()
        return queryset

    def _conditions(self) -> Q:
        """What the row of an entry itself must meet."""
        conditions = Q(archived_at=None)
        for name, value in (
            ("region", self.region),
            ("country", self.country),
            ("stakeholder_type", self.stakeholder),
            ("organisation__name", self.organisation),
            ("status", self.status),
            ("language", self.language),
            ("year__gte", self.year_from),
            ("year__lte", self.year_to),
        ):
            if value:
                conditions &= Q(**{name: "" if value == NONE else value})
        if self.year_to and not self.year_from:
            conditions &= Q(year__gt=0)
        if self.year == NONE:
            conditions &= Q(year=0)
        if self.story:
            conditions &= Q(story__isnull=False)
        if self.freshness:
            conditions &= confirmed(self.freshness, timezone.now().date())
        return conditions

    def _by_links(self, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        for framework, node in (("wsis", self.line), ("sdg", self.goal), ("sdg", self.target)):
            if node == NONE:
                queryset = queryset.exclude(self._linked(framework, []))
            elif node:
                queryset = queryset.filter(self._linked(framework, [node]))
        if self.sub_line == NONE:
            parts = [node.code for node in catalogue().frameworks["wsis"].of_kind("sub-line")]
            queryset = queryset.exclude(self._linked("wsis", parts))
        if self.direction:
            queryset = queryset.filter(
                Exists(EntryLink.objects.filter(self.of_links(), entry=OuterRef("pk")))
            )
        if self.outcome:
            queryset = self._through_outcome(queryset)
        return queryset

    def _linked(self, framework: str, nodes: list[str]) -> Exists:
        """Whether an entry has a link to one of the nodes; without nodes, to any."""
        links = EntryLink.objects.filter(entry=OuterRef("pk"), framework=framework)
        links = links.filter(self.of_links())
        return Exists(links.filter(node__in=nodes) if nodes else links)

    def _through_outcome(self, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        """Entries on one of the outcome's (or the objective's outcomes') lines and, with a goal, on that goal of it."""
        known = catalogue()
        framework = known.frameworks["itu-d-2020"]
        outcomes = [node.code for node in framework.walk(self.outcome) if node.kind == "outcome"]
        condition = Q()
        for outcome in outcomes:
            lines = [link.target for link in known.crosswalks["itu-d-2020-wsis"].links_from(outcome)]
            goals = {link.target for link in known.crosswalks["itu-d-2020-sdg"].links_from(outcome)}
            wanted = self.goal or self.target.split(".", 1)[0]
            if not wanted or wanted in goals:
                condition |= Q(self._linked("wsis", lines))
        return queryset.filter(condition) if condition else queryset.none()


def confirmed(level: str, today: date) -> Q:
    """Entries of a level of freshness on a day, as the library's `freshness` judges each."""
    due = latest_confirmed(today, DUE_AFTER_YEARS)
    overdue = latest_confirmed(today, OVERDUE_AFTER_YEARS)
    match level:
        case "current":
            return Q(confirmed_on__gt=due)
        case "due":
            return Q(confirmed_on__lte=due, confirmed_on__gt=overdue)
        case _:
            return Q(confirmed_on__lte=overdue) | Q(confirmed_on=None)


_DEFAULTS = {item.name: item.default for item in fields(EntryQuery) if item.name != "problems"}
# In the order of which an address has its filters.
_PLACES = {name: place for place, name in enumerate(_DEFAULTS)}


# The bases a report names one by one are those the list calls "evidence" (each from EVIDENCE_THRESHOLD on).
_REPORTED = {
    "declared": "declared",
    "cited,declared,lexicon": "evidence",
    "cited,declared,lexicon,model": "evidence",
}


def _given(params: Mapping[str, Any], name: str) -> str:
    """The text of a parameter; a repeated one (a report's `basis`) as its word in the list."""
    given = params.getlist(name) if isinstance(params, QueryDict) else params.get(name, "")
    parts = sorted({str(part) for part in given}) if isinstance(given, list | tuple) else [str(given)]
    joined = ",".join(parts).strip().replace("\x00", "")
    return _REPORTED.get(joined, joined) if name == "basis" else joined


def _read(name: str, given: str) -> tuple[object, Problem | None]:
    """One parameter's value, or the problem with it."""
    if name in {"year_from", "year_to"}:
        if given.isdecimal() and 1900 <= int(given) <= 2100:
            return int(given), None
        return None, Problem(
            marked("“%(value)s” is not a year."),
            {"value": given},
            column=name,
            expected=marked("a year from 1900 to 2100, in four digits"),
        )
    if name in {"q", "organisation"}:
        return given[:300], None
    if _is_known(name, given):
        return given, None
    return None, Problem(
        marked("“%(value)s” is not known here, so it was left out of the filter."),
        {"value": given[:80]},
        column=name,
    )


def _is_known(name: str, given: str) -> bool:
    known = catalogue()
    match name:
        case "line" | "goal" | "region" | "country" if given == NONE:
            return True
        case "sub_line" | "year":
            return given == NONE
        case "line":
            return given in known.frameworks["wsis"]
        case "goal" | "target":
            return given in known.frameworks["sdg"] and known.frameworks["sdg"][given].kind == name
        case "outcome":
            return given in known.frameworks["itu-d-2020"]
        case "story":
            return given == "yes"
        case "direction":
            return given == Direction.AGAINST
        case "freshness":
            return given in FRESHNESS
        case "basis":
            return given in BASES
        case "framework":
            return given in ROWS
        case "status":
            return given in Status.values
        case _:
            # region, country, stakeholder and language: any short code; an unknown one simply finds nothing.
            return len(given) <= 32 and given.replace("-", "").isalnum()
