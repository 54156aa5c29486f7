"""The programme of a Forum: sessions, slots and rooms, clashes, and schedules made by hand or by the solver."""

from actionlines.programme.clashes import Clash, clashes
from actionlines.programme.programme import Place, Programme, Room, Schedule, Session, Slot, Weights
from actionlines.programme.score import Penalty, penalties, score

__all__ = [
    "Clash",
    "Penalty",
    "Place",
    "Programme",
    "Room",
    "Schedule",
    "Session",
    "Slot",
    "Weights",
    "clashes",
    "penalties",
    "score",
]
