"""Loading the demonstration: real projects and ICT indicators, marked as demonstration data."""

from dataclasses import dataclass

from django.db import transaction

from actionlines.formats.demonstration import demonstration_entries
from actionlines.formats.factbook import read_factbook
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.demonstration.queries import COORDINATOR
from actionlines_web.forum.actions.demonstrating import load_demonstration_forum
from actionlines_web.indicators.actions import store_observations
from actionlines_web.stocktaking.actions import store_entries


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was new: entries and observations."""

    entries: int
    observations: int


@transaction.atomic
def load_demonstration(actor: System) -> Loaded:
    """Load what is missing, all or nothing; a second run changes nothing."""
    ensure_user(actor, email=COORDINATOR, name="Demonstration coordinator", roles=("coordinator",))
    load_demonstration_forum(actor)
    stored = store_entries(actor, demonstration_entries(), demonstration=True)
    observations = store_observations(actor, read_factbook(), demonstration=True)
    return Loaded(len(stored.created), observations.first + observations.revised)
