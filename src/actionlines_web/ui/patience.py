"""gunicorn's worker of threads, which no client can keep by sending its request a byte now and then.

A thread takes a connection only when the whole head of a request is there. Until then the connection waits with the
poller, which costs nobody anything: the bytes are looked at and left where they are, and the socket is told to speak up
only when there are more of them. (A body that comes slowly still keeps a thread; a proxy in front takes both in whole.)
"""

import errno
import socket
import time
from typing import Any, Final

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

# Seconds in which the head must be there, and the most bytes it has.
_HEAD_SECONDS: Final = 20.0
_MOST_HEAD: Final = 65_536
_END: Final = b"\r\n\r\n"


class PatientWorker(ThreadWorker):  # type: ignore[misc] - gunicorn has no types
    """Serves as gunicorn does, once a request has come."""

    def handle(self, conn: TConn) -> Any:
        """Serve a connection, or let it wait for the rest of its head."""
        if self.cfg.is_ssl or conn.is_http2:
            return super().handle(conn)
        if conn.parser is None or not conn.parser.unreader.buf.getvalue():
            begun = getattr(conn, "begun", None) or time.monotonic()
            there = self._looked_at(conn)
            if there is None:
                return False
            # No more than at the last look: the client has said all it will say, and gunicorn may answer.
            grown = len(there) != getattr(conn, "seen", -1)
            if _END not in there and len(there) < _MOST_HEAD and grown:
                if time.monotonic() - begun > _HEAD_SECONDS:
                    return False
                conn.begun, conn.seen = begun, len(there)
                _speak_up_after(conn.sock, len(there))
                return _DEFER
            conn.begun, conn.seen = None, -1
            _speak_up_after(conn.sock, 0)
            conn.data_ready = True
        return super().handle(conn)

    def _looked_at(self, conn: TConn) -> bytes | None:
        """What is there, left where it is; None where the client has gone."""
        conn.sock.setblocking(False)
        try:
            there: bytes = conn.sock.recv(_MOST_HEAD, socket.MSG_PEEK)
        except OSError as error:
            return b"" if error.errno in {errno.EAGAIN, errno.EWOULDBLOCK} else None
        return there or None


def _speak_up_after(sock: socket.socket, length: int) -> None:
    """Be readable only with more than so many bytes."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, length + 1)
