"""Translations of entries: brought by a table or through the API, or written on the entry's page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines.stocktaking import Translation
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.search.actions import index_entries
from actionlines_web.stocktaking.indexing import searched_text
from actionlines_web.stocktaking.models import Entry, EntryTranslation
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.library import to_library
from actionlines_web.stocktaking.rules import may_tend


def store_translations(found: Iterable[tuple[Entry, Translation]]) -> None:
    """Add translations, each in the place of the one in its language, inside the caller's transaction."""
    EntryTranslation.objects.bulk_create(
        [
            EntryTranslation(
                entry=row,
                language=item.language,
                title=item.title,
                description=item.description,
                made_by=item.made_by,
                changed_at=timezone.now(),
            )
            for row, item in found
        ],
        update_conflicts=True,
        unique_fields=["entry", "language"],
        update_fields=["title", "description", "made_by", "changed_at"],
        batch_size=500,
    )


def drop_own_languages(rows: Sequence[Entry]) -> None:
    """Take away translations into the language in which their entry itself is written by now."""
    EntryTranslation.objects.filter(entry__in=rows, entry__language=F("language")).delete()


def index_rows(pairs: Sequence[tuple[Entry, LibraryEntry]]) -> None:
    """Put entries into the search index, with the titles of all their translations; archived ones stay out of it."""
    pairs = [(row, entry) for row, entry in pairs if row.archived_at is None]
    titles: dict[int, list[str]] = defaultdict(list)
    found = EntryTranslation.objects.filter(entry__in=[row for row, _ in pairs])
    for key, title in found.order_by("language").values_list("entry_id", "title"):
        titles[key].append(title)
    index_entries((row.pk, *searched_text(entry, titles[row.pk])) for row, entry in pairs)


@transaction.atomic
def write_translation(actor: Actor, entry: Entry, translation: Translation) -> None:
    """Add a translation of an entry, or put this one in the place of the one that stands.

    Raises:
        PermissionDenied: the actor neither owns nor moderates the entry.
        InputError: the entry itself is written in this language.
    """
    stands = _tended(actor, entry)
    if translation.language == stands.language:
        fault = Problem(
            marked("the entry itself is written in this language."), column="language", severity="error"
        )
        raise InputError([fault])
    known = _known(stands, translation.language)
    if known == translation:
        return
    store_translations([(stands, translation)])
    _finish(actor, "translate", stands, known, translation)


@transaction.atomic
def remove_translation(actor: Actor, entry: Entry, language: str) -> None:
    """Take the translation into a language away; one that is not there is no fault.

    Raises:
        PermissionDenied: the actor neither owns nor moderates the entry.
    """
    stands = _tended(actor, entry)
    known = _known(stands, language)
    if known is not None:
        EntryTranslation.objects.filter(entry=stands, language=language).delete()
        _finish(actor, "remove translation", stands, known, None)


def _tended(actor: Actor, entry: Entry) -> Entry:
    """The entry, locked, as its owner or moderator has it in hand."""
    if not may_tend(actor, entry):
        raise PermissionDenied("only its owner or a moderator translates an entry")
    return Entry.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=entry.pk)


def _known(entry: Entry, language: str) -> Translation | None:
    found = EntryTranslation.objects.filter(entry=entry, language=language).first()
    return found and Translation(found.language, found.title, found.description, found.made_by)


def _finish(
    actor: Actor, verb: str, entry: Entry, before: Translation | None, after: Translation | None
) -> None:
    """Search, the day of the last change, and the audit trail."""
    index_rows([(entry, to_library(entry, []))])
    # Nothing of them changes, but whoever remembers what a search found shall ask again.
    write_postings([entry.pk])
    Entry.objects.filter(pk=entry.pk).update(changed_at=timezone.now())
    left, right = (asdict(item) if item else {} for item in (before, after))
    language = (after or before or Translation("en", "")).language
    write_record(actor, verb, entry, {"language": language, "changes": difference(left, right)})
