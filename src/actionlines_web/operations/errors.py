"""Errors by mail to the people who run the site: what was raised and where, and nothing about whom it happened to."""

import logging
import time
import traceback
from typing import Final

from django.conf import settings
from django.core.mail import send_mail

from actionlines_web.audit.requests import current_request
from actionlines_web.operations.logs import route_of, scrubbed

# One mail for one fault within this time: a broken page is asked for again and again.
QUIET_SECONDS: Final = 600.0


class ErrorMail(logging.Handler):
    """Sends a mail for a record of level ERROR or above; a fault that was told lately is not told again."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._told: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Send it; a mail that cannot be sent is no second fault."""
        raised = record.exc_info[1] if record.exc_info else None
        place = traceback.extract_tb(raised.__traceback__)[-1] if raised and raised.__traceback__ else None
        name = type(raised).__name__ if raised else "error"
        key = f"{name} {place.filename}:{place.lineno}" if place else f"{record.name} {record.msg}"
        now = time.monotonic()
        if now - self._told.get(key, float("-inf")) < QUIET_SECONDS:
            return
        self._told[key] = now
        request = getattr(record, "request", None)
        where = route_of(request) if request is not None else record.name
        body = [
            f"request: {current_request() or '-'}",
            f"where: /{where}" if request is not None else f"where: {where}",
            "",
            scrubbed("".join(traceback.format_exception(raised)) if raised else record.getMessage()),
        ]
        try:
            send_mail(
                f"[actionlines] {name} in {where or 'the site'}",
                "\n".join(body),
                settings.DEFAULT_FROM_EMAIL,
                settings.ERRORS_TO,
            )
        except Exception:  # noqa: BLE001 - whatever mail raises, the request it happened in goes on
            self.handleError(record)
