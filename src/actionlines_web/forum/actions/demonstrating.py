"""The invented Forum of the demonstration."""

from importlib import resources
from typing import Final

from django.db import transaction
from django.utils import timezone

from actionlines.formats.session_requests import requests_of
from actionlines.formats.tabular import read_table
from actionlines.programme.greedy import greedy
from actionlines_web.accounts.actor import System
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.actions.editions import create_edition
from actionlines_web.forum.actions.requests import decide_request, import_request
from actionlines_web.forum.actions.schedule import place_session, publish_schedule
from actionlines_web.forum.models import Contribution, Edition
from actionlines_web.forum.queries.editions import edition_by_slug, edition_of
from actionlines_web.forum.queries.schedule import draft_of

SLUG: Final = "demonstration"
# Invented stakeholders: organisation, type, country, region, question or action line to what they say.
_SAID: Final = (
    ("Ministry of Connectivity (invented)", "government", "KEN", "AFR", {"themes": "Connectivity that people can use and afford."}, {"C2": "Cost of the last mile."}),
    ("Island Telecom (invented)", "private-sector", "FJI", "ASP", {"partnerships": "Operators and schools."}, {"C2": "Satellites for small islands."}),
    ("Language Archive (invented)", "civil-society", "MEX", "AMS", {"themes": "Languages on line."}, {"C8": "Keyboards and fonts."}),
    ("Open Lab (invented)", "academia", "EST", "EUR", {"sdg_alignment": "Name the target in each title."}, {"C4": "Skills of teachers."}),
    ("Union of Nurses (invented)", "civil-society", "WSM", "ASP", {"sessions": "Telemedicine on islands."}, {"C7-HEA": "Nurses and remote doctors."}),
)  # fmt: skip


@transaction.atomic
def load_demonstration_forum(actor: System) -> Edition:
    """Make the invented Forum with its published programme and consultation; a second run changes nothing."""
    known = edition_by_slug(SLUG)
    if known is not None:
        return known
    edition = create_edition(actor, slug=SLUG, shipped="demonstration", demonstration=True)
    file = resources.files("actionlines.programme") / "editions" / "demonstration.csv"
    found, problems = requests_of(read_table(file.read_bytes(), file.name), edition_of(edition))
    if problems:
        raise ValueError(str(problems[0]))
    sessions = {}
    for item in found:
        session = import_request(actor, edition, item.request)
        sessions[str(session.number)] = decide_request(actor, session, accept=True)
    for number, place in greedy(draft_of(edition).programme).items():
        place_session(actor, sessions[number], place.slot, place.room)
    edition.refresh_from_db()
    publish_schedule(actor, edition)
    for number, (organisation, kind, country, region, fields, topics) in enumerate(_SAID, 1):
        made = Contribution.objects.create(
            edition=edition,
            number=number,
            state=Contribution.State.SENT,
            organisation_name=organisation,
            stakeholder_type=kind,
            country=country,
            region=region,
            period="launch",
            fields=fields,
            topics=topics,
            sent_at=timezone.now(),
        )
        write_record(actor, "submit", made)
    return edition
