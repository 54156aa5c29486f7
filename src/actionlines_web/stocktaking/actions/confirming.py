"""Is it still true? Asking the owners of an entry once a year, and noting that they say yes."""

from datetime import date
from typing import Final

from babel.dates import format_date
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actionlines.stocktaking.freshness import DUE_AFTER_YEARS, latest_confirmed
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_id
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import page_address, queue_message
from actionlines_web.stocktaking.models import Entry, Submission
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.owners import owners_of
from actionlines_web.stocktaking.rules import may_tend, owns_entry

_SALT = "actionlines.stocktaking.confirm"
# A link in a reminder serves until the next one.
_TOKEN_SECONDS: Final = 400 * 24 * 3600
CHUNK: Final = 200


@transaction.atomic
def confirm_entry(actor: Actor, entry: Entry) -> Entry:
    """Note that the entry is still true today; said twice on a day, it is noted once.

    Raises:
        PermissionDenied: the actor neither owns nor moderates it.
        ValueError: it is archived.
    """
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if not may_tend(actor, locked):
        raise PermissionDenied("only its owners and moderators say that an entry is still true")
    if locked.archived_at is not None:
        raise ValueError(f"entry {locked.identifier} is archived")
    today = timezone.now().date()
    if locked.confirmed_on != today:
        before, locked.confirmed_on = locked.confirmed_on, today
        locked.save(update_fields=["confirmed_on"])
        write_postings([locked.pk])
        write_record(actor, "confirm", locked, {"changes": {"confirmed_on": [before, today]}})
    return locked


def remind_due(today: date | None = None) -> int:
    """Ask the owners of every entry that is due and was not asked about for a year; returns how many messages.

    Each entry is one transaction and remembers the day, so a second run, or one that was cut off, asks nobody twice.
    """
    day = today or timezone.now().date()
    last, sent = 0, 0
    while keys := list(_due(day).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        for key in keys:
            sent += _remind(key, day)
        last = keys[-1]
    return sent


def _due(today: date) -> QuerySet[Entry]:
    """Entries whose year is over, whose owners were not asked within a year, and that have an owner."""
    year_ago = latest_confirmed(today, DUE_AFTER_YEARS)
    submitted = Submission.objects.filter(entry=OuterRef("pk"), state=Submission.State.PUBLISHED)
    return Entry.objects.filter(
        Q(reminded_on=None) | Q(reminded_on__lte=year_ago),
        Exists(submitted) | Q(organisation__memberships__isnull=False),
        archived_at=None,
        demonstration=False,
        confirmed_on__lte=year_ago,
    ).distinct()


@transaction.atomic
def _remind(key: int, today: date) -> int:
    entry = Entry.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if entry is None or not _due(today).filter(pk=key).exists():
        return 0  # somebody confirmed, archived or asked meanwhile
    sent = 0
    for owner in owners_of(entry):
        if queue_message(System("reminder"), owner, "still-true", _values(owner, entry)) is not None:
            sent += 1
    entry.reminded_on = today
    entry.save(update_fields=["reminded_on"])
    return sent


def _values(owner: User, entry: Entry) -> dict[str, str]:
    language = owner.language.split("-", 1)[0] or "en"
    since = entry.confirmed_on or entry.created_at.date()
    return {
        "title": entry.title,
        "since": format_date(since, "long", locale=language),
        "address": page_address(owner, "stocktaking:confirm-by-mail", token_of(owner, entry)),
        "entry_address": page_address(owner, "stocktaking:entry", entry.identifier),
    }


def token_of(owner: User, entry: Entry) -> str:
    """What the link in a reminder carries: who was asked about which entry."""
    return signing.dumps([owner.pk, entry.pk], salt=_SALT)


def read_token(token: str) -> tuple[User, Entry] | None:
    """Who was asked, and about what; None for a token that is not ours, too old, or whose owner no longer owns it."""
    try:
        owner_key, entry_key = signing.loads(token, salt=_SALT, max_age=_TOKEN_SECONDS)
    except signing.BadSignature:
        return None
    owner = user_by_id(owner_key)
    entry = Entry.objects.filter(pk=entry_key, archived_at=None).first()
    if owner is None or entry is None or not owns_entry(owner, entry):
        return None
    return owner, entry
