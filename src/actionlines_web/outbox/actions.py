"""Queueing, sending, cancelling and trying again."""

import logging
import smtplib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from actionlines.text import LANGUAGES, direction
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.outbox.models import Message, OwnWording, Refusal
from actionlines_web.outbox.queries import is_secret, own_source
from actionlines_web.outbox.unsubscribing import read_token, token_of
from actionlines_web.outbox.wording import Source, kinds, usable, write

logger = logging.getLogger(__name__)
# How long to wait after the first, second, … failure; after the last the message has failed.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
# An attempt that has said nothing for so long is lost with its process.
ATTEMPT_LIMIT = timedelta(minutes=5)
AT_ONCE = 100


def queue_message(
    actor: Actor,
    recipient: User | None,
    kind: str,
    values: Mapping[str, str],
    *,
    address: str = "",
    language: str = "",
) -> Message | None:
    """Write a message in the reader's language and queue it, in the caller's transaction.

    Returns None where the reader has unsubscribed from this kind. The language is `language` (one of the library's)
    where the reader has asked for it, else the reader's own, else the active one.
    It goes to `address` where one is given: another one of the reader's, or that of somebody without an account.

    Raises:
        KeyError: no such kind.
        ValueError: values missing, unknown, or an address among them that is none.
    """
    known = kinds()[kind]
    essential = known.essential
    address = address or (recipient.email if recipient else "")
    if not essential and Refusal.objects.filter(address=address, kind=kind).exists():
        return None
    language = language or reading_language(recipient)
    written = write(kind, language, values, own_source(kind, language))
    unsubscribe = ""
    if not essential:
        with override(_django_language(language)):
            path = reverse("outbox:unsubscribe", args=[token_of(address, kind)])
        unsubscribe = settings.SITE_ADDRESS + path
    message = Message.objects.create(
        recipient=recipient,
        address=address,
        kind=kind,
        language=language,
        values={} if known.secret else dict(values),
        subject=written.subject[:300],
        text=written.text,
        html=written.html,
        unsubscribe=unsubscribe,
        due_at=timezone.now(),
    )
    write_record(actor, "queue", message, {"kind": kind})
    return message


def reading_language(recipient: User | None) -> str:
    """The language in which a message to this reader is written: one of the library's six."""
    code = ((recipient.language if recipient else "") or get_language() or "en").split("-", 1)[0]
    return code if code in LANGUAGES else "en"


def _django_language(language: str) -> str:
    return "zh-hans" if language == "zh" else language


def page_address(recipient: User | None, name: str, *args: object, language: str = "") -> str:
    """The whole address of a page, in `language` or else the language its reader is written to."""
    with override(_django_language(language or reading_language(recipient))):
        return settings.SITE_ADDRESS + reverse(name, args=args)


def site_page(name: str, *args: object, language: str) -> str:
    """The whole address of a page in a language, for somebody without an account or for a file."""
    with override(_django_language(language)):
        return settings.SITE_ADDRESS + reverse(name, args=args)


def send_due(now: datetime | None = None) -> int:
    """Send what is due, at most AT_ONCE messages; returns how many left.

    A message whose process dies between the sending and the note of it is sent again after ATTEMPT_LIMIT, under the
    same Message-ID, so that a reader's mailbox may tell that it is the same.
    """
    moment = now or timezone.now()
    chosen = _claimed(moment)
    if not chosen:
        return 0
    sent = 0
    connection = get_connection()
    try:
        for message in chosen:
            sent += _attempt(message, connection, moment)
    finally:
        connection.close()
    return sent


def _claimed(now: datetime) -> list[Message]:
    due = Q(state__in=(Message.State.QUEUED, Message.State.SENDING), due_at__lte=now)
    if not Message.objects.filter(due).exists():  # asked every second: a read, which waits for nobody
        return []
    with transaction.atomic():
        chosen = list(
            Message.objects.filter(due).order_by("due_at", "pk").select_for_update(skip_locked=True)[:AT_ONCE]
        )
        for message in chosen:
            message.state, message.due_at = Message.State.SENDING, now + ATTEMPT_LIMIT
            message.attempts += 1
            message.save(update_fields=["state", "due_at", "attempts"])
    return chosen


def _attempt(message: Message, connection: object, now: datetime) -> int:
    try:
        email_of(message, connection).send()
    except (OSError, smtplib.SMTPException) as error:
        final = message.attempts > len(BACK_OFF) or _is_final(error)
        message.state = Message.State.FAILED if final else Message.State.QUEUED
        message.error = f"{type(error).__name__}: {error}"[:500]
        message.due_at = now if final else now + BACK_OFF[message.attempts - 1]
        logger.warning(
            "message %s was not sent (attempt %s): %s", message.pk, message.attempts, message.error
        )
    else:
        message.state, message.sent_at, message.error = Message.State.SENT, timezone.now(), ""
        if is_secret(message):
            message.text = message.html = ""
    # A message cancelled meanwhile has left all the same; its state says so.
    message.save(update_fields=["state", "sent_at", "error", "due_at", "text", "html"])
    return message.state == Message.State.SENT


