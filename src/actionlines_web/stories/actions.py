"""Telling a success story, changing it, taking it back."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.story import summary_problems
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.stocktaking.actions import locked_key
from actionlines_web.stories.models import Story
from actionlines_web.stories.pictures import LIMIT_BYTES, Picture, drawn
from actionlines_web.webhooks.actions import emit_event

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture as it was sent: its name and size are known before it is read."""

    name: str
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Told:
    """What a coordinator tells of an entry; `alternative` is what the picture shows, for who does not see it."""

    summary: str
    language: str
    year: int
    alternative: str


def tell_story(actor: Actor, identifier: str, told: Told, upload: Upload | None) -> Story:
    """Promote an entry, or change its story; without an upload the picture stays.

    Raises:
        PermissionDenied: the actor is no coordinator.
        LookupError: there is no such entry, or it is archived.
        InputError: the words or the picture cannot be used, there is no picture, or no room for it.
    """
    _may_tell(actor)
    problems = _problems(told)
    if upload is not None and upload.size > LIMIT_BYTES:
        values = {"most": LIMIT_BYTES // 1024**2}
        fault = marked("the picture is too large.")
        problems.append(Problem(fault, values, upload.name, None, "picture", marked("at most %(most)d MB.")))
    if problems:
        raise InputError(problems)
    picture = drawn(upload.read(), upload.name) if upload is not None else None
    path = _stored(picture) if picture is not None else ""
    try:
        return _kept(actor, identifier, told, picture, path)
    except BaseException:
        if path:
            default_storage.delete(path)
        raise


@transaction.atomic
def _kept(actor: Actor, identifier: str, told: Told, picture: Picture | None, path: str) -> Story:
    key = locked_key(identifier)
    if key is None:
        raise LookupError(identifier)
    story = Story.objects.filter(entry_id=key).first()
    verb = "change" if story is not None else "create"
    before = _said(story)
    if story is None:
        if picture is None:
            fault = Problem(
                marked("there is no picture."),
                column="picture",
                expected=marked("a JPEG, PNG or WebP picture."),
            )
            raise InputError([fault])
        story = Story(entry_id=key)
    story.summary, story.language = told.summary.strip(), told.language
    story.year, story.alternative = told.year, told.alternative.strip()
    if picture is not None:
        _delete_later(story.picture.name)
        story.picture, story.width, story.height = path, picture.width, picture.height
    story.save()
    emit_event("entry.changed", [identifier])
    write_record(actor, verb, story, {"entry": identifier, "changes": difference(before, _said(story))})
    return story


@transaction.atomic
def withdraw_story(actor: Actor, identifier: str) -> None:
    """Take a story back, with its picture; the entry stays as it is.

    Raises:
        PermissionDenied: the actor is no coordinator.
        LookupError: there is no such story.
    """
    _may_tell(actor)
    story = Story.objects.select_for_update(of=("self",)).filter(entry__identifier=identifier).first()
    if story is None:
        raise LookupError(identifier)
    _delete_later(story.picture.name)
    emit_event("entry.changed", [identifier])
    write_record(actor, "delete", story, {"entry": identifier})
    story.delete()


def _may_tell(actor: Actor) -> None:
    if not isinstance(actor, System) and not actor.has_perm("stories.tell_stories"):
        raise PermissionDenied("only coordinators tell success stories")


def _problems(told: Told) -> list[Problem]:
    problems = summary_problems(told.summary)
    if told.language not in LANGUAGES:
        problems.append(Problem(marked("the language is missing."), column="language"))
    if not 1990 <= told.year <= 2100:
        problems.append(
            Problem(
                marked("“%(value)s” is not a year."),
                {"value": told.year},
                column="year",
                expected=marked("a year from 1990 to 2100, in four digits"),
            )
        )
    if not 5 <= len(told.alternative.strip()) <= 300:
        problems.append(
            Problem(
                marked("what the picture shows is not said."),
                column="alternative",
                expected=marked("from 5 to 300 characters."),
            )
        )
    return problems


def _said(story: Story | None) -> dict[str, object]:
    names = ("summary", "language", "year", "alternative")
    return {name: getattr(story, name) for name in names} | {"file": story.picture.name} if story else {}


def _stored(picture: Picture) -> str:
    """The picture in the storage; where that fails, nothing of it stays behind."""
    path = f"stories/{secrets.token_urlsafe(18)}.jpg"
    try:
        return default_storage.save(path, ContentFile(picture.data))
    except OSError as error:
        logger.exception("a picture could not be stored")
        try:
            default_storage.delete(path)
        except OSError:
            logger.exception("what was written of %s could not be removed", path)
        fault = Problem(
            marked("the file could not be stored: the site has no room for it at the moment."),
            column="picture",
        )
        raise InputError([fault]) from error


def _delete_later(path: str | None) -> None:
    if path:
        transaction.on_commit(lambda: default_storage.delete(path))
