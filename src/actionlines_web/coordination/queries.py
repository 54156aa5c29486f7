"""Reads of coordination."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from actionlines.frameworks import Node, catalogue
from actionlines.frameworks.roles import ROLES, Role
from actionlines.reports.road_map import RoadMapDocument
from actionlines.results.followup import DECLINED, DONE, OPEN, Ask, AskSet, Tally, ask_sets, from_plain, tally
from actionlines.results.roadmap import Activity, Standing, standing
from actionlines.text import Text, fold
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.coordination.models import (
    Addressee,
    Answer,
    Appointment,
    LoadedSet,
    RoadMap,
    Row,
    Update,
    Version,
)
from actionlines_web.coordination.rules import facilitates
from actionlines_web.organisations.queries import organisations_of


def lines() -> Sequence[Node]:
    """The action lines in their order, C7 with its parts."""
    return [node for node in catalogue().frameworks["wsis"].nodes if node.kind in {"action line", "sub-line"}]


def roles_of(line: str = "", on: date | None = None) -> list[Role]:
    """The roles on a line ('' for all), those that come with the frameworks and the site's own, held on a day if given.

    Sorted by line, by role from lead to focal point, and by start.
    """
    own = [
        Role(item.line, item.organisation, item.role, item.start, item.end, item.source, item.inside)
        for item in Appointment.objects.filter(**({"line": line} if line else {})).order_by("pk")
    ]
    found = [role for role in (*catalogue().roles, *own) if not line or role.line == line]
    if on is not None:
        found = [role for role in found if role.holds_on(on)]
    return sorted(found, key=lambda role: (role.line, ROLES.index(role.role), role.start or date.min))


def appointments(line: str) -> QuerySet[Appointment]:
    """The site's own roles on a line."""
    return Appointment.objects.filter(line=line).order_by("start", "pk")


def road_maps_for(actor: Actor, line: str = "") -> list[RoadMap]:
    """The road maps the actor may see, the newest cycle first."""
    found = RoadMap.objects.order_by("line", "-cycle")
    if line:
        found = found.filter(line=line)
    if not is_coordinator(actor):
        kept = [node.code for node in lines() if facilitates(actor, node.code)]
        found = found.filter(Q(state=RoadMap.State.PUBLIC) | Q(line__in=kept))
    return list(found)


def activities(road_map: RoadMap) -> list[Activity]:
    """The rows of a road map with their newest update, as the library's activities."""
    rows = road_map.rows.prefetch_related(Prefetch("updates", Update.objects.order_by("day", "pk")))
    return [activity_of(row) for row in rows]


def activity_of(row: Row) -> Activity:
    """A row with its newest update."""
    newest = next(iter(reversed(row.updates.all())), None)
    said = {"state": newest.state, "percent": newest.percent, "said_on": newest.day} if newest else {}
    return Activity(
        number=row.number,
        activity=row.activity,
        expected=row.expected,
        indicator=row.indicator,
        baseline=row.baseline,
        target=row.target,
        start=row.start,
        end=row.end,
        resources=row.resources,
        partners=row.partners,
        links=tuple(row.links),
        **said,  # type: ignore[arg-type]
    )


def standing_of(road_map: RoadMap, day: date) -> Standing:
    """How a road map stands on a day."""
    return standing(activities(road_map), day)


def version_activities(version: Version) -> list[Activity]:
    """The rows as they were published."""

    def day(value: str | None) -> date | None:
        return date.fromisoformat(value) if value else None

    return [
        Activity(
            **{
                **row,
                "links": tuple(row["links"]),
                **{name: day(row[name]) for name in ("start", "end", "said_on")},
            }
        )
        for row in version.rows
    ]


