"""Canned replies: worded by the site itself, given up again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.stocktaking.models import OwnReply
from actionlines_web.stocktaking.queries.replies import reply_of
from actionlines_web.stocktaking.replies import Reply, replies_of_files


@transaction.atomic
def change_reply(actor: Actor, reply: Reply, *, seen: str) -> None:
    """Word a canned reply, whole in the six languages; a kind that does not exist yet begins.

    Args:
        seen: the fingerprint of the reply that the writer had before them; empty for a new kind.

    Raises:
        PermissionDenied: the actor may not.
        ValueError: a language is missing, or somebody else has changed it meanwhile (or a new kind exists already).
    """
    _may_word(actor)
    for language in LANGUAGES:
        if language not in reply.title.by_language or language not in reply.text.by_language:
            raise ValueError(f"the reply {reply.kind} has no words in {language}")
    kept = OwnReply.objects.select_for_update().filter(kind=reply.kind).first()
    standing = reply_of(kept) if kept else replies_of_files().get(reply.kind)
    if (standing.fingerprint if standing else "") != seen:
        raise ValueError(f"the reply {reply.kind} was changed meanwhile")
    kept = kept or OwnReply(kind=reply.kind)
    kept.titles = {language: reply.title.get(language) for language in LANGUAGES}
    kept.texts = {language: reply.text.get(language) for language in LANGUAGES}
    kept.save()
    changes = difference(_as_fields(standing), _as_fields(reply))
    write_record(actor, "change reply", kept, {"changes": changes})


@transaction.atomic
def reset_reply(actor: Actor, kind: str) -> bool:
    """Give up the site's own reply: that of the files holds again, or the kind is no more. False where there is none.

    Raises:
        PermissionDenied: the actor may not.
    """
    _may_word(actor)
    kept = OwnReply.objects.select_for_update().filter(kind=kind).first()
    if kept is None:
        return False
    changes = difference(_as_fields(reply_of(kept)), _as_fields(replies_of_files().get(kind)))
    kept.delete()
    write_record(actor, "reset reply", OwnReply(kind=kind), {"changes": changes})
    return True


def _as_fields(reply: Reply | None) -> dict[str, str]:
    if reply is None:
        return {}
    parts = (("title", reply.title), ("text", reply.text))
    return {f"{name} ({code})": part.get(code) for code in LANGUAGES for name, part in parts}


def _may_word(actor: Actor) -> None:
    if not isinstance(actor, System) and not actor.has_perm("stocktaking.change_replies"):
        raise PermissionDenied("only coordinators word canned replies")
