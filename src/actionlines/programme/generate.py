"""Programmes made from a seed, of the size of a real Forum: for trials and benchmarks."""

import random
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from actionlines.frameworks import catalogue
from actionlines.programme.programme import Place, Programme, Room, Session, Slot

# Begin of each slot of 60 minutes and whether it follows the one before without a break (lunch from 12:30 to 14:00).
HOURS: Final = ((9, 0, False), (10, 15, True), (11, 30, True), (14, 0, False), (15, 15, True), (16, 30, True))
FIRST_DAY: Final = date(2026, 7, 6)
ZONE: Final = "Europe/Zurich"
TRACKS: Final = (
    "high-level",
    "innovation",
    "youth",
    "country",
    "thematic",
    "action lines",
    "knowledge",
    "special",
)
PERSONS_FOR_A_SESSION: Final = 3.6


def generate(sessions: int, rooms: int, days: int, seed: int) -> Programme:
    """A programme of this size; the same seed gives the same one.

    Raises:
        ValueError: a number is below 1, or the sessions cannot all have a place.
    """
    if min(sessions, rooms, days) < 1:
        raise ValueError("sessions, rooms and days are numbers from 1 on")
    if sessions > rooms * days * len(HOURS):
        raise ValueError(
            f"{rooms} rooms × {days} days × {len(HOURS)} slots hold {rooms * days * len(HOURS)} sessions"
        )
    rng = random.Random(seed)  # noqa: S311 - trials, not secrets
    slots = _slots(days)
    made = _rooms(rooms, rng)
    persons = [f"person {number + 1}" for number in range(round(sessions * PERSONS_FOR_A_SESSION))]
    asked = tuple(_session(number, made, slots, persons, rng) for number in range(1, sessions + 1))
    away = {
        person: frozenset(slot.id for slot in slots if slot.day == day)
        for person in rng.sample(persons, len(persons) // 12)
        for day in [rng.choice(slots).day]
        if days > 1
    }
    return Programme(made, slots, _ceremonies(asked, made, slots, away), away)


def _slots(days: int) -> tuple[Slot, ...]:
    zone = ZoneInfo(ZONE)
    made = []
    for number in range(days):
        day = FIRST_DAY + timedelta(days=number)
        for place, (hour, minute, follows) in enumerate(HOURS, 1):
            starts = datetime.combine(day, time(hour, minute), zone)
            made.append(Slot(f"{number + 1}.{place}", starts, starts + timedelta(minutes=60), day, follows))
    return tuple(made)


def _rooms(count: int, rng: random.Random) -> tuple[Room, ...]:
    made = []
    for number in range(1, count + 1):
        capacity = (400, 250, 150, 100, 80, 60)[min(5, (number - 1) * 6 // max(count, 6))]
        features = {"remote"} | ({"captions"} if number % 2 or capacity >= 150 else set())
        if capacity >= 250 or rng.random() < 0.2:
            features.add("interpretation")
        made.append(Room(f"R{number}", f"Room {number}", capacity, frozenset(features)))
    return tuple(made)


def _session(
    number: int, rooms: tuple[Room, ...], slots: tuple[Slot, ...], persons: list[str], rng: random.Random
) -> Session:
    lines = [node.code for node in catalogue().frameworks["wsis"].nodes]
    room = rng.choice(rooms)
    # A few people are everywhere, most are once: the square makes the first of the list frequent.
    chosen = {persons[int(len(persons) * rng.random() ** 1.5)] for _ in range(rng.randint(3, 6))}
    needs = frozenset(feature for feature in sorted(room.features) if rng.random() < 0.3)
    wishes = rng.sample([slot.id for slot in slots], min(len(slots), 6)) if rng.random() < 0.4 else []
    return Session(
        f"S{number}",
        f"Session {number}",
        2 if rng.random() < 0.08 else 1,
        frozenset(chosen),
        frozenset(rng.sample(lines, rng.choice((1, 1, 2, 3)))),
        rng.choice(TRACKS),
        int(room.capacity * rng.uniform(0.3, 0.95)),
        needs,
        frozenset(wishes),
        series=f"series {number % 15}" if number % 5 == 0 else "",
    )


def _ceremonies(
    sessions: tuple[Session, ...],
    rooms: tuple[Room, ...],
    slots: tuple[Slot, ...],
    away: dict[str, frozenset[str]],
) -> tuple[Session, ...]:
    """The first session is the opening: in the largest room, in the first slot, with people who are there."""
    largest = max(rooms, key=lambda room: room.capacity)
    first = sessions[0]
    there = frozenset(person for person in first.persons if slots[0].id not in away.get(person, ()))
    opening = Session(
        first.id,
        "Opening",
        1,
        there,
        first.lines,
        "high-level",
        largest.capacity,
        frozenset(),
        fixed=Place(slots[0].id, largest.id),
    )
    return (opening, *sessions[1:])
