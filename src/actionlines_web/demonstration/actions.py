"""Loading the demonstration: real projects and ICT indicators, marked as demonstration data, and the cycles of results."""

from dataclasses import dataclass

from django.db import transaction

from actionlines.formats.demonstration import demonstration_entries
from actionlines.formats.factbook import read_factbook
from actionlines.results.framework import frameworks
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.demonstration.queries import COORDINATOR
from actionlines_web.forum.actions.demonstrating import load_demonstration_forum
from actionlines_web.indicators.actions import store_observations
from actionlines_web.results.actions.frameworks import load_framework, show_framework
from actionlines_web.results.queries.chain import framework_for
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
    for framework in frameworks().values():
        kept = framework_for(actor, framework.code)
        load_framework(actor, framework)
        made = framework_for(actor, framework.code)
        if kept is None and made is not None:
            show_framework(actor, made, "public")
    return Loaded(len(stored.created), observations.first + observations.revised)
