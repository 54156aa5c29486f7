"""Handing personal data out, and erasing it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines_web.accounts.actions import blank_account
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import addresses_of
from actionlines_web.alerts.actions import erase_searches
from actionlines_web.api.actions import erase_tokens
from actionlines_web.audit.actions import write_record
from actionlines_web.coordination.actions import erase_author
from actionlines_web.events.actions import erase_participation
from actionlines_web.forum.actions.erasing import erase_visitor
from actionlines_web.meetings.actions import erase_contributor
from actionlines_web.organisations.actions.members import erase_member
from actionlines_web.outbox.actions import erase_messages
from actionlines_web.partnerships.actions import erase_proposer
from actionlines_web.privacy.queries import archive_of
from actionlines_web.prizes.actions.erasing import erase_participant
from actionlines_web.publishing.actions import erase_writer
from actionlines_web.results.actions.reports import erase_person
from actionlines_web.stocktaking.actions.exporting import erase_exports
from actionlines_web.stocktaking.actions.moving import erase_submissions
from actionlines_web.webhooks.actions import erase_subscriptions


@transaction.atomic
def download_data(actor: User) -> bytes:
    """One's own data as a zip of JSON files; the trail notes that it was handed out."""
    if not actor.is_authenticated:
        raise PermissionDenied("only for oneself")
    archive = archive_of(actor)
    write_record(actor, "download data", actor)
    return archive


@transaction.atomic
def erase_account(actor: User) -> None:
    """Erase one's own account: all at once or not at all.

    The audit trail stays as it is and still verifies: it names people by number only, and no record holds a name or an
    address of a person. What was published stays in the register under an erased person.

    Raises:
        PermissionDenied: it is erased already.
    """
    addresses = addresses_of(actor)
    erase_submissions(actor, addresses)
    erase_exports(actor)
    erase_participant(actor)
    erase_member(actor, addresses)
    erase_messages(actor, addresses)
    erase_subscriptions(actor)
    erase_tokens(actor)
    erase_author(actor)
    erase_person(actor)
    erase_contributor(actor)
    erase_proposer(actor, addresses)
    erase_participation(actor)
    erase_visitor(actor, addresses)
    erase_searches(actor)
    erase_writer(actor)
    blank_account(actor)
    write_record(actor, "erase", actor)
