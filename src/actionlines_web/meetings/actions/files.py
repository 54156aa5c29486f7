"""Files of contributions: looked at before they are kept; never a file without its row nor a row without its file."""

from collections.abc import Callable

from django.core.files.storage import default_storage
from django.db import transaction

from actionlines.documents import read_bytes
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.meetings.actions.contributions import held_contribution, index_contribution
from actionlines_web.meetings.models import Contribution, PaperFile
from actionlines_web.stocktaking.keeping import Taken, refused, take_file

MOST = 12
_READ = frozenset({"docx", "pdf", "txt"})


def add_paper_file(
    actor: Actor, number: int, language: str, name: str, size: int, read: Callable[[], bytes]
) -> PaperFile:
    """Keep a file beside a contribution, in the language it is written in.

    Args:
        name: what its owner calls it.
        size: in bytes, as known before it is read.
        read: gives the content.

    Raises:
        PermissionDenied: it is another organisation's contribution.
        InputError: too large, one too many, a kind that is not taken, refused by the scanner, or no room for it.
    """
    _check_writer(actor, number)
    if language not in LANGUAGES:
        raise InputError(
            [Problem(marked("“%(value)s” is not known."), {"value": language}, column="language")]
        )
    taken = take_file("meetings", name, size, read)
    text = _text_of(taken) if taken.kind in _READ else ""
    try:
        with transaction.atomic():
            found = held_contribution(actor, number)
            _check_room(found, name)
            kept = PaperFile.objects.create(
                contribution=found,
                language=language,
                revision=found.revision,
                key=taken.key,
                file=taken.path,
                name=taken.name,
                kind=taken.kind,
                size=taken.size,
                digest=taken.digest,
                text=text,
            )
            index_contribution(found)
            found.save()
            write_record(actor, "attach", found, {"kind": taken.kind, "digest": taken.digest})
    except BaseException:
        default_storage.delete(taken.path)
        raise
    return kept


@transaction.atomic
def remove_paper_file(actor: Actor, number: int, file: int) -> None:
    """Take a file of a contribution away; of one that was sent in, files stay.

    Raises:
        PaperFile.DoesNotExist: it is no file of this contribution.
        InputError: the contribution was sent in.
    """
    found = held_contribution(actor, number)
    kept = found.files.get(pk=file)
    if found.number:
        raise InputError([Problem(marked("the contribution was sent in: its files stay; add a newer one."))])
    path = kept.file.name
    write_record(actor, "detach", found, {"digest": kept.digest})
    kept.delete()
    index_contribution(found)
    found.save()
    transaction.on_commit(lambda: default_storage.delete(path))


@transaction.atomic
def _check_writer(actor: Actor, number: int) -> None:
    """Before anything is read; PermissionDenied where the actor may not write the contribution."""
    held_contribution(actor, number)


def _check_room(contribution: Contribution, name: str) -> None:
    if contribution.state == Contribution.State.WITHDRAWN:
        raise InputError([Problem(marked("the contribution was withdrawn."))])
    if contribution.files.count() >= MOST:
        raise refused(marked("there are %(most)d files already."), name, most=MOST)


def _text_of(taken: Taken) -> str:
    """The text of a file as far as it can be read; a file without text is a file all the same."""
    try:
        return read_bytes(taken.data, taken.name).text
    except InputError:
        return ""