def document_of(road_map: RoadMap) -> RoadMapDocument:
    """A road map as a document prints it; with the number of its newest version where nothing has changed since."""
    rows = activities(road_map)
    newest = road_map.versions.order_by("-number").first()
    same = newest is not None and (newest.vision, version_activities(newest)) == (road_map.vision, rows)
    return RoadMapDocument(
        road_map.line,
        road_map.cycle,
        road_map.vision,
        rows,
        road_map.language,
        newest.number if newest and same else 0,
        timezone.localdate(newest.made_at) if newest and same else None,
        draft=road_map.state == RoadMap.State.DRAFT,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask with what came of it: its public answers (for a member also its own), and how many in each state."""

    ask: Ask
    answers: Sequence[Answer]
    states: Mapping[str, int]

    @property
    def unanswered(self) -> bool:
        """Whether nobody has answered yet, so far as the reader sees."""
        return not self.answers


def known_sets() -> dict[str, AskSet]:
    """The sets of asks by their code: those that come with the product, and those that were loaded."""
    loaded = {item.code: from_plain(item.content) for item in LoadedSet.objects.order_by("code")}
    return {**loaded, **ask_sets()}


def sets() -> Sequence[AskSet]:
    """The sets of asks, the newest first."""
    return sorted(known_sets().values(), key=lambda item: (item.date, item.code), reverse=True)


def asked(actor: Actor, found: AskSet, asks: Iterable[Ask] | None = None) -> list[Asked]:
    """The asks of a set with the answers that the actor may see."""
    answers: dict[str, list[Answer]] = {}
    for answer in (
        _visible(actor)
        .filter(ask_set=found.code)
        .select_related("organisation")
        .order_by("organisation__name")
    ):
        answers.setdefault(answer.number, []).append(answer)
    return [
        Asked(ask, told := answers.get(ask.number, []), Counter(answer.state for answer in told))
        for ask in (found.asks if asks is None else asks)
    ]


def asks_of_line(line: str) -> list[tuple[AskSet, Ask]]:
    """The asks that speak of a line."""
    return [(item, ask) for item in sets() for ask in item.asks if line in ask.lines]


def answer_of(found: AskSet, number: str, organisation: int) -> Answer | None:
    """What an organisation answered."""
    return Answer.objects.filter(ask_set=found.code, number=number, organisation=organisation).first()


def open_asks(organisation: int) -> list[tuple[AskSet, Ask]]:
    """The asks an organisation has not answered, or only noted as open."""
    answered = set(
        Answer.objects.filter(organisation=organisation).exclude(state=OPEN).values_list("ask_set", "number")
    )
    return [(item, ask) for item in sets() for ask in item.asks if (item.code, ask.number) not in answered]


def addressees(found: AskSet, number: str) -> QuerySet[Addressee]:
    """The organisations that an ask is put to, by name."""
    return (
        Addressee.objects.filter(ask_set=found.code, number=number)
        .select_related("organisation")
        .order_by("organisation__name")
    )


def waiting_organisations(
    due: Collection[tuple[str, str]], organisation: int | None = None
) -> dict[int, list[tuple[str, str]]]:
    """The organisations that some asks are put to, or that took them up, and that have not said done or no.

    Args:
        due: set and number of the asks.
        organisation: only this one.
    """
    only = {"organisation_id": organisation} if organisation is not None else {}
    codes = {code for code, _ in due}
    rows = Answer.objects.filter(ask_set__in=codes, **only).values_list(
        "organisation_id", "ask_set", "number", "state"
    )
    states = {(number, code, ask): state for number, code, ask, state in rows}
    asked_ = Addressee.objects.filter(ask_set__in=codes, **only).values_list(
        "organisation_id", "ask_set", "number"
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for key in sorted({*states, *asked_}):
        if key[1:] in due and states.get(key, OPEN) not in {DONE, DECLINED}:
            found.setdefault(key[0], []).append(key[1:])
    return found


@dataclass(frozen=True, slots=True)
class Overview:
    """How all asks stand: by the words of the source for who is asked, by line, and by organisation of the register."""

    asked: Sequence[tuple[Text, Tally]]
    lines: Sequence[tuple[Node, Tally]]
    organisations: Sequence[tuple[str, Tally]]


def overview(actor: Actor, day: date) -> Overview:
    """The asks of all sets with the answers the actor may see, tallied three ways."""
    known = sets()
    states: dict[tuple[str, str], list[str]] = {}
    own: dict[tuple[int, str, str], str] = {}
    names: dict[int, str] = {}
    for answer in _visible(actor).select_related("organisation").order_by("pk"):
        states.setdefault((answer.ask_set, answer.number), []).append(answer.state)
        own[answer.organisation_id, answer.ask_set, answer.number] = answer.state
        names[answer.organisation_id] = answer.organisation.name
    for item in Addressee.objects.select_related("organisation").order_by("pk"):
        own.setdefault((item.organisation_id, item.ask_set, item.number), OPEN)
        names[item.organisation_id] = item.organisation.name
    every = [(found.code, ask) for found in known for ask in found.asks]
    by_asked: dict[str, tuple[Text, list[tuple[date | None, Sequence[str]]]]] = {}
    by_line: dict[str, list[tuple[date | None, Sequence[str]]]] = {}
    dues: dict[tuple[str, str], date | None] = {}
    for code, ask in every:
        row = (ask.due, states.get((code, ask.number), []))
        dues[code, ask.number] = ask.due
        by_asked.setdefault(fold(str(ask.asked)), (ask.asked, []))[1].append(row)
        for line in ask.lines:
            by_line.setdefault(line, []).append(row)
    by_organisation: dict[int, list[tuple[date | None, Sequence[str]]]] = {}
    for (organisation, code, number), state in own.items():
        if (code, number) in dues:
            by_organisation.setdefault(organisation, []).append((dues[code, number], [state]))
    return Overview(
        [(text, tally(rows, day)) for _, (text, rows) in sorted(by_asked.items())],
        [(node, tally(by_line[node.code], day)) for node in lines() if node.code in by_line],
        [
            (names[key], tally(by_organisation[key], day))
            for key in sorted(by_organisation, key=names.__getitem__)
        ],
    )


def _visible(actor: Actor) -> QuerySet[Answer]:
    if is_coordinator(actor):
        return Answer.objects.all()
    return Answer.objects.filter(Q(public=True) | Q(organisation__in=organisations_of(actor)))


def held_about(user: User) -> list[dict[str, Any]]:
    """The answers a person wrote, as plain data."""
    return list(
        Answer.objects.filter(author=user)
        .order_by("pk")
        .values("ask_set", "number", "organisation__name", "state", "text", "entries", "public", "changed_at")
    )