def _is_final(error: Exception) -> bool:
    """Whether the server said that trying again is no use: a code of 500 and more for this recipient."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def email_of(message: Message, connection: object = None) -> EmailMultiAlternatives:
    """The message as it goes out: text and HTML, and the headers by which mail programs offer to unsubscribe."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<outbox.{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    context = {"message": message, "direction": direction(message.language)}
    with override(_django_language(message.language)):
        text = render_to_string("outbox/message.txt", context)
        html = render_to_string("outbox/message.html", context)
    email = EmailMultiAlternatives(
        message.subject, text, to=[message.address], headers=headers, connection=connection
    )
    email.attach_alternative(html, "text/html")
    return email


@transaction.atomic
def cancel_message(actor: Actor, number: int) -> None:
    """Keep a waiting message from being sent; ValueError for one that does not wait."""
    message = _managed(actor, number, Message.State.QUEUED)
    message.state = Message.State.CANCELLED
    message.save(update_fields=["state"])
    write_record(actor, "cancel", message)


@transaction.atomic
def retry_message(actor: Actor, number: int) -> None:
    """Queue a failed or cancelled message again, with all its attempts; ValueError for any other."""
    message = _managed(actor, number, Message.State.FAILED, Message.State.CANCELLED)
    message.state, message.attempts, message.due_at = Message.State.QUEUED, 0, timezone.now()
    message.error = ""
    message.save(update_fields=["state", "attempts", "due_at", "error"])
    write_record(actor, "retry", message)


def _managed(actor: Actor, number: int, *states: str) -> Message:
    if not isinstance(actor, System) and not actor.has_perm("outbox.manage_messages"):
        raise PermissionDenied("only coordinators steer mail")
    message = Message.objects.select_for_update().get(pk=number)
    if message.state not in states:
        raise ValueError(f"message {number} is {message.state}")
    return message


@transaction.atomic
def change_wording(actor: Actor, kind: str, language: str, source: Source, *, seen: str) -> None:
    """Word a kind of message anew in one language; messages that wait already stay as they are.

    Args:
        seen: the fingerprint of the wording that the writer had before them.

    Raises:
        PermissionDenied: the actor may not.
        KeyError: no such kind or language.
        InputError: an unknown value, one that is not used, …; names every fault with its line.
        ValueError: somebody else has changed it meanwhile.
    """
    _may_word(actor)
    known = kinds()[kind]
    usable(source, known.examples.keys())
    before = known.wordings[language].source
    kept, _ = OwnWording.objects.select_for_update().get_or_create(
        code=f"{kind}.{language}",
        defaults={"kind": kind, "language": language, "subject": before.subject, "text": before.text},
    )
    standing = own_source(kind, language) or before
    if standing.fingerprint != seen:
        raise ValueError(f"the wording {kept.code} was changed meanwhile")
    kept.subject, kept.text = source.subject, source.text
    kept.save()
    changes = difference(_as_fields(standing), _as_fields(source))
    write_record(actor, "change wording", kept, {"changes": changes})


@transaction.atomic
def reset_wording(actor: Actor, kind: str, language: str) -> bool:
    """Give up the site's own wording; False where there is none.

    Raises:
        PermissionDenied: the actor may not.
        KeyError: no such kind or language.
    """
    _may_word(actor)
    source = kinds()[kind].wordings[language].source
    kept = OwnWording.objects.select_for_update().filter(kind=kind, language=language).first()
    if kept is None:
        return False
    changes = difference(_as_fields(Source(kept.subject, kept.text)), _as_fields(source))
    code = kept.pk
    kept.delete()
    write_record(actor, "reset wording", OwnWording(code=code), {"changes": changes})
    return True


def _as_fields(source: Source) -> Mapping[str, str]:
    return {"subject": source.subject, "text": source.text}


def _may_word(actor: Actor) -> None:
    if not isinstance(actor, System) and not actor.has_perm("outbox.change_wording"):
        raise PermissionDenied("only coordinators word messages")


def unsubscribe(token: str) -> bool:
    """No more messages of the token's kind to its address; those that wait are cancelled. False for a false token."""
    meant = read_token(token)
    if meant is None:
        return False
    address, kind = meant
    with transaction.atomic():
        Refusal.objects.get_or_create(address=address, kind=kind)
        Message.objects.filter(address=address, kind=kind, state=Message.State.QUEUED).update(
            state=Message.State.CANCELLED
        )
    return True


def accept_again(recipient: User, kind: str) -> None:
    """Messages of a kind go to this reader again, who has asked for them after all; in the caller's transaction."""
    Refusal.objects.filter(address=recipient.email, kind=kind).delete()


def erase_messages(user: User, addresses: Iterable[str]) -> int:
    """Delete what was written to a person or these addresses, and what they refused; returns how many messages.

    Part of erasing an account, in its transaction.
    """
    wanted = {address.lower() for address in addresses}
    Refusal.objects.filter(address__in=wanted).delete()
    found = Message.objects.filter(Q(recipient=user) | Q(address__in=wanted))
    return found.delete()[0]
