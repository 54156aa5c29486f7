"""A database that is there but cannot answer now: locked by others, shutting down, full of connections."""

from typing import Final

from django.db import InterfaceError, OperationalError, connection

# After this a reader or program may try again.
RETRY_AFTER_SECONDS: Final = 5


def is_busy(error: BaseException | None) -> bool:
    """Whether the same request may well succeed in a moment.

    SQLite says so of a locked file; PostgreSQL's operational errors (a lock waited for too long, a deadlock, no connection)
    all are of this kind.
    """
    if connection.vendor == "sqlite":
        return isinstance(error, OperationalError) and "locked" in str(error)
    return isinstance(error, OperationalError | InterfaceError)
